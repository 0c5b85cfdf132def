import type { Action } from '../../../shared/model/recommendation.ts'
import type { ShadowReport } from '../../../shared/model/learning.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber, formatPercent, formatWeight } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

const AdviceWord = ({ action, score }: { readonly action: Action; readonly score: number }) => (
  <span className={`outcome-${action}`}>{t.learning.advice[action]} <span className="faint number-small">{formatWeight(score)}</span></span>
)

/** A share as a bar with its sentence above it. */
const SentenceBar = ({ text, share, tone }: { readonly text: string; readonly share: number; readonly tone: 'kept' | 'revoked' | 'plain' }) => (
  <div className="sentence-bar">
    <span>{text}</span>
    <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" x={0} y={0} width={100} height={1} />
      <rect className={tone} x={0} y={0} width={Math.max(0, Math.min(100, share * 100))} height={1} />
    </svg>
  </div>
)

const Moves = ({ report }: { readonly report: ShadowReport }) => {
  const moves = report.moves.filter(({ before, after }) => before !== after).toSorted((a, b) => b.grants - a.grants)
  const most = Math.max(1, ...moves.map(({ grants }) => grants))
  if (moves.length === 0) return null
  return (
    <ul className="moves">
      {moves.map(({ before, after, grants }) => {
        const [from, to] = [t.learning.advice[before], t.learning.advice[after]]
        return (
          <li key={`${before} ${after}`}>
            <span>{t.learning.move(from, to)}</span>
            <svg viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label={t.learning.moveLabel(from, to, formatNumber(grants))}>
              <rect className={after === 'keep' ? 'kept' : after === 'revoke' ? 'revoked' : 'closer'} x={0} y={0} width={(100 * grants) / most} height={1} />
            </svg>
            <span className="number">{formatNumber(grants)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** How much advice changes and which way; rules are counted apart, because none may. */
export const ChangesSection = ({ report, isActive }: { readonly report: ShadowReport; readonly isActive: boolean }) => (
  <section className="section">
    <h3>{isActive ? t.learning.changesActive : t.learning.changes}</h3>
    <p>
      <strong>{t.learning.changed(report.changed, formatNumber(report.changed), formatNumber(report.grants))}</strong>{' '}
      {report.ruledChanged > 0
        ? <span className="outcome-revoke">{t.learning.ruledBroken(formatNumber(report.ruledChanged))}</span>
        : report.ruled === 0 ? null : <span className="soft">{t.learning.ruled(formatNumber(report.ruled))}</span>}
    </p>
    <Moves report={report} />
  </section>
)

export const HeldOutSection = ({ report }: { readonly report: ShadowReport }) => {
  const { kept, revoked, auc } = report.heldOut
  return (
    <section className="section">
      <h3>{t.learning.heldOut}</h3>
      <SentenceBar tone="kept" share={kept.agreed / Math.max(1, kept.decisions)} text={t.learning.heldOutKept(formatNumber(kept.agreed), formatNumber(kept.decisions))} />
      <SentenceBar
        tone="revoked" share={revoked.agreed / Math.max(1, revoked.decisions)}
        text={t.learning.heldOutRevoked(formatNumber(revoked.agreed), formatNumber(revoked.decisions))}
      />
      <SentenceBar tone="plain" share={auc / 10_000} text={t.learning.ranking(formatPercent(auc / 100))} />
    </section>
  )
}

export const ExamplesSection = ({ report }: { readonly report: ShadowReport }) => report.examples.length === 0 ? null : (
  <section className="section">
    <h3>{t.learning.examples}</h3>
    <div className="sheet">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.learning.exampleColumns.person}</th>
            <th scope="col">{t.learning.exampleColumns.access}</th>
            <th scope="col">{t.learning.exampleColumns.before}</th>
            <th scope="col">{t.learning.exampleColumns.after}</th>
          </tr>
        </thead>
        <tbody>
          {report.examples.slice(0, 12).map((one) => (
            <tr key={one.grantId}>
              <td><DirectoryText>{one.subject}</DirectoryText></td>
              <td><DirectoryText>{one.entitlement}</DirectoryText> <span className="faint"><DirectoryText>{one.application}</DirectoryText></span></td>
              <td><AdviceWord action={one.before} score={one.beforeScore} /></td>
              <td><AdviceWord action={one.after} score={one.afterScore} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
)
