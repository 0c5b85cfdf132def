import type { RevokeTarget } from '../../../src/main/connectors/live-connector.ts'
import { liveConnectorContract } from '../live/contract-suite.ts'
import { APPS, GLOBAL_ADMIN, group, GROUPS, HELPDESK, NO_ROLE, ROLES, role, user } from '../../support/fake-graph/contoso.ts'
import { SECRET } from '../../support/fake-graph/server.ts'
import type { Entity, Tenant } from '../../support/fake-graph/tenant.ts'
import { entraStage } from './entra-stage.ts'

liveConnectorContract('Microsoft Entra', async () => {
  const stage = await entraStage()
  return {
    connector: stage.connector, config: stage.config, now: () => stage.now, secrets: { 'client-secret': SECRET },
    unspeakable: () => stage.graph.tokens.issued(),
    change: () => {
      changeContoso(stage.graph.tenant)
      stage.now = '2026-11-23T09:00:00.000Z'
    },
    withhold: stage.graph.withhold,
    refuseSecret: () => { stage.graph.directory.secret = 'another one by now' },
    rights: {
      removable: [
        right(user(1), `group:${GROUPS.finance}`), right(user(4), `group:${GROUPS.team}`), right(user(1), `app-role:${APPS.ledger}/${ROLES.poster}`),
        right(user(4), `app-role:${APPS.crm}/${NO_ROLE}`), right(user(0), `directory-role:${GLOBAL_ADMIN}`),
        right(user(1), `directory-role:${HELPDESK}@/administrativeUnits/${role(70)}`), right(user(5), `directory-role:${GLOBAL_ADMIN}#eligible`),
        right(APPS.crm, `app-role:${APPS.graph}/${ROLES.directoryWrite}`),
      ],
      refused: [
        right(user(1), `group:${GROUPS.everybody}`), right(user(1), `group:${GROUPS.synced}`), right(user(1), `group:${GROUPS.mail}`),
        { ...right(user(1), `group:${GROUPS.ledger}`), path: `group:${GROUPS.finance}` },
        { ...right(user(6), `app-role:${APPS.ledger}/${ROLES.poster}`), path: `group:${GROUPS.finance}` },
        // The inventory thinks it is direct; the source knows better.
        right(user(6), `app-role:${APPS.ledger}/${ROLES.poster}`),
        { ...right(user(4), `group:${GROUPS.finance}`), traits: ['dynamic'] },
        right(user(4), `consent:${APPS.crm}/${APPS.graph}/Mail.Read`),
      ],
    },
    close: () => stage.graph.close(),
  }
})

function right(account: string, entitlement: string): RevokeTarget {
  return { account, entitlement, path: 'direct', traits: [] }
}

/** Everything a delta can tell: new, renamed, left, joined, removed for good and for a while, removed and back again. */
function changeContoso(tenant: Tenant): void {
  const known = (kind: 'users' | 'groups' | 'servicePrincipals', id: string): Entity => {
    const found = tenant.get(kind, id)
    if (found === undefined) throw new Error(`${id} is not in the tenant`)
    return found
  }
  tenant.put('users', { ...known('users', user(9)), id: user(20), displayName: 'Kim New', userPrincipalName: 'kim@contoso.example' })
  tenant.put('users', { ...known('users', user(6)), accountEnabled: false })
  tenant.put('users', { ...known('users', user(6)), displayName: 'Gus Renamed', accountEnabled: false })
  const hal = known('users', user(7))
  tenant.remove('users', user(7), 'changed')
  tenant.put('users', hal)
  tenant.remove('users', user(8))
  tenant.join(GROUPS.finance, { id: user(20), type: 'user' })
  tenant.leave(GROUPS.finance, user(5))
  tenant.leave(GROUPS.finance, user(6))
  tenant.join(GROUPS.finance, { id: user(6), type: 'user' })
  tenant.put('groups', { ...known('groups', GROUPS.ledger), id: group(20), displayName: 'New group' })
  tenant.join(group(20), { id: GROUPS.ledger, type: 'group' })
  tenant.put('groups', { ...known('groups', GROUPS.finance), displayName: 'Finance and controlling' })
  tenant.remove('groups', GROUPS.team, 'changed')
  tenant.remove('servicePrincipals', APPS.crm)
  tenant.put('servicePrincipals', { ...known('servicePrincipals', APPS.ledger), appRoles: [{ id: ROLES.poster, value: 'Poster', displayName: 'Posts', allowedMemberTypes: ['User'] }] })
  tenant.lists.assignments.splice(0, tenant.lists.assignments.length, ...tenant.lists.assignments.filter((one) => one['resourceId'] !== APPS.crm && one['appRoleId'] !== ROLES.admin))
  tenant.lists.roleAssignments.splice(3, 1)
  tenant.lists.eligibilities.splice(0, 1)
}
