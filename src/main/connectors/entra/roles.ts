import type { EntitlementTrait } from '../../../shared/model/live-source.ts'
import type { DirectoryEntitlement, Holder, MirrorChange } from '../live-connector.ts'
import type { Graph } from './graph.ts'
import { groupId } from './groups.ts'
import { dayOf, listOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import { listing } from './listing.ts'
import { roleWeight } from './privileged-roles.ts'
import { DIRECTORY, withId, type EntraCollection, type Reading, type Taken } from './reading.ts'

const DEFINITIONS = `/roleManagement/directory/roleDefinitions?${query({ $select: 'id,templateId,displayName,description,isBuiltIn,isEnabled' })}`
const PRINCIPAL = query({ $expand: 'principal' })
const NO_LICENCE = 'Since when and until when roles are held could not be read: that takes Microsoft Entra ID P2.'

/**
 * `directory-role:<role>` for the whole directory, `directory-role:<role>@<scope>` below it; `#eligible` behind it for the right to
 * take the role on when needed (PIM) rather than holding it.
 */
export function roleId(role: string, scope: string, isEligible: boolean): string {
  return `directory-role:${role}${scope === '/' ? '' : `@${scope}`}${isEligible ? '#eligible' : ''}`
}

/** Every role the directory has, held or not. */
export function directoryRoles(): EntraCollection {
  return listing({
    name: 'directory-roles', title: 'Directory roles', isOptional: true, isDelta: false, countPath: null, steps: [{ path: DEFINITIONS }],
    take: (entities) => {
      const { named, rejects } = withId(entities, 'role')
      return { changes: named.map((role) => ({ put: 'entitlement', record: entitlementOf(describe(role), '/', false) })), rejects }
    },
  })
}

/** Who holds a role now; the second list adds since when, until when, and whether the person took it on for a while. */
export function roleAssignments(): EntraCollection {
  return listing({
    name: 'role-assignments', title: 'Who holds a directory role', isOptional: true, isDelta: false, countPath: null,
    steps: [
      { path: `/roleManagement/directory/roleAssignments?${PRINCIPAL}` },
      { path: `/roleManagement/directory/roleAssignmentScheduleInstances?${PRINCIPAL}`, gapWhenRefused: NO_LICENCE },
    ],
    take: holding(false),
  })
}

/** Who may take a role on when needed. */
export function roleEligibilities(): EntraCollection {
  return listing({
    name: 'role-eligibilities', title: 'Who may take on a directory role when needed (PIM)', isOptional: true, isDelta: false, countPath: null,
    steps: [{ path: `/roleManagement/directory/roleEligibilityScheduleInstances?${PRINCIPAL}` }],
    take: holding(true),
  })
}

interface Role { readonly id: string; readonly templateId: string; readonly name: string; readonly description: string | null; readonly isBuiltIn: boolean }

function describe(role: JsonObject & { readonly id: string }): Role {
  return {
    id: role.id, templateId: textOf(role['templateId']) ?? role.id, name: textOf(role['displayName']) ?? role.id,
    description: textOf(role['description']), isBuiltIn: role['isBuiltIn'] === true,
  }
}

function holding(isEligible: boolean): (entities: readonly JsonObject[], reading: Reading) => Promise<Taken> {
  // Names come from another list than holders (Graph expands one thing at a time): asked once per reading.
  const known = new WeakMap<Reading, Awaited<ReturnType<typeof definitions>>>()
  return async (entities, reading) => {
    const needsNames = entities.some((one) => isEligible || scopeOf(one) !== '/')
    const before = known.get(reading)
    const roles = before ?? (needsNames ? await definitions(reading.graph) : { byId: new Map<string, Role>(), retries: 0, throttledMs: 0 })
    if (needsNames) known.set(reading, { ...roles, retries: 0, throttledMs: 0 })
    // An instance that comes through a group is the group's: the group itself is named as well.
    const own = entities.filter((one) => (textOf(one['memberType']) ?? 'Direct') === 'Direct')
    const unknown = new Set<string>()
    const changes = own.flatMap((one) => holdOf(one, isEligible, roles.byId, unknown))
    return {
      changes, retries: roles.retries, throttledMs: roles.throttledMs,
      gaps: [...unknown].map((type) => `A directory role is held by a ${type}, which is neither a person, a group nor a program; it was left out.`),
    }
  }
}

function holdOf(assignment: JsonObject, isEligible: boolean, roles: ReadonlyMap<string, Role>, unknown: Set<string>): readonly MirrorChange[] {
  const role = textOf(assignment['roleDefinitionId'])
  const principal = textOf(assignment['principalId'])
  if (role === null || principal === null) return []
  const type = textOf(objectOf(assignment['principal'])?.['@odata.type'])?.replace('#microsoft.graph.', '') ?? 'user'
  if (type !== 'user' && type !== 'group' && type !== 'servicePrincipal') {
    unknown.add(type)
    return []
  }
  const scope = scopeOf(assignment)
  const entitlement = roleId(role, scope, isEligible)
  const holder: Holder = type === 'group' ? { of: 'entitlement', id: groupId(principal) } : { of: 'account', id: principal }
  const how = textOf(assignment['assignmentType']) === 'Activated' ? 'activated' : null
  const changes: MirrorChange[] = []
  if (isEligible || scope !== '/') {
    const described = roles.get(role) ?? { id: role, templateId: role, name: role, description: null, isBuiltIn: false }
    changes.push({ put: 'entitlement', record: entitlementOf(described, scope, isEligible) })
  }
  changes.push({
    put: 'hold', record: { entitlement, holder, grantedAt: dayOf(assignment['startDateTime']), expiresAt: dayOf(assignment['endDateTime']), how },
  })
  return changes
}

/** `/` is the whole directory; otherwise an administrative unit, an application or another object. */
function scopeOf(assignment: JsonObject): string {
  return textOf(assignment['directoryScopeId']) ?? textOf(assignment['appScopeId']) ?? '/'
}

function entitlementOf(role: Role, scope: string, isEligible: boolean): DirectoryEntitlement {
  const traits: EntitlementTrait[] = [...(role.isBuiltIn ? ['built-in' as const] : []), ...(isEligible ? ['eligible' as const] : [])]
  const notes = [scope === '/' ? null : `over ${scope.replace(/^\//, '')} only`, isEligible ? 'eligible' : null].filter((note) => note !== null)
  return {
    entitlement: roleId(role.id, scope, isEligible), name: notes.length === 0 ? role.name : `${role.name} (${notes.join(', ')})`,
    description: role.description, application: DIRECTORY, ...roleWeight(role.templateId, role.isBuiltIn, role.name), owner: null, traits,
  }
}

async function definitions(graph: Graph): Promise<{ byId: ReadonlyMap<string, Role>; retries: number; throttledMs: number }> {
  const { json, retries, throttledMs } = await graph.ask({ path: DEFINITIONS })
  const { named } = withId(listOf(objectOf(json)?.['value']).map((one) => objectOf(one) ?? {}), 'role')
  return { byId: new Map(named.map((role) => [role.id, describe(role)])), retries, throttledMs }
}
