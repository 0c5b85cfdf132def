import { formatDay, formatNumber } from '../../../components/format.ts'
import type { Signal, SignalOf } from '../../../../shared/model/signal.ts'
import { t } from '../../../texts/texts.ts'
import { toReviewSteps } from './review-steps.ts'
import type { ReviewStep } from './review-steps.ts'

/** Kept and revoked as parts of one bar, with their counts. */
const Tally = ({ facts }: { readonly facts: SignalOf<'past-decision'>['facts'] }) => {
  const all = Math.max(1, facts.kept + facts.revoked)
  return (
    <div className="past-tally">
      <span className="for">{t.signals.pastKept} <strong className="numbers">{formatNumber(facts.kept)}</strong></span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="kept" x="0" y="0" width={(facts.kept / all) * 100} height="8" />
        <rect className="revoked" x={(facts.kept / all) * 100} y="0" width={(facts.revoked / all) * 100} height="8" />
      </svg>
      <span className="against">{t.signals.pastRevoked} <strong className="numbers">{formatNumber(facts.revoked)}</strong></span>
    </div>
  )
}

const words = (step: ReviewStep): string => {
  if (step.kind === 'review') return t.signals.reviewDay
  return step.kind === 'decided' ? t.signals.pastDecided : t.signals.pastUnanswered(t.campaignCount(step.campaigns, formatNumber(step.campaigns)))
}

/** What earlier campaigns made of this access: how people decided, and when, and from when on nobody answered. */
export const PastReviews = ({ signals, asOf }: { readonly signals: readonly Signal[]; readonly asOf: string }) => (
  <>
    {signals.map((signal) => (signal.kind === 'past-decision' ? <Tally key={signal.id} facts={signal.facts} /> : null))}
    <ol className="item-course">
      {toReviewSteps(signals, asOf).map((step) => (
        <li key={`${step.kind} ${step.on}`} className={`course-step is-${step.kind}`}>
          <time dateTime={step.on} className="numbers faint">{formatDay(step.on)}</time>
          <span className={step.kind === 'review' ? 'soft' : undefined}>{words(step)}</span>
        </li>
      ))}
    </ol>
  </>
)
