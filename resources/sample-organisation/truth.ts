import { bestKey, currentRole } from './audience.ts'
import { isoDay } from './calendar.ts'
import type { Holdings, OriginGrant } from './grants.ts'
import type { Account, Entitlement, GrantRef, Story, Truth, UsagePlan, Worker } from './model.ts'
import { createRandom } from './random.ts'
import { findConflicts } from './separation-of-duties.ts'

/** A peer group smaller than this proves nothing; a right counts as usual when this share of the peers holds it. */
const LEAST_PEERS = 6
const USUAL_SHARE = 0.7
/** A quarter-end user has to have been through at least three quarter ends. */
const QUARTERS_KNOWN_DAYS = 300
/** About how many grants that plainly should be kept are listed, out of a company of any size up to 400; beyond, in proportion. */
const NORMAL_PERCENT_AT_400 = 12

type Held = { grant: OriginGrant; account: Account; entitlement: Entitlement; worker: Worker | null; plan: UsagePlan }

function heldToday(holdings: Holdings, usage: readonly UsagePlan[]): Held[] {
  const { grants, entitlements, workers, book } = holdings
  const plans = new Map(usage.map((plan) => [`${plan.account}\t${plan.application}`, plan]))
  return grants.filter((grant) => grant.to === null).map((grant) => {
    const account = book.accounts[grant.account] as Account
    const entitlement = entitlements[grant.entitlement] as Entitlement
    const worker = account.worker === null ? null : (workers[account.worker] as Worker)
    return { grant, account, entitlement, worker, plan: plans.get(`${grant.account}\t${entitlement.application}`) as UsagePlan }
  })
}

function refOf({ account, entitlement }: Held): GrantRef {
  return { source: account.source, account: account.name, application: entitlement.application, entitlement: entitlement.id }
}

/** What is held today by the workers of one story, worker by worker in their order. */
function byWorker(held: readonly Held[], story: Story): { worker: Worker; held: Held[] }[] {
  const groups = Map.groupBy(held.filter(({ worker }) => worker?.story === story), ({ worker }) => worker as Worker)
  return [...groups].map(([worker, own]) => ({ worker, held: own })).sort((a, b) => a.worker.index - b.worker.index)
}

function leavers(held: readonly Held[]): Truth['leavers'] {
  return byWorker(held, 'left-keeping-access').map(({ worker, held: own }) => ({
    workerId: worker.workerId,
    leftOn: isoDay(worker.left ?? 0),
    how: worker.leftHow ?? 'inactive',
    usedAfterLeaving: own.some(({ plan }) => plan.application === 'Staff Directory' && (plan.to ?? 0) > (worker.left ?? 0) + 1),
    accounts: [...new Set(own.map(({ account }) => account))].map((account) => ({ source: account.source, account: account.name })),
    grants: own.map(refOf),
  }))
}

function movers(held: readonly Held[]): Truth['movers'] {
  return byWorker(held, 'moved-keeping-access').flatMap(({ worker, held: own }) => {
    const kept = own.filter(({ grant }) => grant.origin === 'kept-after-move')
    const [before, after] = worker.assignments
    if (!before || !after || kept.length === 0) return []
    const grants = kept.map((one) => ({ ...refOf(one), applicationStillUsed: one.plan.to === null }))
    return [{ workerId: worker.workerId, movedOn: isoDay(after.from), from: before.department, to: after.department, grants }]
  })
}

function byAccount(held: readonly Held[], isWanted: (account: Account) => boolean): Truth['orphans'] {
  const groups = Map.groupBy(held.filter(({ account }) => isWanted(account)), ({ account }) => account)
  return [...groups].map(([account, own]) => ({ source: account.source, account: account.name, grants: own.map(refOf) }))
}

function toxicPairs(holdings: Holdings, held: readonly Held[]): Truth['toxicPairs'] {
  const refs = new Map(held.map((one) => [one.grant, refOf(one)]))
  const conflicts = findConflicts(holdings.grants, holdings.entitlements, (account) => holdings.book.accounts[account]?.worker ?? null)
  return conflicts.map(({ worker, ruleId, left, right }) => ({
    workerId: (holdings.workers[worker] as Worker).workerId, ruleId, left: refs.get(left) as GrantRef, right: refs.get(right) as GrantRef,
  }))
}

function dormantAdmins(held: readonly Held[]): Truth['dormantAdmins'] {
  return byWorker(held, 'dormant-admin').flatMap(({ worker, held: own }) => {
    const idle = own.filter(({ grant }) => grant.origin === 'dormant')
    const plan = idle[0]?.plan
    if (!plan || plan.to === null) return []
    return [{ workerId: worker.workerId, unusedSince: isoDay(plan.to), failedAttemptsSince: plan.failsAfterwards, grants: idle.map(refOf) }]
  })
}

function quarterlyUsers(held: readonly Held[], asOf: number): Truth['quarterlyUsers'] {
  const closing = held.filter(({ grant, plan, worker }) =>
    worker?.story === 'plain' && worker.left === null && plan.cadence.kind === 'quarter-end' && plan.to === null
    && grant.origin === 'role' && grant.from < asOf - QUARTERS_KNOWN_DAYS)
  return [...Map.groupBy(closing, ({ plan }) => plan)].map(([plan, own]) => {
    const { account, worker } = own[0] as Held
    const { source, name } = account
    return { workerId: (worker as Worker).workerId, source, account: name, application: plan.application, grants: own.map(refOf) }
  })
}

/** Peers who hold a right, out of those who share department and title (or department alone where those are few). */
function createPeerShares(holdings: Holdings, held: readonly Held[]): (worker: Worker, entitlement: Entitlement) => number {
  const present = holdings.workers.filter((worker) => worker.left === null && worker.hired < holdings.asOf - 30)
  const jobOf = (worker: Worker): string => `${currentRole(worker).department}\t${currentRole(worker).title}`
  const departmentOf = (worker: Worker): string => currentRole(worker).department
  const groupings = [jobOf, departmentOf].map((groupOf) => {
    const sizes = new Map<string, number>()
    for (const worker of present) sizes.set(groupOf(worker), (sizes.get(groupOf(worker)) ?? 0) + 1)
    const holders = new Map<string, Set<number>>()
    for (const { worker, entitlement } of held) {
      if (!worker || worker.left !== null || worker.hired >= holdings.asOf - 30) continue
      const key = `${groupOf(worker)}\t${entitlement.index}`
      const known = holders.get(key)
      if (known) known.add(worker.index)
      else holders.set(key, new Set([worker.index]))
    }
    return { groupOf, sizes, holders }
  })
  return (worker, entitlement) => {
    for (const { groupOf, sizes, holders } of groupings) {
      const size = sizes.get(groupOf(worker)) ?? 0
      if (size >= LEAST_PEERS) return (holders.get(`${groupOf(worker)}\t${entitlement.index}`)?.size ?? 0) / size
    }
    return 0
  }
}

/** A sample of grants nobody would doubt: usual for the job, used all the time, held for a while, not dangerous. */
function normal(holdings: Holdings, held: readonly Held[]): Truth['normal'] {
  const { asOf, seed, workers } = holdings
  const percent = Math.min(100, Math.max(NORMAL_PERCENT_AT_400, Math.round((NORMAL_PERCENT_AT_400 * 400) / workers.length)))
  const random = createRandom(seed, 'normal-sample')
  const shareOf = createPeerShares(holdings, held)
  const frequent = new Set(['workdays', 'weekly'])
  return held.flatMap((one) => {
    const { grant, worker, entitlement, plan } = one
    if (worker?.story !== 'plain' || worker.left !== null || worker.kind !== 'Employee' || !random.chance(percent)) return []
    const isHarmless = entitlement.privilege === 'none' && (entitlement.risk === 'low' || entitlement.risk === 'medium')
    const isMeant = bestKey(entitlement.audience, currentRole(worker)) !== null && grant.origin === 'role'
    const isInUse = plan.to === null && frequent.has(plan.cadence.kind) && grant.from < asOf - 120
    const isUsual = isHarmless && isMeant && isInUse && shareOf(worker, entitlement) >= USUAL_SHARE
    return isUsual ? [{ ...refOf(one), workerId: worker.workerId }] : []
  })
}

/** The planted truths, read off the finished organisation rather than remembered, so that they cannot drift from it. */
export function deriveTruth(holdings: Holdings, usage: readonly UsagePlan[]): Truth {
  const held = heldToday(holdings, usage)
  return {
    leavers: leavers(held),
    movers: movers(held),
    orphans: byAccount(held, (account) => account.isOrphan),
    toxicPairs: toxicPairs(holdings, held),
    dormantAdmins: dormantAdmins(held),
    quarterlyUsers: quarterlyUsers(held, holdings.asOf),
    serviceAccounts: byAccount(held, (account) => account.kind === 'service'),
    normal: normal(holdings, held),
  }
}

/** What a sound recommendation says about each class: one of these, and never those. */
export const expectedRecommendations: Readonly<Record<keyof Truth, { oneOf: readonly string[]; never: readonly string[] }>> = {
  leavers: { oneOf: ['revoke'], never: ['keep', 'look-closer'] },
  movers: { oneOf: ['revoke', 'look-closer'], never: ['keep'] },
  orphans: { oneOf: ['revoke'], never: ['keep', 'look-closer'] },
  toxicPairs: { oneOf: ['revoke', 'look-closer'], never: ['keep'] },
  dormantAdmins: { oneOf: ['revoke', 'look-closer'], never: ['keep'] },
  quarterlyUsers: { oneOf: ['keep', 'look-closer'], never: ['revoke'] },
  serviceAccounts: { oneOf: ['look-closer'], never: ['revoke', 'keep'] },
  normal: { oneOf: ['keep'], never: ['revoke'] },
}
