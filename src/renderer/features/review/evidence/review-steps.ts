import type { Signal } from '../../../../shared/model/signal.ts'

/** One mark on the line of earlier reviews, the earliest first. */
export interface ReviewStep {
  readonly kind: 'decided' | 'unanswered' | 'review'
  readonly on: string
  /** Campaigns left unanswered from that day on; 0 elsewhere. */
  readonly campaigns: number
}

/** When people last decided, from when on nobody answered, and the review day. */
export const toReviewSteps = (signals: readonly Signal[], asOf: string): readonly ReviewStep[] => {
  const steps: ReviewStep[] = [{ kind: 'review', on: asOf, campaigns: 0 }]
  for (const signal of signals) {
    // Decisions on others' access are no step in the life of this one.
    if (signal.kind === 'past-decision' && signal.facts.basis === 'same-grant' && signal.facts.latest !== null) {
      steps.push({ kind: 'decided', on: signal.facts.latest, campaigns: 0 })
    }
    if (signal.kind === 'unreviewed-streak') steps.push({ kind: 'unanswered', on: signal.facts.since, campaigns: signal.facts.campaigns })
  }
  return steps.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
}
