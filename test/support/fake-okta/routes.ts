import {
  appAnswer, appGroupAnswer, appUserAnswer, eventAnswer, groupAnswer, roleAnswer, ruleAnswer, userAnswer,
} from './answers.ts'
import { passes, readLogFilter, readTimeFilter } from './filters.ts'
import type { BulkSignIns } from './bulk-sign-ins.ts'
import type { Organisation } from './organisation.ts'

export type Answer =
  | { readonly status: 200; readonly body: unknown; readonly next?: string | null }
  | { readonly status: 204 }
  | { readonly status: 400 | 403 | 404; readonly code: string }

export interface Route {
  readonly scope: string
  readonly answer: Answer
}

const notFound: Answer = { status: 404, code: 'E0000007' }
const badFilter: Answer = { status: 400, code: 'E0000031' }

/** What a request means; null: Okta has no such path. */
export function route(
  method: string, url: URL, organisation: Organisation, origin: string, bulk: BulkSignIns | null, me: string | null, mayChange: boolean, body = '',
): Route | null {
  const [, api, , first = '', second, third, fourth] = url.pathname.split('/')
  if (api !== 'api') return null
  const query = url.searchParams
  const { users, groups, apps, roles } = organisation
  const key = [method, first, second === undefined ? '' : second === 'rules' ? 'rules' : '{}', third ?? '', fourth === undefined ? '' : '{}'].join(' ').trim()
  const on = (scope: string, answer: () => Answer): Route => ({ scope, answer: mayChange || method === 'GET' ? answer() : { status: 204 } })

  if (first === 'iam') return iam(second, third, fourth)
  switch (key) {
    case 'GET users': return on('okta.users.read', listUsers)
    case 'GET users {}': return on('okta.users.read', () => {
      const named = decodeURIComponent(second ?? '')
      const user = users.get(named === 'me' ? me ?? '' : named) ?? [...users.values()].find((one) => one.profile['login'] === named)
      return user === undefined ? notFound : { status: 200, body: userAnswer(user, origin) }
    })
    case 'GET users {} groups': return on('okta.users.read', () => paged([...groups.values()].filter((group) => group.members.has(second ?? '')), (one) => one.id, (one) => groupAnswer(one, organisation, false, origin), 200))
    case 'GET users {} roles': return on('okta.roles.read', () => {
      if (!users.has(second ?? '')) return notFound
      const through = [...roles.values()].filter((role) => (role.of === 'user' ? role.holder === second : groups.get(role.holder)?.members.has(second ?? '')))
      return { status: 200, body: through.map((role) => roleAnswer(role, organisation)) }
    })
    case 'DELETE users {} roles {}': return on('okta.roles.manage', () => (roles.delete(fourth ?? '') ? { status: 204 } : notFound))
    case 'GET groups': return on('okta.groups.read', listGroups)
    case 'GET groups rules': return on('okta.groups.read', () => paged([...organisation.rules.values()], (rule) => rule.id, (rule) => ruleAnswer(rule, '2026-01-01T00:00:00.000Z'), 50))
    case 'GET groups {}': return on('okta.groups.read', () => {
      const group = groups.get(second ?? '')
      return group === undefined ? notFound : { status: 200, body: groupAnswer(group, organisation, true, origin) }
    })
    case 'GET groups {} users': return on('okta.groups.read', () => {
      const group = groups.get(second ?? '')
      if (group === undefined) return notFound
      return paged([...group.members].sort(), (member) => member, (member) => userOf(member), 1000)
    })
    case 'DELETE groups {} users {}': return on('okta.groups.manage', () => {
      if (!groups.has(second ?? '')) return notFound
      organisation.removeMember(second ?? '', fourth ?? '')
      return { status: 204 }
    })
    case 'PUT groups {} users {}': return on('okta.groups.manage', () => {
      if (!groups.has(second ?? '') || !users.has(fourth ?? '')) return notFound
      organisation.addMember(second ?? '', fourth ?? '')
      return { status: 204 }
    })
    case 'GET groups {} roles': return on('okta.roles.read', () => (groups.has(second ?? '')
      ? { status: 200, body: [...roles.values()].filter((role) => role.of === 'group' && role.holder === second).map((role) => roleAnswer(role, organisation)) }
      : notFound))
    case 'GET apps': return on('okta.apps.read', () => paged([...apps.values()], (app) => app.id, appAnswer, 20))
    case 'GET apps {} users': return on('okta.apps.read', () => {
      const held = appUsers(second ?? '')
      return held === null ? notFound : paged(held, ([user]) => user, ([user, { scope, at }]) => appUserAnswer(user, scope, at), 50)
    })
    case 'GET apps {} users {}': return on('okta.apps.read', () => {
      const held = appUsers(second ?? '')?.find(([user]) => user === fourth)
      return held === undefined ? notFound : { status: 200, body: appUserAnswer(held[0], held[1].scope, held[1].at) }
    })
    case 'POST apps {} users': return on('okta.apps.manage', () => {
      const { id, scope } = JSON.parse(body) as { readonly id: string; readonly scope: string }
      if (!apps.has(second ?? '') || !users.has(id)) return notFound
      if (scope !== 'USER') return { status: 400, code: 'E0000001' }
      organisation.assignUser(second ?? '', id)
      const held = appUsers(second ?? '')?.find(([user]) => user === id)
      return held === undefined ? notFound : { status: 200, body: appUserAnswer(held[0], held[1].scope, held[1].at) }
    })
    case 'DELETE apps {} users {}': return on('okta.apps.manage', () =>
      (apps.has(second ?? '') && organisation.unassignUser(second ?? '', fourth ?? '') ? { status: 204 } : notFound))
    case 'GET apps {} groups': return on('okta.apps.read', () => {
      const app = apps.get(second ?? '')
      return app === undefined ? notFound : paged([...app.groups].sort(), (group) => group, (group) => appGroupAnswer(group, app.created), 20)
    })
    case 'GET logs': return on('okta.logs.read', listLog)
    default: return null
  }

  function userOf(userId: string): unknown {
    const user = users.get(userId)
    return user === undefined ? null : userAnswer(user, origin)
  }

  function appUsers(appId: string): (readonly [string, { readonly scope: 'USER' | 'GROUP'; readonly at: string }])[] | null {
    const app = apps.get(appId)
    if (app === undefined) return null
    const held = new Map<string, { readonly scope: 'USER' | 'GROUP'; readonly at: string }>()
    for (const group of app.groups) for (const user of groups.get(group)?.members ?? []) held.set(user, { scope: 'GROUP', at: app.created })
    for (const [user, at] of app.users) held.set(user, { scope: 'USER', at })
    return [...held].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  function listUsers(): Answer {
    const filter = readTimeFilter(query.get('filter'))
    if (filter === 'unknown') return badFilter
    const listed = [...users.values()].filter((user) =>
      (filter === null ? user.status !== 'DEPROVISIONED' : 'is' in filter ? user.status === filter.is : user.lastUpdated > filter.after))
    return paged(listed, (user) => user.id, (user) => userAnswer(user, origin), 200)
  }

  function listGroups(): Answer {
    const filter = readTimeFilter(query.get('filter'))
    if (filter === 'unknown' || (filter !== null && 'is' in filter)) return badFilter
    const listed = [...groups.values()].filter((group) =>
      filter === null || (filter.field === 'lastUpdated' ? group.lastUpdated : group.lastMembershipUpdated) > filter.after)
    return paged(listed, (group) => group.id, (group) => groupAnswer(group, organisation, query.get('expand') === 'stats', origin), 10_000)
  }

  function listLog(): Answer {
    const filter = readLogFilter(query.get('filter'))
    if (filter === 'unknown') return badFilter
    const since = query.get('since') ?? '0000'
    const until = query.get('until') ?? '9999'
    const limit = Number(query.get('limit') ?? 100)
    if (bulk !== null && filter.types.has('user.session.start')) {
      const { events, next } = bulk.page(since, until, Number(query.get('after') ?? 0), limit)
      return { status: 200, body: events.map(eventAnswer), next: next === null ? null : String(next) }
    }
    const events = organisation.log.filter((event) => event.published >= since && event.published < until && passes(event, filter))
      .sort((a, b) => (a.published === b.published ? 0 : a.published < b.published ? -1 : 1))
    const from = Number(query.get('after') ?? 0)
    const page = events.slice(from, from + limit)
    return { status: 200, body: page.map(eventAnswer), next: from + limit < events.length ? String(from + limit) : null }
  }

  function iam(what: string | undefined, named: string | undefined, inner: string | undefined): Route | null {
    if (method !== 'GET') return null
    if (what === 'assignees' && named === 'users') {
      return on('okta.roles.read', () => {
        const holders = new Set<string>()
        for (const role of roles.values()) for (const user of role.of === 'user' ? [role.holder] : groups.get(role.holder)?.members ?? []) holders.add(user)
        return wrapped('value', [...holders].sort().map((user) => ({ id: user })), 100)
      })
    }
    if (what === 'roles' && named === undefined) {
      return on('okta.roles.read', () => wrapped('roles', [...organisation.customRoles.values()].map(({ permissions: _, ...role }) => role), 20))
    }
    if (what === 'roles' && inner === 'permissions') {
      return on('okta.roles.read', () => {
        const role = organisation.customRoles.get(named ?? '')
        return role === undefined ? notFound : { status: 200, body: { permissions: role.permissions.map((label) => ({ label })) } }
      })
    }
    if (what === 'resource-sets' && named === undefined) return on('okta.roles.read', () => wrapped('resource-sets', [...organisation.resourceSets.values()], 20))
    return null
  }

  function paged<T>(all: readonly T[], idOf: (one: T) => string, answerOf: (one: T) => unknown, usual: number): Answer {
    const after = query.get('after')
    const limit = Math.min(Number(query.get('limit') ?? usual), 10_000)
    const rest = after === null ? all : all.slice(firstAfter(all, idOf, after))
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return { status: 200, body: page.map(answerOf).filter((one) => one !== null), next: rest.length > limit && last !== undefined ? idOf(last) : null }
  }

  function wrapped(name: string, all: readonly { readonly id: string }[], usual: number): Answer {
    const after = query.get('after')
    const limit = Number(query.get('limit') ?? usual)
    const rest = after === null ? all : all.filter((one) => one.id > after)
    const page = rest.slice(0, limit)
    const next = new URL(url.pathname, origin)
    next.searchParams.set('after', page.at(-1)?.id ?? '')
    return { status: 200, body: { [name]: page, _links: rest.length > limit ? { next: { href: next.href } } : {} } }
  }
}

function firstAfter<T>(all: readonly T[], idOf: (one: T) => string, after: string): number {
  const found = all.findIndex((one) => idOf(one) > after)
  return found === -1 ? all.length : found
}
