import { expect, onTestFinished, test } from 'vitest'
import { checkLog } from '../../../src/main/use-cases/check-log.ts'
import { applyAutomatic, applyRemovals, tryRemovals } from '../../../src/main/use-cases/apply-remediation.ts'
import { reopenRemediation, reportDone, takeBackRemediation } from '../../../src/main/use-cases/act-on-remediation.ts'
import { giveBack, tryGiveBack } from '../../../src/main/use-cases/give-back.ts'
import { planRemediation } from '../../../src/main/use-cases/plan-remediation.ts'
import { protectObject } from '../../../src/main/use-cases/protect-object.ts'
import { setActMode } from '../../../src/main/use-cases/set-act-mode.ts'
import { countRemediations, showRemediation } from '../../../src/main/use-cases/show-remediation.ts'
import { remediationFacts } from '../../../src/main/storage/remediation-facts.ts'
import { remediationSettings } from '../../../src/shared/model/remediation.ts'
import { entraStage } from '../../connectors/entra/entra-stage.ts'
import { connectorTo, openCompany, tokenConfig } from '../../connectors/okta/company.ts'
import { APPS, GROUPS, ROLES, user } from '../../support/fake-graph/contoso.ts'
import { SECRET } from '../../support/fake-graph/server.ts'
import { passphrase, remediationStage, today, type RemediationStage, type StageWorld, type Wish } from '../../support/remediation-stage.ts'
import { officer, watching } from '../../support/sync-bench.ts'

const finance = `group:${GROUPS.finance}`
const ben: Wish = { account: user(1), entitlement: finance }
const nested: Wish = { account: user(4), entitlement: `group:${GROUPS.ledger}`, path: finance }
const dynamic: Wish = { account: user(1), entitlement: `group:${GROUPS.everybody}` }
const throughGroup: Wish = { account: user(6), entitlement: `app-role:${APPS.ledger}/${ROLES.poster}`, path: finance }

async function contoso(wishes: readonly Wish[], change: Partial<StageWorld> = {}) {
  const entra = await entraStage()
  onTestFinished(() => entra.graph.close())
  let minute = 0
  const now = (): string => new Date(Date.parse(entra.now) + ++minute * 1_000).toISOString()
  const stage = await remediationStage({ connector: entra.connector, live: entra.config, secrets: { 'client-secret': SECRET }, now, ...change }, wishes)
  return { stage, graph: entra.graph, tenant: entra.graph.tenant }
}

const apply = (stage: RemediationStage, ids: readonly number[]) => applyRemovals(stage.context, officer, { ids, passphrase }, watching())
const states = async (stage: RemediationStage): Promise<readonly string[]> => (await stage.all()).map(({ state }) => state)

async function expectSound(stage: RemediationStage): Promise<void> {
  const checks = await checkLog(stage.context)
  expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
}

test('a revoke in Entra is removed on approval, and proved gone only by the next reading; given again, it raises an alarm', async () => {
  const { stage, tenant } = await contoso([ben])
  const { context } = stage
  const { id } = await stage.find(ben)
  expect(await tryRemovals(context, officer, { ids: [id] }, watching())).toMatchObject([{ outcome: 'would-remove', request: expect.stringContaining('DELETE') as string }])
  expect((await stage.find(ben)).state).toBe('planned')
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'removed' }])
  expect((await stage.find(ben)).state).toBe('applied')
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'refused', detail: expect.stringContaining('carried out already') as string }])

  await stage.sync()
  const gone = await stage.find(ben)
  expect([gone.state, gone.proof?.contentHash.length]).toEqual(['verified-gone', 64])
  await stage.sync()
  expect((await showRemediation(context, id, today)).steps.map(({ kind }) => kind)).toEqual(['planned', 'requested', 'removed', 'verified-gone'])

  tenant.join(GROUPS.finance, { id: user(1), type: 'user' })
  await stage.sync()
  expect((await stage.find(ben)).state).toBe('came-back')
  expect((await countRemediations(context, today)).alarms).toBe(1)
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'removed' }])
  expect((await countRemediations(context, today)).alarms).toBe(0)
  await stage.sync()
  expect((await stage.find(ben)).state).toBe('verified-gone')
  expect(await remediationFacts(context.store.db, stage.campaign)).toMatchObject([{ state: 'verified-gone', means: 'connector', isLate: false, absentIn: { contentHash: expect.any(String) as string } }])
  await expectSound(stage)
})

test('what comes through a group or a rule is refused, nothing is sent, and it is said what would work and whom that hits', async () => {
  const { stage, graph } = await contoso([nested, dynamic, throughGroup])
  const before = graph.requests.filter((request) => request.includes('DELETE')).length
  const ids = (await stage.all()).map(({ id }) => id)
  const answers = new Map((await apply(stage, ids)).map((one) => [one.id, one]))
  expect([...answers.values()].map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
  expect(answers.get((await stage.find(nested)).id)?.instead).toBe('Take the account out of “Finance”.')
  expect(answers.get((await stage.find(dynamic)).id)?.instead).toMatch(/Change the rule/)
  expect(answers.get((await stage.find(throughGroup)).id)?.instead).toMatch(/hits everybody in it/)
  const { effect } = await showRemediation(stage.context, (await stage.find(nested)).id, today)
  expect(effect).toMatchObject({ way: 'nested', byConnector: false, remove: { nativeId: finance, name: 'Finance' } })
  expect(effect.alsoLost.count).toBeGreaterThan(0)
  expect(effect.othersThroughPath).toBeGreaterThan(3)
  expect(await states(stage)).toEqual(['planned', 'planned', 'planned'])
  expect(graph.requests.filter((request) => request.includes('DELETE')).length).toBe(before)
})

test('killed after the removal and before its record, it is found out at the next reading, and asking again removes nothing twice', async () => {
  const { stage, graph } = await contoso([ben])
  const { connector } = stage
  const { id } = await stage.find(ben)
  const killed = new Error('killed')
  stage.connector = {
    ...connector,
    revoke: async (input) => {
      const answer = await (connector.revoke as NonNullable<typeof connector.revoke>)(input)
      if (!input.isDryRun) throw killed
      return answer
    },
  }
  await expect(apply(stage, [id])).rejects.toBe(killed)
  expect((await stage.find(ben)).state).toBe('requested')
  stage.connector = connector
  const deletes = (): number => graph.requests.filter((request) => request.includes('DELETE')).length
  const sent = deletes()
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'already-gone' }])
  expect(deletes()).toBe(sent)
  await stage.sync()
  expect((await stage.find(ben)).state).toBe('verified-gone')
  await expectSound(stage)
})

test('killed as above and never asked again, the next reading alone proves it gone', async () => {
  const { stage, tenant } = await contoso([ben])
  const { connector } = stage
  stage.connector = { ...connector, revoke: (input) => (input.isDryRun ? (connector.revoke as NonNullable<typeof connector.revoke>)(input) : Promise.reject(new Error('killed'))) }
  await expect(apply(stage, [(await stage.find(ben)).id])).rejects.toThrow('killed')
  tenant.leave(GROUPS.finance, user(1))
  stage.connector = connector
  await stage.sync()
  expect((await stage.find(ben)).state).toBe('verified-gone')
})

test('said to be done and still there, it is told at the next reading and can be opened again', async () => {
  const { stage } = await contoso([ben])
  const { id } = await stage.find(ben)
  await reportDone(stage.context, officer, { ids: [id], note: 'Done by the help desk' })
  await stage.sync()
  expect(await stage.find(ben)).toMatchObject({ state: 'applied', isStillThere: true })
  await reopenRemediation(stage.context, officer, { id, reason: 'It was not' })
  expect(await stage.find(ben)).toMatchObject({ state: 'planned', isStillThere: false })
  await expectSound(stage)
})

test('a wrong revoke is given back without an alarm, and one not yet carried out is simply withdrawn', async () => {
  const { stage, tenant } = await contoso([ben, dynamic])
  const { id } = await stage.find(ben)
  await apply(stage, [id])
  await stage.sync()
  const back = await takeBackRemediation(stage.context, officer, { id, reason: 'He needs it' })
  expect(back).toMatchObject({ state: 'restoring', instruction: expect.stringContaining('“Finance”') as string })
  await stage.sync()
  expect((await stage.find(ben)).state).toBe('restoring')
  expect(await tryGiveBack(stage.context, officer, { ids: [id] }, watching())).toMatchObject([{ outcome: 'would-give', request: expect.stringContaining('POST /v1.0/groups/') as string }])
  expect(tenant.isMember(GROUPS.finance, user(1))).toBe(false)
  await expect(giveBack(stage.context, officer, { ids: [id], passphrase: 'wrong horse' }, watching())).rejects.toThrow(/does not open the key/)
  expect(await giveBack(stage.context, officer, { ids: [id], passphrase }, watching())).toMatchObject([{ outcome: 'given' }])
  expect(await giveBack(stage.context, officer, { ids: [id], passphrase }, watching())).toMatchObject([{ outcome: 'already-held' }])
  expect(await stage.find(ben)).toMatchObject({ state: 'restoring', restore: { means: 'connector', requestedBy: officer.email, givenAt: expect.any(String) as string } })
  await stage.sync()
  expect(await stage.find(ben)).toMatchObject({ state: 'restored', isAlarm: false })
  expect(await giveBack(stage.context, officer, { ids: [id], passphrase }, watching())).toMatchObject([{ outcome: 'refused', detail: expect.stringContaining('say first that the revoke was wrong') as string }])
  expect(await takeBackRemediation(stage.context, officer, { id: (await stage.find(dynamic)).id, reason: 'Decided in error' })).toEqual({ state: 'withdrawn', instruction: null })
  await expectSound(stage)
})

test('protected objects, one\'s own decisions, a wrong passphrase and a workspace that only advises are refused, and nothing is sent', async () => {
  const { stage, graph } = await contoso([ben])
  const { context } = stage
  const { id } = await stage.find(ben)
  const act = (change: object) => setActMode(context, officer, { settings: remediationSettings.parse({ mode: 'approve', separatesDuties: false, ...change }), passphrase })
  await act({ mode: 'advise' })
  await expect(apply(stage, [id])).rejects.toThrow(/only advises/)
  await act({ separatesDuties: true })
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'refused', detail: expect.stringContaining('You decided this revoke yourself') as string }])
  await act({})
  await expect(applyRemovals(context, officer, { ids: [id], passphrase: 'wrong horse' }, watching())).rejects.toThrow(/does not open the key/)
  await protectObject(context, officer, { kind: 'account', source: 'Directory', nativeId: user(1), basis: 'break-glass', reason: 'Last way in' })
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'refused', detail: 'The account or the right is protected.' }])
  expect(graph.requests.some((request) => request.includes('DELETE'))).toBe(false)
  expect((await stage.find(ben)).state).toBe('planned')
})

test('only named low-risk rules act without asking again, and what they do is in the log with the rule', async () => {
  const { stage } = await contoso([{ account: user(4), entitlement: `group:${GROUPS.team}` }, dynamic])
  await expect(applyAutomatic(stage.context, officer, watching())).rejects.toThrow(/does not act by itself/)
  await setActMode(stage.context, officer, { settings: remediationSettings.parse({ mode: 'automatic', automatic: ['low-risk-direct'], separatesDuties: true }), passphrase })
  const done = await applyAutomatic(stage.context, officer, watching())
  const { id } = await stage.find({ account: user(4), entitlement: `group:${GROUPS.team}` })
  expect(done).toMatchObject([{ id, outcome: 'removed' }])
  expect((await showRemediation(stage.context, id, today)).steps.map(({ detail }) => detail).join(' ')).toContain('low-risk-direct')
})

test('planning again adds nothing, and planning what is gone already is proved by the newest snapshot', async () => {
  const { stage } = await contoso([ben])
  expect(await planRemediation(stage.context, officer, { campaign: null }, today)).toEqual({ planned: 0, alreadyGone: 0 })
  expect((await countRemediations(stage.context, '2027-06-01')).overdue).toBe(1)
})

test('the same in Okta: removed, proved gone, given again, back; what a rule gives is refused and stays planned', async () => {
  const { fake, ids, close } = await openCompany()
  onTestFinished(close)
  const member: Wish = { account: ids.ben, entitlement: `group:${ids.sales}` }
  const byRule: Wish = { account: ids.ada, entitlement: `group:${ids.sales}`, path: `rule:${ids.rule}` }
  const stage = await remediationStage({ connector: connectorTo(fake), live: tokenConfig(fake.orgUrl, { holdBelowShare: 0 }), secrets: { 'api-token': fake.token } }, [member, byRule])
  const answers = await apply(stage, (await stage.all()).map(({ id }) => id))
  const of = new Map(answers.map((one) => [one.id, one]))
  expect(of.get((await stage.find(member)).id)?.outcome).toBe('removed')
  expect(of.get((await stage.find(byRule)).id)).toMatchObject({ outcome: 'refused', instead: expect.stringContaining('Change the rule') as string })
  fake.advance(20 * 60_000)
  await stage.sync()
  expect((await stage.find(member)).state).toBe('verified-gone')
  expect((await stage.find(byRule)).state).toBe('planned')
  fake.organisation.addMember(ids.sales, ids.ben)
  fake.advance(20 * 60_000)
  await stage.sync()
  expect((await stage.find(member)).state).toBe('came-back')
  const { id } = await stage.find(member)
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'removed' }])
  await takeBackRemediation(stage.context, officer, { id, reason: 'He needs it' })
  expect(await giveBack(stage.context, officer, { ids: [id], passphrase }, watching())).toMatchObject([{ outcome: 'given', request: expect.stringContaining('PUT /api/v1/groups/') as string }])
  fake.advance(20 * 60_000)
  await stage.sync()
  expect((await stage.find(member)).state).toBe('restored')
  await expectSound(stage)
})

test('an application in Okta: removed, proved gone, given back by its connection, held again; an administrator role and what is protected are given by a person', async () => {
  const { fake, ids, close } = await openCompany()
  onTestFinished(close)
  const wiki: Wish = { account: ids.ben, entitlement: `app:${ids.wiki}` }
  const role: Wish = { account: ids.eve, entitlement: 'admin-role:SUPER_ADMIN' }
  const stage = await remediationStage({ connector: connectorTo(fake), live: tokenConfig(fake.orgUrl, { holdBelowShare: 0 }), secrets: { 'api-token': fake.token } }, [wiki, role])
  const { id } = await stage.find(wiki)
  const goOn = async (): Promise<void> => {
    fake.advance(20 * 60_000)
    await stage.sync()
  }
  expect(await apply(stage, [id])).toMatchObject([{ outcome: 'removed' }])
  await goOn()
  expect((await stage.find(wiki)).state).toBe('verified-gone')
  await takeBackRemediation(stage.context, officer, { id, reason: 'He needs it' })
  expect(await tryGiveBack(stage.context, officer, { ids: [id] }, watching())).toMatchObject([{ outcome: 'would-give', request: `POST /api/v1/apps/${ids.wiki}/users` }])
  expect(fake.organisation.apps.get(ids.wiki)?.users.has(ids.ben)).toBe(false)
  await protectObject(stage.context, officer, { kind: 'account', source: 'Directory', nativeId: ids.ben, basis: 'break-glass', reason: 'Last way in' })
  expect(await giveBack(stage.context, officer, { ids: [id], passphrase }, watching())).toMatchObject([{ outcome: 'refused', detail: expect.stringContaining('protected') as string }])
  await stage.context.store.db.updateTable('protected_object').set({ released_at: today, released_by: officer.email }).execute()
  expect(fake.organisation.apps.get(ids.wiki)?.users.has(ids.ben)).toBe(false)
  expect(await giveBack(stage.context, officer, { ids: [id], passphrase }, watching())).toMatchObject([{ outcome: 'given' }])
  expect((await stage.find(wiki)).state).toBe('restoring')
  await goOn()
  expect(await stage.find(wiki)).toMatchObject({ state: 'restored', isAlarm: false })

  const { id: roleId } = await stage.find(role)
  await reportDone(stage.context, officer, { ids: [roleId], note: 'Taken away by hand' })
  await takeBackRemediation(stage.context, officer, { id: roleId, reason: 'She is on call' })
  expect(await giveBack(stage.context, officer, { ids: [roleId], passphrase }, watching())).toMatchObject([{ outcome: 'refused', instead: expect.stringContaining('admin console') as string }])
  await expectSound(stage)
})
