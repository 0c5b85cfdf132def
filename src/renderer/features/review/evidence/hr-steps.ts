import type { HrEvent } from '../../../../shared/model/identity.ts'

/** One mark on the timeline, the earliest first. */
export type HrStep =
  | { readonly kind: 'event'; readonly on: string; readonly event: HrEvent }
  | { readonly kind: 'granted'; readonly on: string }
  | { readonly kind: 'review'; readonly on: string }

/** HR's events with the day the access was given and the review day among them: what came first is the whole point. */
export const toHrSteps = (history: readonly HrEvent[], grantedAt: string | null, asOf: string): readonly HrStep[] => {
  const steps: HrStep[] = history.map((event) => ({ kind: 'event', on: event.effectiveOn, event }))
  if (grantedAt !== null) steps.push({ kind: 'granted', on: grantedAt })
  steps.push({ kind: 'review', on: asOf })
  return steps.toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
}
