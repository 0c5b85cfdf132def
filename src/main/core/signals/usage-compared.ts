import { dateOf, NO_DAY } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import type { WeightKey } from './weight-keys.ts'

/** As for every silence: a log that ends this long before as-of says little about today. */
const STALE_AFTER_DAYS = 45
/** Longer than any quarter, holidays included, so that quarter-end work never looks dormant. */
const DORMANT_DAYS = 180
const YEAR_DAYS = 365
/** Below this many days in the window there is no habit of the others to fall short of. */
const TELLING_MEDIAN = 6

/**
 * Own use against that of the others who hold the right. Left out where the source recorded the right's own use, which sign-ins to its
 * application cannot better, and on leave. `isOnTime`: the subject's own rhythm explains the difference.
 */
export function usageVsPeers(context: GrantContext, isOnTime: boolean, isAmbiguous: boolean): readonly Draft[] {
  if (!context.isPerson || context.isOnLeave || context.population.grants.lastUsed[context.grant] !== NO_DAY) return []
  const found = context.useByRight().compare(context.grant)
  if (found === null) return []
  const { basis, peers, ownDays, medianDays, window } = found
  const isStale = context.population.asOfDay - window.to > STALE_AFTER_DAYS
  return [{
    kind: 'usage-vs-peers', facts: { basis, peers, ownDays, medianDays, windowDays: window.to - window.from + 1 },
    quality: isStale ? 'stale' : isAmbiguous ? 'inferred' : 'observed', rows: [context.rows.grant, context.rows.entitlement],
    weighs: isStale ? 'usage-vs-peers.stale' : useWeight(ownDays, medianDays, isOnTime),
  }]
}

/** Exported for its table of cases. */
export function useWeight(own: number, median: number, isOnTime: boolean): WeightKey {
  if (median === 0) return own > 0 ? 'usage-vs-peers.as-others' : 'usage-vs-peers.others-idle'
  if (own * 2 >= median) return 'usage-vs-peers.as-others'
  if (isOnTime) return 'usage-vs-peers.own-rhythm'
  return own * 4 < median && median >= TELLING_MEDIAN ? 'usage-vs-peers.far-below' : 'usage-vs-peers.below'
}

/** No sign-in of the account to anything it can open, for half a year or more of looking everywhere. */
export function dormantAccount(context: GrantContext): readonly Draft[] {
  const life = context.accountLife()
  const watched = life.watched(context.account)
  if (watched === null) return []
  const seen = life.lastSeen(context.account)
  // Seen before the covered time began: what happened in between is unknown, so the silence counts from its first day.
  const since = Math.max(seen, watched.from)
  const days = watched.to - since
  if (days < DORMANT_DAYS) return []
  const isStale = context.population.asOfDay - watched.to > STALE_AFTER_DAYS
  return [{
    kind: 'dormant-account', facts: { lastSeen: seen < watched.from ? null : dateOf(seen), since: dateOf(since), days },
    quality: isStale ? 'stale' : 'observed', rows: [context.rows.account],
    weighs: isStale ? 'dormant-account.stale'
      : context.isOnLeave ? 'dormant-account.on-leave'
      : days >= YEAR_DAYS ? 'dormant-account.year' : 'dormant-account.half-year',
  }]
}
