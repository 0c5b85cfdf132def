import type { Outcome } from '../../../../shared/model/decision.ts'
import type { SignOffSummary } from '../review-types.ts'

export type Pending = SignOffSummary['pending'][number]

/** Keeping until a date follows an advice to keep; looking closer never goes against anything. */
export const isAgainstAdvice = ({ decision, advice }: Pick<Pending, 'decision' | 'advice'>): boolean => {
  if (decision.outcome === 'look-closer' || advice === 'look-closer') return false
  return (decision.outcome === 'revoke') !== (advice === 'revoke')
}

const outcomes: readonly Outcome[] = ['keep', 'revoke', 'keep-until', 'look-closer']

/** Pending decisions by outcome, in the order of the keys, empty ones left out. */
export const byOutcome = (pending: readonly Pending[]): readonly { readonly outcome: Outcome; readonly items: readonly Pending[] }[] =>
  outcomes.map((outcome) => ({ outcome, items: pending.filter((one) => one.decision.outcome === outcome) })).filter(({ items }) =>
    items.length > 0)
