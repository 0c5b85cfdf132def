export type Json = Readonly<Record<string, unknown>>
export interface Entity extends Json { readonly id: string }
export type MemberType = 'user' | 'group' | 'servicePrincipal' | 'device'
export interface Member { readonly id: string; readonly type: MemberType }

export type Kind = 'users' | 'groups' | 'servicePrincipals'

/** What a tenant held on its first day: from arrays, or worked out entity by entity so that a large one takes no memory. */
export interface FirstDay {
  readonly count: (kind: Kind) => number
  readonly at: (kind: Kind, index: number) => Entity
  readonly indexOf: (kind: Kind, id: string) => number | undefined
  readonly memberCount: (group: number) => number
  readonly member: (group: number, index: number) => Member
  readonly ownersOf: (group: string) => readonly string[]
  /** Sign-ins from (inclusive) to (exclusive), in order of time. */
  readonly signIns: (fromMs: number, toMs: number) => { readonly count: number; readonly at: (index: number) => Entity }
  readonly audits: readonly Entity[]
  readonly assignments: readonly Entity[]
  readonly roleDefinitions: readonly Entity[]
  readonly roleAssignments: readonly Entity[]
  readonly roleInstances: readonly Entity[]
  readonly eligibilities: readonly Entity[]
  readonly consents: readonly Entity[]
  readonly policies: readonly Entity[]
  readonly locations: readonly Entity[]
}

/** One thing that happened, as a delta query tells it. */
export type Happening =
  | { readonly kind: Kind; readonly id: string; readonly now: Entity | null; readonly reason: 'changed' | 'deleted' }
  | { readonly kind: 'groups'; readonly id: string; readonly member: Member; readonly isAdded: boolean }

/** The tenant as it is now, and all that happened since its first day. */
export interface Tenant {
  readonly firstDay: FirstDay
  readonly size: (kind: Kind) => number
  /** Undefined where it was removed. */
  readonly at: (kind: Kind, index: number) => Entity | undefined
  readonly get: (kind: Kind, id: string) => Entity | undefined
  readonly alive: (kind: Kind) => number
  readonly memberCount: (group: string) => number
  /** Undefined where the member left or was removed. */
  readonly memberAt: (group: string, index: number) => Member | undefined
  readonly isMember: (group: string, id: string) => boolean
  readonly happenings: readonly Happening[]
  readonly put: (kind: Kind, entity: Entity) => void
  readonly remove: (kind: Kind, id: string, reason?: 'changed' | 'deleted') => void
  readonly join: (group: string, member: Member) => void
  readonly leave: (group: string, id: string) => boolean
  readonly lists: { -readonly [name in ListName]: Entity[] }
  readonly extraSignIns: Entity[]
}

type ListName = 'audits' | 'assignments' | 'roleDefinitions' | 'roleAssignments' | 'roleInstances' | 'eligibilities' | 'consents' | 'policies' | 'locations'

export function tenantFrom(firstDay: FirstDay): Tenant {
  const changed = new Map<string, Entity | null>()
  const added: Record<Kind, string[]> = { users: [], groups: [], servicePrincipals: [] }
  const joined = new Map<string, Member[]>()
  const left = new Map<string, Set<string>>()
  const happenings: Happening[] = []
  const gone: Record<Kind, number> = { users: 0, groups: 0, servicePrincipals: 0 }

  function get(kind: Kind, id: string): Entity | undefined {
    const now = changed.get(`${kind} ${id}`)
    if (now !== undefined) return now ?? undefined
    const index = firstDay.indexOf(kind, id)
    return index === undefined ? undefined : firstDay.at(kind, index)
  }
  /** Without making the entity: a large tenant has a million members to look at. */
  function exists(kind: Kind, id: string): boolean {
    const now = changed.size === 0 ? undefined : changed.get(`${kind} ${id}`)
    return now === undefined ? firstDay.indexOf(kind, id) !== undefined : now !== null
  }
  function at(kind: Kind, index: number): Entity | undefined {
    const before = firstDay.count(kind)
    const id = index < before ? firstDay.at(kind, index).id : added[kind][index - before]
    return id === undefined ? undefined : get(kind, id)
  }
  const kindOf = (type: MemberType): Kind | null => (type === 'user' ? 'users' : type === 'group' ? 'groups' : type === 'servicePrincipal' ? 'servicePrincipals' : null)
  const stands = (member: Member): boolean => {
    const kind = kindOf(member.type)
    return kind === null || exists(kind, member.id)
  }
  function memberAt(group: string, index: number): Member | undefined {
    const number = firstDay.indexOf('groups', group)
    const before = number === undefined ? 0 : firstDay.memberCount(number)
    const member = number !== undefined && index < before ? firstDay.member(number, index) : joined.get(group)?.[index - before]
    if (member === undefined || !stands(member)) return undefined
    return index < before && left.get(group)?.has(member.id) === true ? undefined : member
  }
  function memberCount(group: string): number {
    const number = firstDay.indexOf('groups', group)
    return (number === undefined ? 0 : firstDay.memberCount(number)) + (joined.get(group)?.length ?? 0)
  }
  function isMember(group: string, id: string): boolean {
    for (let index = 0, count = memberCount(group); index < count; index += 1) if (memberAt(group, index)?.id === id) return true
    return false
  }

  return {
    firstDay, get, at, memberAt, memberCount, isMember, happenings, extraSignIns: [],
    size: (kind) => firstDay.count(kind) + added[kind].length,
    alive: (kind) => firstDay.count(kind) + added[kind].length - gone[kind],
    put: (kind, entity) => {
      const was = get(kind, entity.id)
      const isKnown = was !== undefined || changed.has(`${kind} ${entity.id}`)
      if (!isKnown) added[kind].push(entity.id)
      else if (was === undefined) gone[kind] -= 1
      changed.set(`${kind} ${entity.id}`, entity)
      happenings.push({ kind, id: entity.id, now: entity, reason: 'changed' })
    },
    remove: (kind, id, reason = 'deleted') => {
      if (get(kind, id) === undefined) return
      changed.set(`${kind} ${id}`, null)
      gone[kind] += 1
      happenings.push({ kind, id, now: null, reason })
    },
    join: (group, member) => {
      if (isMember(group, member.id)) return
      joined.set(group, [...joined.get(group) ?? [], member])
      happenings.push({ kind: 'groups', id: group, member, isAdded: true })
    },
    leave: (group, id) => {
      if (!isMember(group, id)) return false
      const later = joined.get(group) ?? []
      const member = later.find((one) => one.id === id) ?? findMember(firstDay, group, id)
      joined.set(group, later.filter((one) => one.id !== id))
      left.set(group, new Set(left.get(group)).add(id))
      if (member !== undefined) happenings.push({ kind: 'groups', id: group, member, isAdded: false })
      return true
    },
    lists: {
      audits: [...firstDay.audits], assignments: [...firstDay.assignments], roleDefinitions: [...firstDay.roleDefinitions],
      roleAssignments: [...firstDay.roleAssignments], roleInstances: [...firstDay.roleInstances], eligibilities: [...firstDay.eligibilities],
      consents: [...firstDay.consents], policies: [...firstDay.policies], locations: [...firstDay.locations],
    },
  }
}

function findMember(firstDay: FirstDay, group: string, id: string): Member | undefined {
  const number = firstDay.indexOf('groups', group)
  if (number === undefined) return undefined
  for (let index = 0; index < firstDay.memberCount(number); index += 1) {
    const member = firstDay.member(number, index)
    if (member.id === id) return member
  }
  return undefined
}

const marks: Readonly<Record<Kind | 'devices' | 'other', string>> = {
  users: '10000000', groups: '20000000', servicePrincipals: '30000000', devices: '40000000', other: '50000000',
}

/** The same kind and number give the same id, and the number can be read from it. */
export function guid(kind: keyof typeof marks, number: number): string {
  return `${marks[kind]}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

export function numberIn(kind: Kind, id: string): number | undefined {
  return id.startsWith(marks[kind]) ? Number.parseInt(id.slice(-12), 16) : undefined
}
