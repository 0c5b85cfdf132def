import type { AccountBook } from './accounts.ts'
import { bestKey, currentRole, roleAt, type Role } from './audience.ts'
import type { Day } from './calendar.ts'
import { PROJECT_ROOMS } from './entitlements.ts'
import type { Assignment, Entitlement, Grant, Worker } from './model.ts'
import { createRandom, mix, streamKey, type Random } from './random.ts'

/** Why somebody holds a right: what the truth file is derived from. Never written to the access files. */
export type Origin =
  | 'role' | 'project' | 'borrowed' | 'kept-after-move' | 'toxic' | 'dormant' | 'outsider' | 'orphan' | 'service' | 'shared'

export type OriginGrant = Grant & { origin: Origin }

export type Holdings = {
  seed: number
  asOf: Day
  workers: readonly Worker[]
  entitlements: readonly Entitlement[]
  book: AccountBook
  grants: OriginGrant[]
}

type ProfileRight = { entitlement: Entitlement; percent: number; key: string }

/** All rights meant for a role, remembered per role: thousands of people share some hundred roles. */
export function createProfiles(entitlements: readonly Entitlement[]): (role: Role) => readonly ProfileRight[] {
  const known = new Map<string, readonly ProfileRight[]>()
  return (role) => {
    const name = Object.values(role).join('\t')
    const found = known.get(name)
    if (found) return found
    const profile = entitlements.flatMap((entitlement): ProfileRight[] => {
      const key = bestKey(entitlement.audience, role)
      const percent = key === null ? 0 : (entitlement.audience[key] ?? 0)
      return key !== null && percent > 0 ? [{ entitlement, percent, key }] : []
    })
    known.set(name, profile)
    return profile
  }
}

/** Rights nearly everybody of a role gets come through a group, about half the time; the rest was given by hand. */
function pathOf(right: ProfileRight, key: number): string {
  if (right.percent < 85 || mix(key, right.entitlement.index, 7) % 100 < 45) return 'direct'
  const [department, title] = right.key.split('/')
  if (right.entitlement.source === 'ledgerline') return title && !title.startsWith('@') ? `via ${title} (composite role)` : 'direct'
  if (right.key.startsWith('@') || right.key === '*') return right.entitlement.id === 'GRP-ALL-STAFF' ? 'direct' : 'via All Staff'
  if (!title) return `via All ${department}`
  return `via All ${department} > ${title.startsWith('@') ? `${department} Leads` : title}`
}

function contractEnd(worker: Worker, asOf: Day): Day {
  return asOf + 20 + (mix(worker.index, worker.hired, 11) % 200)
}

/** Whether any job of a department has the right, so that a newcomer who brings it along would not stand out. */
function isKnownIn(department: string, entitlement: Entitlement): boolean {
  return Object.keys(entitlement.audience).some((key) => key.split('/')[0] === department)
}

/** Jobs with what they give, oldest first; changes of manager or site alone are not another job, but a site has its own rights. */
function grantRolesOf(holdings: Holdings, worker: Worker, profiles: ReturnType<typeof createProfiles>, key: number, random: Random): void {
  const { asOf, book, grants } = holdings
  const current = worker.assignments.at(-1) as Assignment
  const currentRights = new Map(profiles(currentRole(worker)).map((right) => [right.entitlement.index, right]))
  const isHeld = (right: ProfileRight): boolean => mix(key, worker.index, right.entitlement.index) % 100 < right.percent
  const add = (right: ProfileRight, from: Day, to: Day | null, origin: Origin): void => {
    const isDirect = pathOf(right, key) === 'direct'
    const hasEnd = worker.kind === 'Contractor' && worker.left === null && random.chance(70)
    grants.push({
      account: book.accountFor(worker, right.entitlement).index,
      entitlement: right.entitlement.index,
      from,
      to,
      isDated: random.chance(isDirect ? 88 : 95),
      path: isDirect ? 'direct' : pathOf(right, key),
      expires: hasEnd ? contractEnd(worker, asOf) : null,
      origin,
    })
  }
  const start = (right: ProfileRight, from: Day): Day => {
    const latest = Math.min(asOf - 2, worker.left ?? asOf) - from
    const delay = pathOf(right, key) !== 'direct' ? random.int(0, 2) : right.percent >= 90 ? random.int(0, 9) : random.int(0, 900)
    return from + Math.max(0, Math.min(delay, Math.floor(latest * 0.7)))
  }
  const leftOff = worker.left !== null && worker.story !== 'left-keeping-access' ? Math.min(asOf, worker.left + 1 + random.int(0, 2)) : null
  const earlier = worker.assignments.length > 1 ? (worker.assignments[0] as Assignment) : null
  const alreadyHeld = new Set<number>()
  if (earlier) {
    for (const right of profiles(roleAt(worker, earlier)).filter(isHeld)) {
      const stays = currentRights.get(right.entitlement.index)
      const from = start(right, earlier.from)
      if (from >= current.from) continue
      const isOfOldJob = right.key.startsWith(earlier.department) && !isKnownIn(current.department, right.entitlement)
      const isLeftOver = isOfOldJob && worker.story === 'moved-keeping-access' && random.chance(80)
      if (stays && isHeld(stays)) alreadyHeld.add(right.entitlement.index)
      if (stays && isHeld(stays)) add(stays, from, null, 'role')
      else if (isLeftOver) add(right, from, null, 'kept-after-move')
      else add(right, from, Math.min(asOf, current.from + random.int(1, 18)), 'role')
    }
  }
  for (const right of currentRights.values()) {
    if (isHeld(right) && !alreadyHeld.has(right.entitlement.index)) add(right, start(right, current.from), leftOff, 'role')
  }
}

/** What an ordinary year adds to what roles give: a right borrowed from a neighbouring team, sometimes given back. */
function grantBorrowed(holdings: Holdings, random: Random): void {
  const { asOf, workers, entitlements, book, grants } = holdings
  const lendable = entitlements.filter((entitlement) =>
    entitlement.privilege === 'none' && entitlement.application !== PROJECT_ROOMS
    && Object.keys(entitlement.audience).some((key) => /^[A-Z]/.test(key)))
  for (const worker of workers) {
    if (worker.left !== null || worker.hired > asOf - 120 || !random.chance(11)) continue
    const entitlement = random.pick(lendable)
    const account = book.accountFor(worker, entitlement).index
    const from = Math.max(worker.hired + 30, asOf - random.int(20, 700))
    const isGivenBack = random.chance(25) && from < asOf - 60
    const to = isGivenBack ? asOf - random.int(5, 40) : null
    grants.push({ account, entitlement: entitlement.index, from, to, isDated: true, path: 'direct', expires: null, origin: 'borrowed' })
  }
}

function grantProjects(holdings: Holdings, random: Random): void {
  const { asOf, workers, entitlements, book, grants } = holdings
  const onTheFloor = new Set(['Manufacturing', 'Logistics'])
  const members = workers.filter((worker) => worker.left === null && !onTheFloor.has(currentRole(worker).department))
  for (const room of entitlements.filter((entitlement) => entitlement.application === PROJECT_ROOMS)) {
    const opened = asOf - random.int(40, 1100)
    const size = Math.min(random.int(5, 16), members.length)
    const chosen = new Set(Array.from({ length: size }, () => random.pick(members)))
    for (const worker of chosen) {
      const from = Math.max(opened, worker.hired) + random.int(0, 25)
      grants.push({
        account: book.accountFor(worker, room).index, entitlement: room.index, from: Math.min(from, asOf - 1), to: null,
        isDated: random.chance(92), path: 'direct', expires: random.chance(10) ? asOf + random.int(30, 300) : null, origin: 'project',
      })
    }
  }
}

/** Two ways to the same right would be one row too many: the first one stays. */
function withoutRepeats(grants: readonly OriginGrant[]): OriginGrant[] {
  const seen = new Set<string>()
  return grants.filter((grant) => {
    const key = `${grant.account} ${grant.entitlement}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** What everybody holds for ordinary reasons, with the gaps and the extras that real groups have. */
export function grantOrdinaryAccess(holdings: Holdings): void {
  const { seed, workers, entitlements } = holdings
  const profiles = createProfiles(entitlements)
  const random = createRandom(seed, 'grants')
  const key = streamKey(seed, 'role-rights')
  for (const worker of workers) grantRolesOf(holdings, worker, profiles, key, random)
  grantBorrowed(holdings, random)
  grantProjects(holdings, random)
  holdings.grants = withoutRepeats(holdings.grants)
}
