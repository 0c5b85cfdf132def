import { NO_DAY } from './day.ts'
import type { DayRange, Population } from './population.ts'
import type { Watched } from './watched.ts'

/** For each account: since when it could have been seen signing in anywhere, until when, and when it last was. */
export interface AccountLife {
  /** Null where a right of the account is in an application nobody watched: silence elsewhere proves nothing. */
  readonly watched: (account: number) => DayRange | null
  /** Last sign-in or recorded use of any of its rights; NO_DAY = none. */
  readonly lastSeen: (account: number) => number
}

/** One pass over the grants. */
export function accountLife(population: Population, watched: Watched): AccountLife {
  const { accounts, grants, entitlements } = population
  const from = new Int32Array(accounts.count).fill(NO_DAY)
  const to = new Int32Array(accounts.count).fill(NO_DAY)
  const isUnwatched = new Uint8Array(accounts.count)
  const lastSeen = accounts.lastSignIn.slice()
  // No account is dormant for longer than it is known to have held anything.
  const held = new Int32Array(accounts.count).fill(-NO_DAY)
  for (let grant = 0; grant < grants.count; grant++) {
    const account = grants.account[grant] as number
    lastSeen[account] = Math.max(lastSeen[account] as number, grants.lastUsed[grant] as number)
    held[account] = Math.min(held[account] as number, grants.granted[grant] as number)
    const range = watched.account(account, entitlements.application[grants.entitlement[grant] as number] as number)
    if (range === null) isUnwatched[account] = 1
    else {
      from[account] = Math.max(from[account] as number, range.from)
      to[account] = to[account] === NO_DAY ? range.to : Math.min(to[account] as number, range.to)
    }
  }
  return {
    watched: (account) => {
      const since = Math.max(from[account] as number, held[account] as number)
      const until = to[account] as number
      return isUnwatched[account] === 1 || until === NO_DAY || since > until ? null : { from: since, to: until }
    },
    lastSeen: (account) => lastSeen[account] as number,
  }
}
