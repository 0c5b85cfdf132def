import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { createOkta } from '../../../src/main/connectors/okta/okta.ts'
import type { OktaOptions } from '../../../src/main/connectors/okta/org.ts'
import type { OktaConfig } from '../../../src/shared/model/live-source.ts'
import { startFakeOkta, type FakeOkta, type FakeOktaOptions } from '../../support/fake-okta/server.ts'
import { memoryCredentials, type Asking } from '../live/reading.ts'

export const NOW = '2026-11-20T08:00:00.000Z'

const TOKEN = '00unspeakableTokenOfThisTest000000000000'

export const tokenConfig = (orgUrl: string, change: Partial<OktaConfig> = {}): OktaConfig => ({
  from: 'okta', orgUrl, signIn: 'token', clientId: null, keyId: null, readsUsage: true, isHr: false, holdBelowShare: 0.7, ...change,
})

/** A connector whose requests reach the fake, and whose waiting moves the fake's clock instead of the wall's. */
export function connectorTo(fake: FakeOkta, waits: number[] = []) {
  const options: Partial<OktaOptions> = {
    requester: fake.requester,
    localNow: fake.now,
    wait: (milliseconds, signal) => {
      signal.throwIfAborted()
      waits.push(milliseconds)
      fake.advance(milliseconds)
      return Promise.resolve()
    },
  }
  return createOkta(options)
}

export const askingOf = (fake: FakeOkta, change: Partial<Asking> = {}): Asking => ({
  connector: connectorTo(fake), config: tokenConfig(fake.orgUrl), credentials: memoryCredentials({ 'api-token': fake.token }), now: () => NOW, ...change,
})

/** A company small enough to read and with one of everything: statuses, group types, a rule, roles of users and groups, assignments of both kinds. */
export async function openCompany(options: FakeOktaOptions = {}) {
  const fake = await startFakeOkta({ startAt: NOW, token: TOKEN, ...options })
  const { organisation: org } = fake
  const person = (login: string, first: string, last: string, department: string, more: Record<string, unknown> = {}, status = 'ACTIVE'): string =>
    org.addUser({ login, email: login, firstName: first, lastName: last, department, employeeNumber: `E-${login.split('@')[0] ?? ''}`, ...more }, status).id
  const ada = person('ada@example.com', 'Ada', 'Byron', 'Sales', { managerId: 'E-eve', birthDate: '1815-12-10', gender: 'f' })
  const ben = person('ben@example.com', 'Ben', 'Okri', 'Finance', { managerId: 'E-eve' })
  const eve = person('eve@example.com', 'Eve', 'Arden', 'Sales')
  const out = person('out@example.com', 'Gone', 'Away', 'Sales', {}, 'DEPROVISIONED')
  const robot = person('robot@example.com', 'Robot', 'One', 'IT', { userType: 'Service' }, 'SUSPENDED')
  const freelancer = person('free@example.com', 'Free', 'Lancer', 'IT', { userType: 'Contractor' }, 'LOCKED_OUT')
  fake.settings.me = eve

  const everyone = org.addGroup('Everyone', 'BUILT_IN').id
  const sales = org.addGroup('Sales team', 'OKTA_GROUP', 'All of sales').id
  const admins = org.addGroup('Help desk').id
  const domain = org.addGroup('Domain Users', 'APP_GROUP').id
  const empty = org.addGroup('Nobody').id
  for (const user of [ada, ben, eve, robot, freelancer]) org.addMember(everyone, user, '2026-10-01T09:00:00.000Z')
  org.addMember(sales, ada, '2026-09-15T09:30:00.000Z')
  org.addMember(sales, ben, '2026-10-20T09:30:00.000Z')
  org.addMember(admins, ben, '2026-10-21T09:30:00.000Z')
  org.addMember(domain, ada, '2026-10-22T09:30:00.000Z')
  const rule = org.addRule('Sales by department', 'user.department=="Sales"', [sales]).id

  const crm = org.addApp('CRM Production', 'salesforce').id
  const wiki = org.addApp('Wiki').id
  org.assignUser(crm, eve)
  org.assignGroup(crm, sales)
  org.assignUser(wiki, ben)
  org.giveRole('user', eve, 'SUPER_ADMIN')
  org.giveRole('group', admins, 'HELP_DESK_ADMIN')
  const custom = org.addCustomRole('Unlocker', ['okta.users.credentials.manage'])
  const set = org.addResourceSet('Sales people')
  org.giveRole('user', ada, 'CUSTOM', { role: custom, resourceSet: set })

  org.signIn(ada, null, '2026-11-01T08:00:00.000Z')
  org.signIn(ada, crm, '2026-11-01T08:00:05.000Z')
  org.signIn(ada, crm, '2026-11-02T08:00:05.000Z', 'FAILURE')
  org.signIn(ben, wiki, '2026-10-05T12:00:00.000Z')

  return {
    fake,
    ids: { ada, ben, eve, out, robot, freelancer, everyone, sales, admins, domain, empty, rule, crm, wiki, custom, set },
    close: () => fake.close(),
  }
}

export type Company = Awaited<ReturnType<typeof openCompany>>

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const serviceKey = {
  publicKey: pair.publicKey,
  pem: createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'pkcs1', format: 'pem' }).toString(),
}
