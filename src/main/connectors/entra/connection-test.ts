import { entraHrPermissions, entraPermissions, entraRemovalPermissions } from '../../../shared/model/entra-permissions.ts'
import type { ConnectionTest, EntraConfig, PermissionCheck, RemovalCheck } from '../../../shared/model/live-source.ts'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'
import { graphCode } from './graph-faults.ts'
import type { Graph } from './graph.ts'
import { listOf, objectOf, textOf, type JsonObject } from './json.ts'
import { query } from './links.ts'
import type { Family } from './pacing.ts'
import type { SignedIn } from './sign-in.ts'

type Permission = (typeof entraPermissions | typeof entraHrPermissions)[number]['permission']

/** The cheapest question that only this permission answers. */
const probes: Readonly<Record<Permission, { readonly path: string; readonly family?: Family }>> = {
  'User.Read.All': { path: `/users?${query({ $select: 'id,employeeId', $top: '1' })}` },
  'GroupMember.Read.All': { path: `/groups?${query({ $select: 'id', $top: '1' })}` },
  'Application.Read.All': { path: `/servicePrincipals?${query({ $select: 'id', $top: '1' })}` },
  'RoleManagement.Read.Directory': { path: `/roleManagement/directory/roleAssignments?${query({ $top: '1' })}` },
  'AuditLog.Read.All': { path: `/auditLogs/directoryAudits?${query({ $top: '1' })}`, family: 'reports' },
  'DelegatedPermissionGrant.Read.All': { path: `/oauth2PermissionGrants?${query({ $top: '1' })}` },
  'Policy.Read.All': { path: `/identity/conditionalAccess/namedLocations?${query({ $top: '1' })}`, family: 'policies' },
  'User-LifeCycleInfo.Read.All': { path: `/users?${query({ $select: 'id,employeeLeaveDateTime', $top: '1' })}` },
}

/** Asks one small question for each permission. A refused sign-in is an answer, not an exception; an abort still throws. */
export async function testConnection(config: EntraConfig, input: LiveInput, open: () => Promise<{ who: SignedIn; graph: Graph }>): Promise<ConnectionTest> {
  try {
    const { who, graph } = await open()
    await who.token(false)
    const permissions: PermissionCheck[] = []
    const notes: string[] = []
    for (const wanted of [...entraPermissions, ...(config.isHr ? entraHrPermissions : [])]) {
      if (wanted.permission === 'User-LifeCycleInfo.Read.All' && !permissions.some((one) => one.permission === 'User.Read.All' && one.isGranted)) {
        notes.push(`Whether ${wanted.permission} is there can be told only once users can be read.`)
        continue
      }
      const answer = await graph.ask({ ...probes[wanted.permission], accept: [400, 403, 404] })
      const isGranted = answer.status === 200
      permissions.push({ ...wanted, isGranted })
      const code = isGranted ? null : graphCode(answer.json)
      if (!isGranted) notes.push(`${wanted.permission} is missing${code === null ? '' : ` (${code})`}. ${wanted.without}`)
    }
    if (config.readsUsage && permissions.some((one) => one.permission === 'AuditLog.Read.All' && one.isGranted)) {
      const signIns = await graph.ask({ path: `/auditLogs/signIns?${query({ $top: '1' })}`, family: 'reports', accept: [400, 403, 404] })
      if (signIns.status !== 200) notes.push('Sign-ins cannot be read: that takes Microsoft Entra ID P1 or P2 in the tenant.')
    }
    const removals = await removalsOf(config, graph, who)
    return { isConnected: true, account: who.account(), permissions, removals, notes }
  } catch (error) {
    input.signal.throwIfAborted()
    if (!(error instanceof LiveSourceError)) throw error
    return { isConnected: false, account: null, permissions: [], removals: [], notes: [error.message] }
  }
}

/** The app id of Microsoft Graph itself, the same in every tenant. */
const GRAPH_APP = '00000003-0000-0000-c000-000000000000'

/** Which removals the app was allowed, as the directory lists it: nothing is tried. */
async function removalsOf(config: EntraConfig, graph: Graph, who: SignedIn): Promise<RemovalCheck[]> {
  const scopes = who.scopes()?.map((scope) => scope.replace(/^https:\/\/[^/]+\//, '')) ?? null
  // A token that only repeats ".default" does not say what it is good for.
  const allowed = scopes === null ? await rolesOfApp(config, graph) : scopes.includes('.default') ? null : scopes
  return entraRemovalPermissions.map(({ broader, ...removal }) => ({
    ...removal, isGranted: allowed === null ? null : [removal.permission, ...broader].some((one) => allowed.includes(one)),
  }))
}

/** Names of the application permissions the app holds on Microsoft Graph; null where it may not read them. */
async function rolesOfApp(config: EntraConfig, graph: Graph): Promise<readonly string[] | null> {
  const appId = config.clientId.toLowerCase()
  const own = await firstOf(graph, `/servicePrincipals?${query({ $filter: `appId eq '${appId}'`, $select: 'id' })}`)
  const api = await firstOf(graph, `/servicePrincipals?${query({ $filter: `appId eq '${GRAPH_APP}'`, $select: 'id,appRoles' })}`)
  const id = textOf(own?.['id'])
  if (id === null || api === null) return null
  const held = await graph.ask({ path: `/servicePrincipals/${id}/appRoleAssignments`, accept: [400, 403, 404] })
  if (held.status !== 200) return null
  const names = new Map(listOf(api['appRoles']).map(objectOf).map((role) => [textOf(role?.['id']), textOf(role?.['value'])]))
  return listOf(objectOf(held.json)?.['value']).map(objectOf)
    .filter((one) => one?.['resourceId'] === api['id'])
    .flatMap((one) => names.get(textOf(one?.['appRoleId'])) ?? [])
}

async function firstOf(graph: Graph, path: string): Promise<JsonObject | null> {
  const answer = await graph.ask({ path, accept: [400, 403, 404] })
  return answer.status === 200 ? objectOf(listOf(objectOf(answer.json)?.['value'])[0]) : null
}
