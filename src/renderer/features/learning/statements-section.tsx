import { useId, useState } from 'react'
import type { LearnedStatement } from '../../../shared/model/learning.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { locale } from '../../texts/language.ts'
import { t } from '../../texts/texts.ts'

const shownAtFirst = 8

/** Habits weigh little each; a second decimal tells them apart. */
const formatFineWeight = (thousandths: number): string => `${thousandths > 0 ? '+' : '−'}${decimals.format(Math.abs(thousandths) / 1_000)}`
const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const Habit = ({ statement, most }: { readonly statement: LearnedStatement; readonly most: number }) => {
  const { parts, kept, revoked, weight } = statement
  const said = weight >= 0 ? t.learning.forKeeping(formatFineWeight(weight)) : t.learning.forRevoking(formatFineWeight(weight))
  return (
    <li className="habit">
      <span>
        {parts.map(({ name, value }, at) => (
          <span key={name}>
            {at === 0 ? '' : ' · '}
            <span className="faint">{t.learning.column[name] ?? name}</span>{' '}
            {value === null ? null : value === '' ? <em>{t.learning.unknown}</em> : <strong><DirectoryText>{value}</DirectoryText></strong>}
          </span>
        ))}
        <span className="soft habit-counts">{t.learning.statement(formatNumber(kept), formatNumber(revoked))}</span>
      </span>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label={said}>
        <rect className={weight >= 0 ? 'kept' : 'revoked'} x={0} y={0} width={(100 * Math.abs(weight)) / most} height={1} />
      </svg>
      <span className={`number ${weight >= 0 ? 'outcome-keep' : 'outcome-revoke'}`} aria-hidden="true">{formatFineWeight(weight)}</span>
    </li>
  )
}

const Side = ({ title, none, statements, most }: {
  readonly title: string
  readonly none: string
  readonly statements: readonly LearnedStatement[]
  readonly most: number
}) => {
  const [isAll, setAll] = useState(false)
  const id = useId()
  return (
    <div className="habit-side">
      <h4 id={id}>{title}</h4>
      {statements.length === 0 ? <p className="soft">{none}</p> : (
        <ul className="habits sheet" aria-labelledby={id}>
          {(isAll ? statements : statements.slice(0, shownAtFirst)).map((statement, at) => <Habit key={at} statement={statement} most={most} />)}
        </ul>
      )}
      {isAll || statements.length <= shownAtFirst ? null : (
        <button type="button" className="button quiet small" aria-describedby={id} onClick={() => setAll(true)}>
          {t.learning.moreStatements(formatNumber(statements.length))}
        </button>
      )}
    </div>
  )
}

/** What was learned, as sentences with the counts behind them and bars on one scale, for keeping and for revoking. */
export const StatementsSection = ({ statements }: { readonly statements: readonly LearnedStatement[] }) => {
  const most = Math.max(1, ...statements.map(({ weight }) => Math.abs(weight)))
  return (
    <section className="section">
      <h3>{t.learning.statements}</h3>
      <p className="soft">{t.learning.statementsText}</p>
      <div className="model-columns">
        <Side title={t.learning.sides.revoke} none={t.learning.noStatements} statements={statements.filter(({ weight }) => weight < 0)} most={most} />
        <Side title={t.learning.sides.keep} none={t.learning.noStatements} statements={statements.filter(({ weight }) => weight > 0)} most={most} />
      </div>
    </section>
  )
}
