import { equals, type Answered, type Asked } from './query.ts'
import { guid } from './tenant.ts'

// The connector's own app registration, as the directory lists it: which application permissions it was given on Microsoft Graph.

const GRAPH_APP = '00000003-0000-0000-c000-000000000000'
const OWN = guid('other', 900)
const GRAPH = guid('other', 901)
const removing = ['GroupMember.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'RoleManagement.ReadWrite.Directory']
const idOf = (permission: string): string => guid('other', 910 + removing.indexOf(permission))

/** Undefined where something else was asked. `isGranted` is asked of the permissions for removing only. */
export function ownApp(ask: Asked, clientId: string, isGranted: (permission: string) => boolean): Answered | undefined {
  if (ask.path === '/servicePrincipals') {
    const appId = equals(ask.query.get('$filter') ?? '', 'appId')
    if (appId === clientId) return { status: 200, body: { value: [{ id: OWN }] } }
    if (appId === GRAPH_APP) return { status: 200, body: { value: [{ id: GRAPH, appRoles: removing.map((value) => ({ id: idOf(value), value })) }] } }
  }
  if (ask.path !== `/servicePrincipals/${OWN}/appRoleAssignments`) return undefined
  return { status: 200, body: { value: removing.filter(isGranted).map((one) => ({ principalId: OWN, resourceId: GRAPH, appRoleId: idOf(one) })) } }
}
