import { delta, type PageSizes } from './delta.ts'
import { equals, fault, idsIn, select, token, untoken, type Answered, type Asked } from './query.ts'
import { ownApp } from './own-app.ts'
import type { Entity, Json, Kind, Tenant } from './tenant.ts'

export interface GraphState {
  readonly tenant: Tenant
  readonly sizes: PageSizes
  readonly origin: string
  readonly epoch: number
  readonly hasPremium: boolean
  readonly isGranted: (permission: string) => boolean
  readonly clientId: string
}

const KINDS: Readonly<Record<string, Kind>> = { users: 'users', groups: 'groups', servicePrincipals: 'servicePrincipals' }
const READS: Readonly<Record<Kind, string>> = { users: 'User.Read.All', groups: 'GroupMember.Read.All', servicePrincipals: 'Application.Read.All' }
const denied = fault(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
const noLicence = fault(400, 'AadPremiumLicenseRequired', 'The tenant needs to have Microsoft Entra ID P2 license.')

/** Answers a read. Unknown paths and queries Graph would refuse are refused: a fake that forgives proves nothing. */
export function answer(state: GraphState, ask: Asked): Answered {
  const parts = ask.path.split('/').filter((part) => part !== '')
  const [first = '', second, third] = parts
  if (first === 'auditLogs') return log(state, ask, second ?? '')
  if (first === 'roleManagement') return role(state, ask, parts[2] ?? '')
  if (first === 'identity') return policy(state, ask, third ?? '')
  if (first === 'oauth2PermissionGrants') {
    return state.isGranted('DelegatedPermissionGrant.Read.All') ? list(state, ask, state.tenant.lists.consents, ['$top']) : denied
  }
  const kind = KINDS[first]
  if (kind === undefined) return fault(400, 'Request_BadRequest', `Resource not found for the segment '${first}'.`)
  if (!state.isGranted(READS[kind])) return denied
  const own = kind === 'servicePrincipals' ? ownApp(ask, state.clientId, state.isGranted) : undefined
  if (own !== undefined) return own
  if (second === 'delta') return delta(state.tenant, kind, ask, state.sizes, state.origin, state.epoch)
  if (second === '$count') {
    if (ask.headers['consistencylevel'] !== 'eventual') return fault(400, 'Request_UnsupportedQuery', '$count needs ConsistencyLevel: eventual.')
    return { status: 200, body: state.tenant.alive(kind) }
  }
  if (second === undefined) return directory(state, ask, kind)
  return inside(state, ask, kind, second, third)
}

function directory(state: GraphState, ask: Asked, kind: Kind): Answered {
  const { tenant } = state
  const fields = ask.query.get('$select')
  if (fields?.includes('employeeLeaveDateTime') === true && !state.isGranted('User-LifeCycleInfo.Read.All')) return denied
  if (fields?.includes('signInActivity') === true) {
    if (!state.isGranted('AuditLog.Read.All')) return denied
    if (!state.hasPremium) return fault(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'Neither tenant is B2C or tenant doesn\'t have premium license.')
    if (Number(ask.query.get('$top') ?? 100) > 500) return fault(400, 'Request_BadRequest', 'Page size too large for signInActivity.')
  }
  const filter = ask.query.get('$filter')
  if (filter !== undefined) {
    const ids = idsIn(filter)
    if (ids === undefined) return fault(400, 'Request_UnsupportedQuery', `Unsupported filter ${filter}`)
    if (ids.length > 15) return fault(400, 'Request_UnsupportedQuery', 'Too many child clauses specified in search filter expression.')
    const found = ids.map((id) => tenant.get(kind, id)).filter((one) => one !== undefined)
    return { status: 200, body: { value: found.map((one) => expand(state, one, ask, fields)) } }
  }
  const start = placeIn(ask)
  if (start === null) return fault(400, 'Request_BadRequest', 'Badly formed token.')
  const value: Json[] = []
  let index = start
  const size = Math.min(state.sizes.entities, Number(ask.query.get('$top') ?? 100))
  for (; index < tenant.size(kind) && value.length < size; index += 1) {
    const one = tenant.at(kind, index)
    if (one !== undefined) value.push(expand(state, one, ask, fields))
  }
  return { status: 200, body: { ...(index < tenant.size(kind) ? { '@odata.nextLink': next(state, ask, index) } : {}), value } }
}

function expand({ tenant }: GraphState, entity: Entity, ask: Asked, fields: string | undefined): Json {
  const wanted = ask.query.get('$expand') ?? ''
  const chosen = select(entity, fields)
  if (wanted.startsWith('owners')) {
    const owners = tenant.firstDay.ownersOf(entity.id).map((id) => tenant.get('users', id)).filter((one) => one !== undefined)
    return { ...chosen, owners: owners.map((one) => ({ '@odata.type': '#microsoft.graph.user', ...select(one, 'id,userPrincipalName,mail') })) }
  }
  if (wanted.startsWith('manager')) {
    const manager = typeof entity['managerId'] === 'string' ? tenant.get('users', entity['managerId']) : undefined
    return manager === undefined ? chosen : { ...chosen, manager: { '@odata.type': '#microsoft.graph.user', ...select(manager, 'id,employeeId') } }
  }
  return chosen
}

function inside(state: GraphState, ask: Asked, kind: Kind, id: string, part: string | undefined): Answered {
  const { tenant } = state
  const entity = tenant.get(kind, id)
  if (entity === undefined) return fault(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
  const filter = ask.query.get('$filter') ?? ''
  if (part === undefined) return { status: 200, body: select(entity, ask.query.get('$select')) }
  if (kind === 'groups' && part === 'members') {
    const wanted = equals(filter, 'id')
    if (wanted === undefined || ask.headers['consistencylevel'] !== 'eventual' || ask.query.get('$count') !== 'true') {
      return fault(400, 'Request_UnsupportedQuery', 'This query needs ConsistencyLevel: eventual and $count=true.')
    }
    return { status: 200, body: { value: tenant.isMember(id, wanted) ? [{ '@odata.type': '#microsoft.graph.user', id: wanted }] : [] } }
  }
  if (part === 'appRoleAssignments') {
    const resource = equals(filter, 'resourceId')
    const through = (principal: unknown): boolean => typeof principal === 'string' && (principal === id || tenant.isMember(principal, id))
    return { status: 200, body: { value: tenant.lists.assignments.filter((one) => one['resourceId'] === resource && through(one['principalId'])) } }
  }
  if (kind === 'servicePrincipals' && part === 'appRoleAssignedTo') {
    return list(state, ask, tenant.lists.assignments.filter((one) => one['resourceId'] === id), ['$top'])
  }
  return fault(400, 'Request_BadRequest', `Resource not found for the segment '${part}'.`)
}

function role(state: GraphState, ask: Asked, what: string): Answered {
  if (!state.isGranted('RoleManagement.Read.Directory')) return denied
  const { lists } = state.tenant
  const holds = { roleAssignments: lists.roleAssignments, roleAssignmentScheduleInstances: lists.roleInstances, roleEligibilityScheduleInstances: lists.eligibilities }[what]
  if (what === 'roleDefinitions') return list(state, ask, lists.roleDefinitions, ['$select'])
  if (holds === undefined) return fault(400, 'Request_BadRequest', `Resource not found for the segment '${what}'.`)
  if (what !== 'roleAssignments' && !state.hasPremium) return noLicence
  const filter = ask.query.get('$filter')
  const principal = filter === undefined ? undefined : equals(filter, 'principalId')
  const definition = filter === undefined ? undefined : equals(filter, 'roleDefinitionId')
  if (filter !== undefined && principal === undefined && definition === undefined) return fault(400, 'Request_UnsupportedQuery', `Unsupported filter ${filter}`)
  const found = holds.filter((one) => (principal === undefined || one['principalId'] === principal) && (definition === undefined || one['roleDefinitionId'] === definition)).filter((one) => typeOf(state, one['principalId']) !== undefined)
  const shown = ask.query.get('$expand') !== 'principal' ? found
    : found.map((one) => ({ ...one, principal: { '@odata.type': `#microsoft.graph.${typeOf(state, one['principalId']) ?? 'user'}`, id: one['principalId'] } }))
  return list(state, ask, shown, ['$expand', '$filter', '$top'])
}

function typeOf({ tenant }: GraphState, id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined
  if (tenant.get('users', id) !== undefined) return 'user'
  if (tenant.get('groups', id) !== undefined) return 'group'
  return tenant.get('servicePrincipals', id) === undefined ? undefined : 'servicePrincipal'
}

function policy(state: GraphState, ask: Asked, what: string): Answered {
  if (!state.isGranted('Policy.Read.All')) return denied
  if (what === 'policies') return list(state, ask, state.tenant.lists.policies, ['$top'])
  return what === 'namedLocations' ? list(state, ask, state.tenant.lists.locations, ['$top']) : fault(400, 'Request_BadRequest', 'Resource not found.')
}

function log(state: GraphState, ask: Asked, what: string): Answered {
  if (!state.isGranted('AuditLog.Read.All')) return denied
  if (Number(ask.query.get('$top') ?? 1_000) > 1_000) return fault(400, 'Request_BadRequest', 'Page size must not exceed 1000.')
  const filter = ask.query.get('$filter') ?? ''
  const span = /^(\w+) ge (\S+) and \1 lt (\S+?)(?: and \((.*)\))?$/.exec(filter)
  const [, field, from = '', to = '', rest] = span ?? []
  if (filter !== '' && span === null) return fault(400, 'Request_UnsupportedQuery', `Unsupported filter ${filter}`)
  const [fromMs, toMs] = span === null ? [0, Date.parse('9999-01-01')] : [Date.parse(from), Date.parse(to)]
  if (what === 'directoryAudits') {
    if (field !== undefined && field !== 'activityDateTime') return fault(400, 'Request_UnsupportedQuery', `Unsupported field ${field}`)
    const activities = rest?.split(' or ').map((one) => equals(one, 'activityDisplayName'))
    const found = state.tenant.lists.audits.filter((one) => inSpan(one['activityDateTime'], fromMs, toMs))
      .filter((one) => activities === undefined || activities.includes(String(one['activityDisplayName'])))
    return list(state, ask, found, ['$filter', '$top'])
  }
  if (what !== 'signIns') return fault(400, 'Request_BadRequest', 'Resource not found.')
  if (!state.hasPremium) return fault(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'Neither tenant is B2C or tenant doesn\'t have premium license.')
  if (field !== undefined && field !== 'createdDateTime') return fault(400, 'Request_UnsupportedQuery', `Unsupported field ${field}`)
  const start = placeIn(ask)
  if (start === null) return fault(400, 'Request_BadRequest', 'Badly formed token.')
  const made = state.tenant.firstDay.signIns(fromMs, toMs)
  const extra = state.tenant.extraSignIns.filter((one) => inSpan(one['createdDateTime'], fromMs, toMs))
  const total = made.count + extra.length
  const size = Math.min(state.sizes.entities > 100 ? 1_000 : state.sizes.entities, Number(ask.query.get('$top') ?? 1_000))
  const value: unknown[] = []
  for (let index = start; index < total && value.length < size; index += 1) value.push(index < made.count ? made.at(index) : extra[index - made.count])
  const end = start + value.length
  return { status: 200, body: { ...(end < total ? { '@odata.nextLink': next(state, ask, end) } : {}), value } }
}

function inSpan(value: unknown, fromMs: number, toMs: number): boolean {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return at >= fromMs && at < toMs
}

function list(state: GraphState, ask: Asked, entities: readonly Entity[], allowed: readonly string[]): Answered {
  for (const name of ask.query.keys()) {
    if (!allowed.includes(name) && name !== '$skiptoken') return fault(400, 'Request_UnsupportedQuery', `${name} is not supported here.`)
  }
  const start = placeIn(ask)
  if (start === null) return fault(400, 'Request_BadRequest', 'Badly formed token.')
  const end = start + Math.min(state.sizes.entities, Number(ask.query.get('$top') ?? state.sizes.entities))
  const value = entities.slice(start, end).map((one) => select(one, ask.query.get('$select')))
  return { status: 200, body: { ...(end < entities.length ? { '@odata.nextLink': next(state, ask, end) } : {}), value } }
}

function placeIn(ask: Asked): number | null {
  const skip = ask.query.get('$skiptoken')
  if (skip === undefined) return 0
  const place = untoken(skip)
  return typeof place === 'number' ? place : null
}

function next(state: GraphState, ask: Asked, index: number): string {
  const query = [...ask.query].filter(([name]) => name !== '$skiptoken').map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${state.origin}/v1.0${ask.path}?${[...query, `$skiptoken=${token(index)}`].join('&')}`
}
