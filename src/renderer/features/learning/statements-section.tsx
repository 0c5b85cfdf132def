import { useState } from 'react'
import type { LearnedStatement } from '../../../shared/model/learning.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber, formatWeight } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

const shownAtFirst = 12

const Statement = ({ statement, most }: { readonly statement: LearnedStatement; readonly most: number }) => {
  const { parts, kept, revoked, weight } = statement
  const width = (50 * Math.abs(weight)) / most
  const said = weight >= 0 ? t.learning.forKeeping(formatWeight(weight)) : t.learning.forRevoking(formatWeight(weight))
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
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={said}>
        <rect className={weight >= 0 ? 'kept' : 'revoked'} x={weight >= 0 ? 50 : 50 - width} y={1} width={width} height={8} />
        <rect className="axis" x={49.8} y={0} width={0.4} height={10} />
      </svg>
      <span className={`number ${weight >= 0 ? 'outcome-keep' : 'outcome-revoke'}`} aria-hidden="true">{formatWeight(weight)}</span>
    </li>
  )
}

/** What was learned, as sentences with the counts behind them and a bar to either side. */
export const StatementsSection = ({ statements }: { readonly statements: readonly LearnedStatement[] }) => {
  const [isAll, setAll] = useState(false)
  const most = Math.max(1, ...statements.map(({ weight }) => Math.abs(weight)))
  const shown = isAll ? statements : statements.slice(0, shownAtFirst)
  return (
    <section className="section">
      <h3>{t.learning.statements}</h3>
      <p className="soft">{statements.length === 0 ? t.learning.noStatements : t.learning.statementsText}</p>
      {statements.length === 0 ? null : (
        <ul className="habits sheet">
          {shown.map((statement, at) => <Statement key={at} statement={statement} most={most} />)}
        </ul>
      )}
      {isAll || statements.length <= shownAtFirst ? null : (
        <div>
          <button type="button" className="button quiet" onClick={() => setAll(true)}>{t.learning.moreStatements(formatNumber(statements.length))}</button>
        </div>
      )}
    </section>
  )
}
