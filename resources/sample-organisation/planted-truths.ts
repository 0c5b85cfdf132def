import { applicationNamed } from './applications.ts'
import { currentRole } from './audience.ts'
import type { Holdings } from './grants.ts'
import { storyCounts } from './hr-history.ts'
import type { Entitlement, Worker } from './model.ts'
import { createRandom, type Random } from './random.ts'
import { findConflicts, sodRules } from './separation-of-duties.ts'

type WorkerOf = (account: number) => number | null

function workerLookup(holdings: Holdings): WorkerOf {
  return (account) => holdings.book.accounts[account]?.worker ?? null
}

/** Everyday access must not conflict by accident: whatever does is taken away, so that every conflict left is a planted one. */
function removeAccidentalConflicts(holdings: Holdings): void {
  const conflicts = findConflicts(holdings.grants, holdings.entitlements, workerLookup(holdings))
  const accidental = new Set(conflicts.map((conflict) => conflict.right))
  holdings.grants = holdings.grants.filter((grant) => !accidental.has(grant))
}

/** People a story can still be given to: employed, undisturbed, here for a while, not leading the company. */
function createPool(random: Random, holdings: Holdings): Worker[] {
  const { workers, asOf } = holdings
  const settled = random.shuffled(workers.filter((worker) =>
    worker.story === 'plain' && worker.left === null && worker.kind === 'Employee' && worker.rank !== 'chief' && worker.hired < asOf - 500))
  // Heads of departments last: a small company may need them, a large one does not.
  return [...settled.filter((worker) => worker.rank !== 'head'), ...settled.filter((worker) => worker.rank === 'head')]
}

function plantToxicPairs(random: Random, holdings: Holdings, pool: readonly Worker[], count: number): void {
  const { asOf, entitlements, grants, book } = holdings
  const byId = new Map(entitlements.map((entitlement) => [entitlement.id, entitlement]))
  const workerOf = workerLookup(holdings)
  const holders = new Map<number, Set<number>>()
  for (const grant of grants) {
    const worker = workerOf(grant.account)
    if (worker === null || grant.to !== null) continue
    const known = holders.get(grant.entitlement)
    if (known) known.add(worker)
    else holders.set(grant.entitlement, new Set([worker]))
  }
  const isHolding = (worker: Worker, right: Entitlement): boolean => holders.get(right.index)?.has(worker.index) ?? false
  const give = (worker: Worker, right: Entitlement): void => {
    if (isHolding(worker, right)) return
    grants.push({
      account: book.accountFor(worker, right).index, entitlement: right.index, from: asOf - random.int(20, 320), to: null, isDated: true,
      path: 'direct', expires: null, origin: 'toxic',
    })
  }
  for (let at = 0; at < count; at += 1) {
    const rule = sodRules[at % sodRules.length]
    const left = byId.get(rule ? random.pick(rule.left) : '')
    const right = byId.get(rule ? random.pick(rule.right) : '')
    if (!left || !right) throw new RangeError(`Rule ${rule?.id} names a right that does not exist`)
    const free = pool.filter((worker) => worker.story === 'plain')
    const department = applicationNamed(left.application).ownerDepartment
    const chosen = free.find((worker) => isHolding(worker, left))
      ?? free.find((worker) => isHolding(worker, right))
      ?? free.find((worker) => currentRole(worker).department === department)
      ?? free[0]
    if (!chosen) continue
    chosen.story = 'toxic-pair'
    give(chosen, left)
    give(chosen, right)
  }
}

/** An administrator right in an application the person does not use otherwise, so that nothing hides that it lies idle. */
function plantDormantAdmins(random: Random, holdings: Holdings, pool: readonly Worker[], count: number): void {
  const { asOf, entitlements, grants, book } = holdings
  const inRules = new Set(sodRules.flatMap((rule) => [...rule.left, ...rule.right]))
  const rights = random.shuffled(entitlements.filter((right) =>
    right.privilege === 'admin' && right.source === 'directory' && right.application !== 'Staff Directory' && !inRules.has(right.id)
    && Object.keys(right.audience).length > 0))
  const workerOf = workerLookup(holdings)
  const uses = new Map<number, Set<string>>()
  for (const grant of grants) {
    const worker = workerOf(grant.account)
    if (worker === null) continue
    const known = uses.get(worker) ?? new Set()
    known.add(entitlements[grant.entitlement]?.application ?? '')
    uses.set(worker, known)
  }
  for (let at = 0; at < count; at += 1) {
    const right = rights[at % rights.length] as Entitlement
    const likely = new Set([applicationNamed(right.application).ownerDepartment, 'IT Operations', 'Engineering', 'Finance'])
    const free = pool.filter((worker) => worker.story === 'plain' && !uses.get(worker.index)?.has(right.application))
    const chosen = free.find((worker) => likely.has(currentRole(worker).department)) ?? free[0]
    if (!chosen) continue
    chosen.story = 'dormant-admin'
    const from = Math.max(chosen.hired + 20, asOf - random.int(400, 1200))
    grants.push({
      account: book.accountFor(chosen, right).index, entitlement: right.index, from, to: null, isDated: true, path: 'direct', expires: null,
      origin: 'dormant',
    })
  }
}

/** Clears accidental conflicts, then plants toxic pairs and dormant administrators among people nothing else happened to. */
export function plantTruths(holdings: Holdings, people: number): void {
  const random = createRandom(holdings.seed, 'planted-truths')
  removeAccidentalConflicts(holdings)
  const counts = storyCounts(people)
  const pool = createPool(random, holdings)
  plantToxicPairs(random, holdings, pool, counts.toxicPairs)
  plantDormantAdmins(random, holdings, pool, counts.dormantAdmins)
}
