import type { OktaConfig, SecretName } from '../../../src/shared/model/live-source.ts'
import { liveConnectorContract, type Stage } from '../live/contract-suite.ts'
import { connectorTo, NOW, openCompany, serviceKey, tokenConfig } from './company.ts'

const stageOf = (
  signIn: Partial<OktaConfig>, secretOf: (token: string) => Partial<Record<SecretName, string>>,
) => async (): Promise<Stage> => {
  const { fake, ids, close } = await openCompany({ publicKey: serviceKey.publicKey })
  const { organisation: org } = fake
  fake.settings.mostPerPage = 2
  const secrets = secretOf(fake.token)
  const direct = { path: 'direct', traits: [] }
  return {
    connector: connectorTo(fake),
    config: tokenConfig(fake.orgUrl, signIn),
    secrets,
    now: () => NOW,
    unspeakable: () => [...Object.values(secrets), ...fake.issued],
    change: () => {
      fake.advance(20 * 60_000)
      org.changeUser(ids.ada, { profile: { department: 'Finance' } })
      org.changeUser(ids.ben, { status: 'SUSPENDED' })
      org.deleteUser(ids.out)
      org.deleteUser(ids.freelancer)
      const dora = org.addUser({ login: 'dora@example.com', firstName: 'Dora', lastName: 'Maar' }).id
      org.addMember(ids.sales, dora)
      org.addMember(ids.sales, ids.eve)
      org.removeMember(ids.sales, ids.eve)
      org.removeMember(ids.sales, ids.ben)
      org.addMember(ids.sales, ids.ben)
      org.renameGroup(ids.empty, 'Still nobody')
      org.deleteGroup(ids.domain)
      org.unassignUser(ids.crm, ids.eve)
      org.assignUser(ids.crm, dora)
      org.unassignGroup(ids.crm, ids.sales)
      org.deleteApp(ids.wiki)
      org.giveRole('user', dora, 'READ_ONLY_ADMIN')
      org.signIn(dora, ids.crm, '2026-11-20T07:00:00.000Z')
    },
    withhold: (permission) => { fake.withheld.add(permission) },
    refuseSecret: () => { fake.settings.acceptsToken = false },
    rights: {
      removable: [
        { account: ids.ben, entitlement: `group:${ids.sales}`, ...direct },
        { account: ids.eve, entitlement: `app:${ids.crm}`, ...direct },
        { account: ids.eve, entitlement: 'admin-role:SUPER_ADMIN', ...direct },
        { account: ids.ada, entitlement: `admin-role:${ids.custom}@${ids.set}`, ...direct },
      ],
      refused: [
        { account: ids.ada, entitlement: `group:${ids.sales}`, path: 'direct', traits: ['assigned-by-rule'] },
        { account: ids.ada, entitlement: `group:${ids.domain}`, path: 'direct', traits: ['managed-by-application'] },
        { account: ids.ada, entitlement: `group:${ids.everyone}`, path: 'direct', traits: ['built-in'] },
        { account: ids.ada, entitlement: `app:${ids.crm}`, ...direct },
        { account: ids.ada, entitlement: `app:${ids.crm}`, path: `group:${ids.sales}`, traits: [] },
        { account: ids.ben, entitlement: 'admin-role:HELP_DESK_ADMIN', ...direct },
      ],
    },
    close,
  }
}

liveConnectorContract('okta with a token', stageOf({}, (token) => ({ 'api-token': token })))
liveConnectorContract('okta with a private key', stageOf(
  { signIn: 'private-key', clientId: '0oaserviceapp0000000', keyId: 'key-1' }, () => ({ 'private-key': serviceKey.pem }),
))
