import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { okta } from '../../../src/main/connectors/okta/okta.ts'
import type { MirrorChange } from '../../../src/main/connectors/live-connector.ts'
import type { Fault } from '../../support/fake-okta/server.ts'
import { memoryMirror } from '../live/memory-mirror.ts'
import { inputOf, memoryCredentials, readEverything, readOne, type Asking, type Reading } from '../live/reading.ts'
import { askingOf, connectorTo, openCompany, serviceKey, tokenConfig, type Company } from './company.ts'

const changesOf = (reading: Reading, collection: string): readonly MirrorChange[] =>
  reading.pages.filter((one) => one.collection === collection).flatMap(({ page }) => page.changes)
const holdsOf = (reading: Reading, collection: string) =>
  changesOf(reading, collection).flatMap((change) => ('put' in change && change.put === 'hold' ? [change.record] : []))
const entitlementsOf = (reading: Reading) => new Map(reading.pages.flatMap(({ page }) => page.changes)
  .flatMap((change) => ('put' in change && change.put === 'entitlement' ? [[change.record.entitlement, change.record] as const] : [])))

describe('an Okta organisation', () => {
  let company: Company
  beforeEach(async () => { company = await openCompany() })
  afterEach(async () => { await company.close() })

  const readUsers = async (asking: Asking) => {
    const pages: { readonly retries: number; readonly throttledMs: number; readonly records: number; readonly gaps: readonly string[] }[] = []
    const mirror = memoryMirror()
    const end = await readOne(asking, 'users', null, mirror, (page) => { pages.push(page) })
    return { pages, end, mirror }
  }

  describe('what is in it', () => {
    it('tells accounts that get in from those that do not, and services and contractors where the profile says so', async () => {
      const accounts = new Map(changesOf(await readEverything(askingOf(company.fake)), 'users')
        .flatMap((change) => ('put' in change && change.put === 'account' ? [[change.record.account, change.record] as const] : [])))
      const { ada, out, robot, freelancer } = company.ids
      expect(accounts.get(ada)).toEqual({
        account: ada, login: 'ada@example.com', accountName: 'Ada Byron', email: 'ada@example.com', employeeId: 'E-ada', accountKind: null, isEnabled: true,
      })
      expect([out, robot, freelancer].map((id) => [accounts.get(id)?.isEnabled, accounts.get(id)?.accountKind]))
        .toEqual([[false, null], [false, 'service'], [true, 'contractor']])
    })

    it('marks groups by what decides how somebody leaves them, and those that make administrators', async () => {
      const entitlements = entitlementsOf(await readEverything(askingOf(company.fake)))
      const { everyone, sales, admins, domain, empty } = company.ids
      expect([everyone, sales, admins, domain, empty].map((id) => entitlements.get(`group:${id}`)?.traits))
        .toEqual([['built-in'], ['assigned-by-rule'], [], ['managed-by-application'], []])
      expect(entitlements.get(`group:${admins}`)).toMatchObject({ privilege: 'admin', risk: 'high' })
    })

    it('says which members a rule put into a group, and which somebody did', async () => {
      const { ada, ben, sales, rule } = company.ids
      const how = new Map(holdsOf(await readEverything(askingOf(company.fake)), 'group-members')
        .filter(({ entitlement }) => entitlement === `group:${sales}`).map((hold) => [hold.holder.id, hold.how]))
      expect(how).toEqual(new Map([[ada, `rule:${rule}`], [ben, null]]))
    })

    it('says where only Okta can tell what a rule did', async () => {
      company.fake.organisation.addRule('Friends of sales', `isMemberOfAnyGroup("${company.ids.sales}")`, [company.ids.admins])
      const reading = await readEverything(askingOf(company.fake))
      expect(reading.pages.flatMap(({ page }) => page.gaps).join()).toContain('“Friends of sales”'.replace(/[“”]/g, '"'))
    })

    it('gives an application to who has it directly, and to the group for the others', async () => {
      const { eve, crm, sales } = company.ids
      const holds = holdsOf(await readEverything(askingOf(company.fake)), 'application-assignments').filter(({ entitlement }) => entitlement === `app:${crm}`)
      expect(holds.map(({ holder }) => holder)).toEqual([{ of: 'account', id: eve }, { of: 'entitlement', id: `group:${sales}` }])
    })

    it('weighs administrator roles, custom ones by what they may do and with what they are limited to', async () => {
      const { ada, eve, admins, custom, set } = company.ids
      const reading = await readEverything(askingOf(company.fake))
      const roles = entitlementsOf(reading)
      expect(roles.get('admin-role:SUPER_ADMIN')).toMatchObject({ privilege: 'admin', risk: 'critical', application: 'Okta Admin Console' })
      expect(roles.get(`admin-role:${custom}@${set}`)).toMatchObject({ name: 'Unlocker (Sales people)', privilege: 'admin', risk: 'high' })
      expect(holdsOf(reading, 'admin-roles').map(({ entitlement, holder }) => [entitlement, holder.id])).toEqual([
        [`admin-role:${custom}@${set}`, ada], ['admin-role:SUPER_ADMIN', eve], ['admin-role:HELP_DESK_ADMIN', `group:${admins}`],
      ])
    })

    it('reads sign-ins by application up to the settled horizon, and only what came since the next time', async () => {
      const { ada, ben, crm } = company.ids
      const first = await readEverything(askingOf(company.fake))
      expect(first.pages.flatMap(({ page }) => page.signIns)).toEqual([
        { account: ben, application: 'Wiki', at: '2026-10-05T12:00:00.000Z', isSuccess: true },
        { account: ada, application: 'Okta', at: '2026-11-01T08:00:00.000Z', isSuccess: true },
        { account: ada, application: 'CRM Production', at: '2026-11-01T08:00:05.000Z', isSuccess: true },
        { account: ada, application: 'CRM Production', at: '2026-11-02T08:00:05.000Z', isSuccess: false },
      ])
      const end = first.ends.get('sign-ins')
      expect(end).toMatchObject({ mode: 'window', window: { from: '2026-08-22T08:00:00.000Z', to: '2026-11-20T07:45:00.000Z' } })
      for (const at of ['2026-11-20T07:44:59.999Z', '2026-11-20T07:45:00.000Z', '2026-11-20T07:59:00.000Z']) company.fake.organisation.signIn(ada, crm, at)
      const later = { ...askingOf(company.fake), now: () => '2026-11-20T08:10:00.000Z' }
      const second: string[] = []
      const next = await readOne(later, 'sign-ins', end?.nextCursor ?? null, memoryMirror(), (page) => { second.push(...page.signIns.map(({ at }) => at)) })
      expect(second).toEqual(['2026-11-20T07:45:00.000Z'])
      expect(next.window).toEqual({ from: '2026-08-22T08:00:00.000Z', to: '2026-11-20T07:55:00.000Z' })
    })

    it('says which part of the log is gone when the last reading is too long ago', async () => {
      const first = await readEverything(askingOf(company.fake))
      const later = { ...askingOf(company.fake), now: () => '2027-06-01T00:00:00.000Z' }
      const gaps: string[] = []
      await readOne(later, 'sign-ins', first.ends.get('sign-ins')?.nextCursor ?? null, memoryMirror(), (page) => { gaps.push(...page.gaps) })
      expect(gaps.join()).toContain('what happened between 2026-11-20T07:45:00.000Z and 2027-03-03')
    })

    it('stands in for HR where that is asked for: managers, leavers, nothing protected', async () => {
      const asking = { ...askingOf(company.fake), config: tokenConfig(company.fake.orgUrl, { isHr: true }) }
      const reading = await readEverything(asking)
      const people = new Map(changesOf(reading, 'users').flatMap((change) => ('put' in change && change.put === 'person' ? [[change.record.employeeId, change.record] as const] : [])))
      expect(people.get('E-ada')).toMatchObject({ department: 'Sales', managerEmployeeId: 'E-eve', status: 'active' })
      expect(people.get('E-out')?.status).toBe('inactive')
      expect(JSON.stringify(reading.pages)).not.toContain('1815-12-10')
    })
  })

  describe('only what changed', () => {
    it('asks an organisation in which nothing changed for next to nothing', async () => {
      company.fake.advance(20 * 60_000)
      const first = await readEverything(askingOf(company.fake))
      const asked = company.fake.log.length
      const second = await readEverything(askingOf(company.fake), first.mirror, new Map([...first.ends].map(([name, end]) => [name, end.nextCursor])))
      expect([...second.ends].map(([name, { mode }]) => [name, mode]).filter(([, mode]) => mode === 'full').map(([name]) => name)).toEqual(['applications', 'admin-roles'])
      const members = company.fake.log.slice(asked).filter(({ path }) => /groups\/00g\w+\/users|apps\/0oa\w+\/users/.test(path))
      expect(members).toEqual([])
    })

    it('lists everything again after a week, and every time where the log may not be read', async () => {
      const first = await readEverything(askingOf(company.fake))
      const cursor = first.ends.get('users')?.nextCursor ?? null
      const aWeekOn = { ...askingOf(company.fake), now: () => '2026-11-27T08:00:00.000Z' }
      expect((await readOne(aWeekOn, 'users', cursor, memoryMirror(), () => undefined)).mode).toBe('full')
      expect((await readOne(askingOf(company.fake), 'users', cursor, memoryMirror(), () => undefined)).mode).toBe('changes')
      company.fake.withheld.add('okta.logs.read')
      expect((await readOne(askingOf(company.fake), 'users', cursor, memoryMirror(), () => undefined)).mode).toBe('full')
    })

    it('lists all groups again when a rule begins to fill one', async () => {
      const first = await readEverything(askingOf(company.fake))
      company.fake.organisation.addRule('Finance', 'user.department=="Finance"', [company.ids.empty])
      const traits: unknown[] = []
      const end = await readOne(askingOf(company.fake), 'groups', first.ends.get('groups')?.nextCursor ?? null, first.mirror, (page) => {
        for (const change of page.changes) if ('put' in change && change.put === 'entitlement') traits.push([change.record.entitlement, ...change.record.traits])
      })
      expect(end.mode).toBe('full')
      expect(traits).toContainEqual([`group:${company.ids.empty}`, 'assigned-by-rule'])
    })
  })

  describe('when the source is in trouble', () => {
    it('slows down before the limit is reached, so that nothing is refused, and says how long it waited', async () => {
      company.fake.settings.mostPerPage = 1
      company.fake.settings.perMinute = 4
      const waits: number[] = []
      const { pages, mirror } = await readUsers({ ...askingOf(company.fake), connector: connectorTo(company.fake, waits) })
      expect(mirror.count('account')).toBe(6)
      expect(company.fake.log.filter(({ status }) => status === 429)).toEqual([])
      expect(waits.length).toBeGreaterThan(0)
      expect(pages.reduce((sum, page) => sum + page.throttledMs, 0)).toBe(waits.reduce((sum, wait) => sum + wait, 0))
    })

    it('waits until the reset that a refusal names', async () => {
      company.fake.settings.perMinute = 0
      const waits: number[] = []
      const asking = { ...askingOf(company.fake), connector: connectorTo(company.fake, waits) }
      const reading = readUsers(asking)
      await expect(reading).rejects.toMatchObject({ code: 'throttled' })
      expect(waits.length).toBe(5)
      for (const wait of waits) expect(wait).toBeLessThanOrEqual(62_000)
    })

    it('does not wait for a reset that is hours away', async () => {
      const reset = String(Math.floor(company.fake.now() / 1_000) + 7_200)
      company.fake.fail(/api\/v1\/users/, { is: 'status', status: 429, headers: { 'X-Rate-Limit-Limit': '600', 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': reset } })
      const waits: number[] = []
      await expect(readUsers({ ...askingOf(company.fake), connector: connectorTo(company.fake, waits) })).rejects.toMatchObject({ code: 'throttled' })
      expect(waits).toEqual([])
    })

    const passing: readonly Fault[] = [
      { is: 'status', status: 500 }, { is: 'status', status: 503 }, { is: 'cut-body' }, { is: 'half-json' }, { is: 'lost-connection' },
    ]
    for (const fault of passing) {
      it(`asks again after ${fault.is === 'status' ? String(fault.status) : fault.is}, and gives up after a handful of tries`, async () => {
        company.fake.fail(/api\/v1\/users/, fault, 2)
        const { pages, mirror } = await readUsers(askingOf(company.fake))
        expect(mirror.count('account')).toBe(6)
        expect(pages[0]?.retries).toBe(2)
        company.fake.fail(/api\/v1\/users/, fault, 1_000)
        const before = company.fake.log.length
        const failure = await readUsers(askingOf(company.fake)).catch((error: unknown) => error)
        expect(failure).toMatchObject({ name: 'LiveSourceError', code: expect.stringMatching(/half-answer|unreachable/) as string })
        expect(company.fake.log.length - before).toBe(5)
        expect(`${String(failure)}${String((failure as Error).stack)}${JSON.stringify(failure)}`).not.toContain(company.fake.token)
      })
    }

    it('stops at once when cancelled while an answer does not come', async () => {
      company.fake.fail(/api\/v1\/users/, { is: 'no-answer' })
      const stop = new AbortController()
      const reading = readUsers({ ...askingOf(company.fake), signal: stop.signal })
      const asked = async (): Promise<void> => {
        while (company.fake.log.length === 0) await new Promise((resolve) => { setImmediate(resolve) })
      }
      await asked()
      stop.abort(new Error('the officer cancelled'))
      await expect(reading).rejects.toThrow('the officer cancelled')
    })

    it('notices a next link that leads back, after asking once more', async () => {
      company.fake.settings.mostPerPage = 2
      company.fake.fail(/GET \/api\/v1\/users\?.*after=/, { is: 'repeated-next' })
      expect((await readUsers(askingOf(company.fake))).mirror.count('account')).toBe(6)
      company.fake.fail(/GET \/api\/v1\/users\?.*after=/, { is: 'repeated-next' }, 1_000)
      await expect(readUsers(askingOf(company.fake))).rejects.toMatchObject({ code: 'half-answer', message: expect.stringContaining('lead back') as string })
    })

    it('follows an empty page with a next link', async () => {
      company.fake.fail(/GET \/api\/v1\/users/, { is: 'empty-with-next' })
      const { mirror, pages } = await readUsers(askingOf(company.fake))
      expect(pages[0]?.records).toBe(0)
      expect(mirror.count('account')).toBe(6)
    })

    it('carries the token to no other server', async () => {
      company.fake.fail(/GET \/api\/v1\/users/, { is: 'foreign-next' })
      await expect(readUsers(askingOf(company.fake))).rejects.toMatchObject({ code: 'not-this-source', message: expect.stringContaining('elsewhere.example') as string })
    })

    it('says when an entity is named twice, and counts it once', async () => {
      company.fake.fail(/GET \/api\/v1\/users/, { is: 'named-twice' })
      const { mirror, pages } = await readUsers(askingOf(company.fake))
      expect([mirror.count('account'), pages[0]?.records]).toEqual([6, 7])
      expect(pages[0]?.gaps.join()).toContain('named 1 users twice')
    })

    it('tells by the owner’s roles what a token may remove, without trying it, and does not guess where they may not be read', async () => {
      const removals = async () => (await connectorTo(company.fake).test(inputOf(askingOf(company.fake)))).removals.map(({ removes, isGranted }) => [removes, isGranted])
      const asked = company.fake.log.length
      expect(await removals()).toEqual([['groups', true], ['applications', true], ['roles', true]])
      company.fake.settings.me = company.ids.ben
      expect(await removals()).toEqual([['groups', false], ['applications', false], ['roles', false]])
      company.fake.organisation.giveRole('user', company.ids.ben, 'GROUP_MEMBERSHIP_ADMIN')
      expect(await removals()).toEqual([['groups', true], ['applications', false], ['roles', false]])
      // What a custom role allows is its own affair.
      company.fake.settings.me = company.ids.ada
      expect(await removals()).toEqual([['groups', null], ['applications', null], ['roles', null]])
      company.fake.settings.me = company.ids.ben
      company.fake.withheld.add('okta.roles.read')
      expect(await removals()).toEqual([['groups', null], ['applications', null], ['roles', null]])
      expect(company.fake.log.slice(asked).filter(({ method }) => method !== 'GET')).toEqual([])
    })

    it('tells by the scopes a service app was granted what it may remove, without trying it', async () => {
      const { fake, close } = await openCompany({ publicKey: serviceKey.publicKey })
      fake.withheld.add('okta.apps.manage')
      const config = tokenConfig(fake.orgUrl, { signIn: 'private-key', clientId: '0oaserviceapp0000000', keyId: 'key-1' })
      const { removals } = await connectorTo(fake).test(inputOf({ ...askingOf(fake), config, credentials: memoryCredentials({ 'private-key': serviceKey.pem }) }))
        .finally(close)
      expect(removals.map(({ removes, isGranted }) => [removes, isGranted])).toEqual([['groups', true], ['applications', false], ['roles', true]])
      expect(fake.log.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oauth2/'))).toEqual([])
    })

    it('asks nothing over plain http, and nothing of the administrators’ console', async () => {
      for (const [orgUrl, said] of [['http://company.okta.com', 'https://'], ['https://company-admin.okta.com', 'without -admin']] as const) {
        const asking = { ...askingOf(company.fake), connector: okta, config: tokenConfig(orgUrl) }
        await expect(readUsers(asking)).rejects.toMatchObject({ code: 'not-this-source', message: expect.stringContaining(said) as string })
        expect(await okta.test(inputOf(asking))).toMatchObject({ isConnected: false, notes: [expect.stringContaining(said)] })
      }
    })

    it('says in plain words that a private key cannot be used, without the key', async () => {
      const config = tokenConfig(company.fake.orgUrl, { signIn: 'private-key', clientId: '0oa1', keyId: 'k' })
      const credentials = memoryCredentials({ 'private-key': 'not a key but a secret' })
      const failure = await readUsers({ ...askingOf(company.fake), config, credentials }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'sign-in-failed' })
      expect(String(failure)).not.toContain('a secret')
    })
  })

  describe('removing access', () => {
    const nobody = { accounts: new Set<string>(), entitlements: new Set<string>() }

    it('says removed, not already gone, when the answer to the removal was lost', async () => {
      company.fake.fail(/DELETE .*roles/, { is: 'lost-after-doing' })
      const target = { account: company.ids.eve, entitlement: 'admin-role:SUPER_ADMIN', path: 'direct', traits: [] }
      const revoke = connectorTo(company.fake).revoke
      expect(await revoke?.({ ...inputOf(askingOf(company.fake)), target, isDryRun: false, protectedObjects: nobody })).toMatchObject({ outcome: 'removed' })
    })

    it('fails in words when the permission to change is missing, and nothing was changed', async () => {
      company.fake.withheld.add('okta.groups.manage')
      const target = { account: company.ids.ben, entitlement: `group:${company.ids.sales}`, path: 'direct', traits: [] }
      const answer = await connectorTo(company.fake).revoke?.({ ...inputOf(askingOf(company.fake)), target, isDryRun: false, protectedObjects: nobody })
      expect(answer).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('okta.groups.manage') as string })
      expect(company.fake.organisation.groups.get(company.ids.sales)?.members.has(company.ids.ben)).toBe(true)
    })
  })

})
