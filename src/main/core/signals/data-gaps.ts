import { NO_DAY } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { statuses } from './population.ts'

/** What nobody told us. Gaps in usage are reported where usage is judged, because they come with a date. */
export function dataGapSignals(context: GrantContext): readonly Draft[] {
  const { identities, grants } = context.population
  const signals: Draft[] = []
  const gap = (about: 'hr' | 'granted-at'): Draft => ({
    kind: 'data-gap', facts: { about, knownSince: null, days: null }, quality: 'missing', rows: [], weighs: `data-gap.${about}`,
  })
  const isEmployed = context.kind === 'employee' || context.kind === 'contractor' || context.kind === 'unknown'
  if (isEmployed && context.identity >= 0 && statuses[identities.status[context.identity] as number] === 'unknown') signals.push(gap('hr'))
  if (grants.granted[context.grant] === NO_DAY) signals.push(gap('granted-at'))
  return signals
}
