import { applicationNamed, type Rhythm } from './applications.ts'
import { bestKey, currentRole } from './audience.ts'
import type { Day } from './calendar.ts'
import { locationNamed } from './company.ts'
import type { Holdings, OriginGrant } from './grants.ts'
import type { Account, Cadence, UsagePlan, Worker } from './model.ts'
import { mix, streamKey } from './random.ts'

/** Nobody stops using these while they work here; a login that stops elsewhere is everyday life. */
const alwaysUsed: ReadonlySet<string> = new Set(['Staff Directory', 'File Shares', 'Project Rooms'])
/** How long a dormant administrator's last use lies back at least. */
export const DORMANT_DAYS = 180

/** A rhythm with a person's own habits in it; `habit` is a number that stays the same for this person and application. */
function cadenceOf(rhythm: Rhythm, habit: number): Cadence {
  switch (rhythm) {
    case 'daily': return { kind: 'workdays', perMille: 780 + (habit % 180) }
    case 'often': return { kind: 'workdays', perMille: 240 + (habit % 240) }
    case 'weekly': return { kind: 'weekly', weekday: 1 + (habit % 5), perMille: 800 + (habit % 150) }
    case 'rare': return { kind: 'rare', perMille: 35 + (habit % 40) }
    case 'month-end': return { kind: 'month-end', perMille: 760 + (habit % 200) }
    case 'quarter-end': return { kind: 'quarter-end', perMille: 420 + (habit % 400) }
    case 'autumn': return { kind: 'seasonal', months: [9, 10, 11], perMille: 240 + (habit % 200) }
  }
}

function workerCadence(worker: Worker, application: string, habit: number): Cadence {
  const { rhythm } = applicationNamed(application)
  return cadenceOf(rhythm[bestKey(rhythm, currentRole(worker)) ?? '*'] ?? 'weekly', habit)
}

function outsiderCadence(account: Account, habit: number): Cadence {
  if (account.kind === 'shared') return { kind: 'workdays', perMille: 960 }
  if (account.kind === 'service') {
    if (account.name.startsWith('breakglass') || habit % 100 < 15) return { kind: 'never' }
    return { kind: 'every-night', second: (habit % 18_000) + 1800 }
  }
  if (account.isOrphan && habit % 10 < 3) return { kind: 'never' }
  return cadenceOf('weekly', habit)
}

/** The day use ends, if it does: with the job, with the move, when access was taken away, or just so. */
function endOfUse(holdings: Holdings, worker: Worker | null, account: Account, grants: readonly OriginGrant[], habit: number): Day | null {
  const { asOf, entitlements } = holdings
  const closed = grants.every((grant) => grant.to !== null) ? Math.max(...grants.map((grant) => grant.to ?? asOf)) : null
  if (!worker) return account.kind === 'guest' || account.isOrphan ? (habit % 100 < 30 ? asOf - 30 - (habit % 280) : closed) : closed
  if (worker.left !== null) {
    const isStillIn = worker.story === 'left-keeping-access' && account.disabledFrom === null && worker.left < asOf - 20
      && mix(worker.index, account.index, 3) % 100 < 30
    return isStillIn ? Math.min(asOf, worker.left + 12 + (habit % 20)) : worker.left + 1
  }
  if (grants.some((grant) => grant.origin === 'dormant')) return asOf - DORMANT_DAYS - 8 - (habit % 150)
  const movedOn = worker.assignments.at(-1)?.from ?? worker.hired
  if (grants.every((grant) => grant.origin === 'kept-after-move' || grant.to !== null)
    && grants.some((grant) => grant.origin === 'kept-after-move')) return Math.min(asOf, movedOn + 3 + (habit % 12))
  if (closed !== null) return closed
  const application = entitlements[grants[0]?.entitlement ?? -1]?.application ?? ''
  const hasAdmin = grants.some((grant) => entitlements[grant.entitlement]?.privilege === 'admin')
  const mayStop = worker.story === 'plain' && !hasAdmin && !alwaysUsed.has(application)
  return mayStop && habit % 1000 < 40 ? asOf - 40 - (mix(habit, 5, 5) % 260) : null
}

/** How every login uses every application it can open. One plan per login and application, in the order of the grants. */
export function planUsage(holdings: Holdings): UsagePlan[] {
  const { workers, book, entitlements } = holdings
  const key = streamKey(holdings.seed, 'habits')
  const byUse = Map.groupBy(holdings.grants, (grant) => `${grant.account}\t${entitlements[grant.entitlement]?.application ?? ''}`)
  let planned = 0
  return [...byUse].map(([use, grants]) => {
    const account = book.accounts[grants[0]?.account ?? -1] as Account
    const application = use.slice(use.indexOf('\t') + 1)
    const worker = account.worker === null ? null : (workers[account.worker] ?? null)
    planned += 1
    const habit = mix(key, planned, account.index)
    const to = endOfUse(holdings, worker, account, grants, habit)
    const natural = worker ? workerCadence(worker, application, habit) : outsiderCadence(account, habit)
    const isDormant = grants.some((grant) => grant.origin === 'dormant')
    const site = worker ? currentRole(worker).location : 'Hamburg'
    return {
      account: account.index,
      application,
      cadence: isDormant ? cadenceOf('weekly', habit) : natural,
      from: Math.min(...grants.map((grant) => grant.from)),
      to,
      failsAfterwards: to !== null && (isDormant ? habit % 2 === 0 : worker?.story === 'left-keeping-access' && habit % 4 === 0),
      utcOffsetMinutes: locationNamed(site).utcOffsetMinutes,
    }
  })
}
