import { fault, type Answered, type Asked } from './query.ts'
import type { Tenant } from './tenant.ts'

const gone = fault(404, 'Request_ResourceNotFound', 'Resource does not exist or one of its queried reference-property objects are not present.')
const done: Answered = { status: 204 }

/** Answers what changes the tenant; a removal shows in the next delta. */
export function write(tenant: Tenant, ask: Asked): Answered {
  const parts = ask.path.split('/').filter((part) => part !== '')
  if (ask.method === 'DELETE') return remove(tenant, parts)
  if (ask.method === 'POST' && parts[2] === 'roleEligibilityScheduleRequests') return endEligibility(tenant, ask.body)
  if (ask.method === 'POST' && parts[0] === 'groups' && parts[2] === 'members') return add(tenant, parts[1] ?? '', ask.body)
  if (ask.method === 'POST' && parts[0] === 'servicePrincipals' && parts[2] === 'appRoleAssignedTo') return assign(tenant, parts[1] ?? '', ask.body)
  return fault(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.')
}

function remove(tenant: Tenant, [first, id = '', what, other = '']: readonly string[]): Answered {
  if (first === 'groups' && what === 'members') {
    const group = tenant.get('groups', id)
    if (group === undefined) return gone
    const types = Array.isArray(group['groupTypes']) ? group['groupTypes'] as readonly unknown[] : []
    if (types.includes('DynamicMembership')) return fault(400, 'Request_BadRequest', 'Cannot update members of a dynamic membership group.')
    if (group['onPremisesSyncEnabled'] === true) return fault(400, 'Request_BadRequest', 'Unable to update the specified properties for on-premises mastered objects.')
    if (group['mailEnabled'] === true && !types.includes('Unified')) return fault(400, 'Request_BadRequest', 'Cannot update a mail-enabled security groups and or distribution list.')
    return tenant.leave(id, other) ? done : gone
  }
  if (first === 'servicePrincipals' && what === 'appRoleAssignedTo') return drop(tenant.lists.assignments, other)
  if (first === 'roleManagement' && what === 'roleAssignments') {
    const { roleInstances, roleAssignments } = tenant.lists
    const assignment = roleAssignments.find((one) => one.id === other)
    const instance = roleInstances.findIndex((one) => assignment !== undefined && one['principalId'] === assignment['principalId']
      && one['roleDefinitionId'] === assignment['roleDefinitionId'] && one['directoryScopeId'] === assignment['directoryScopeId'])
    if (instance >= 0) roleInstances.splice(instance, 1)
    return drop(roleAssignments, other)
  }
  return fault(400, 'Request_BadRequest', 'Resource not found.')
}

function add(tenant: Tenant, group: string, body: unknown): Answered {
  const named = /\/v1\.0\/directoryObjects\/([0-9a-f-]{36})$/.exec(String((body as Readonly<Record<string, unknown>>)['@odata.id']))?.[1]
  if (tenant.get('groups', group) === undefined || named === undefined || tenant.get('users', named) === undefined) return gone
  if (tenant.isMember(group, named)) return fault(400, 'Request_BadRequest', 'One or more added object references already exist for the following modified properties: \'members\'.')
  tenant.join(group, { id: named, type: 'user' })
  return done
}

function assign(tenant: Tenant, resource: string, body: unknown): Answered {
  const { principalId, resourceId, appRoleId } = body as Readonly<Record<string, string>>
  if (resourceId !== resource || tenant.get('servicePrincipals', resource) === undefined || principalId === undefined || tenant.get('users', principalId) === undefined) return gone
  const made = {
    id: `assignment-${tenant.lists.assignments.length + 1}`, principalId, principalType: 'User', principalDisplayName: 'Somebody', resourceId, resourceDisplayName: 'An application', appRoleId,
    createdDateTime: '2026-11-22T09:00:00Z',
  }
  tenant.lists.assignments.push(made)
  return { status: 201, body: made }
}

function drop(list: { readonly id: string }[], id: string): Answered {
  const index = list.findIndex((one) => one.id === id)
  if (index < 0) return gone
  list.splice(index, 1)
  return done
}

function endEligibility(tenant: Tenant, body: unknown): Answered {
  const { action, principalId, roleDefinitionId, directoryScopeId } = body as Readonly<Record<string, unknown>>
  if (action !== 'adminRemove') return fault(400, 'InvalidAction', 'Only adminRemove is known here.')
  const { eligibilities } = tenant.lists
  const index = eligibilities.findIndex((one) => one['principalId'] === principalId && one['roleDefinitionId'] === roleDefinitionId && one['directoryScopeId'] === directoryScopeId)
  if (index < 0) return fault(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.')
  eligibilities.splice(index, 1)
  return { status: 201, body: { id: 'request-1', status: 'Revoked', action } }
}
