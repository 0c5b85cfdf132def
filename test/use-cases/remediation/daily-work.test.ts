import { expect, onTestFinished, test } from 'vitest'
import { protectObject } from '../../../src/main/use-cases/protect-object.ts'
import { campaignTick } from '../../../src/main/use-cases/campaign-tick.ts'
import { checkLog } from '../../../src/main/use-cases/check-log.ts'
import { setMicroRule } from '../../../src/main/use-cases/micro-reviews.ts'
import { takeBackRemediation } from '../../../src/main/use-cases/act-on-remediation.ts'
import { openGiveBackTicket } from '../../../src/main/use-cases/give-back.ts'
import { openTicket } from '../../../src/main/use-cases/remediation-tickets.ts'
import { setActMode } from '../../../src/main/use-cases/set-act-mode.ts'
import { showRemediation } from '../../../src/main/use-cases/show-remediation.ts'
import { lastDailyWork } from '../../../src/main/storage/daily-work.ts'
import { allCampaigns } from '../../../src/main/storage/campaigns.ts'
import { remediationSettings } from '../../../src/shared/model/remediation.ts'
import type { Fetch } from '../../../src/main/tickets/ask-desk.ts'
import { entraStage } from '../../connectors/entra/entra-stage.ts'
import { GROUPS, user } from '../../support/fake-graph/contoso.ts'
import { SECRET } from '../../support/fake-graph/server.ts'
import { passphrase, remediationStage, today, type RemediationStage, type Wish } from '../../support/remediation-stage.ts'
import { officer, watching } from '../../support/sync-bench.ts'

const ben: Wish = { account: user(1), entitlement: `group:${GROUPS.finance}` }
const team: Wish = { account: user(4), entitlement: `group:${GROUPS.team}` }
const jira = { url: 'https://acme.atlassian.net', userName: 'olga@acme.example', project: 'IAM', issueType: 'Task' }
const hour = 3_600_000

/** A Jira whose only issue has the status said here; `null` = it does not answer. */
function jiraSaying() {
  const at = { status: 'new' as 'new' | 'done' | 'declined' | null, asked: 0 }
  const fetch: Fetch = (input) => {
    const { pathname } = new URL(input)
    if (pathname.endsWith('/search/jql')) return Promise.resolve(Response.json({ issues: [] }))
    if (pathname.endsWith('/issue')) return Promise.resolve(Response.json({ id: '1', key: 'IAM-7' }))
    at.asked += 1
    if (at.status === null) return Promise.reject(new TypeError('fetch failed'))
    return Promise.resolve(Response.json({
      fields: { status: { name: at.status, statusCategory: { key: at.status === 'new' ? 'new' : 'done' } }, resolution: at.status === 'declined' ? { name: 'Won\'t do' } : null },
    }))
  }
  return { at, fetch }
}

async function contoso(wishes: readonly Wish[], fetch?: Fetch) {
  const entra = await entraStage()
  onTestFinished(() => entra.graph.close())
  const time = { ms: Date.parse(entra.now) }
  const stage = await remediationStage({
    connector: entra.connector, live: entra.config, secrets: { 'client-secret': SECRET, 'api-token': 'jira says so' }, now: () => new Date((time.ms += 1_000)).toISOString(),
    ...(fetch === undefined ? {} : { fetch }),
  }, wishes)
  const act = (settings: object) => setActMode(stage.context, officer, { settings: remediationSettings.parse({ separatesDuties: true, ...settings }), passphrase })
  return { stage, graph: entra.graph, tenant: entra.graph.tenant, wait: (ms: number) => { time.ms += ms }, act }
}

const tick = ({ context }: RemediationStage) => campaignTick(context)
const kindsOf = async ({ context }: RemediationStage): Promise<readonly string[]> =>
  (await context.store.db.selectFrom('evidence_event').select('kind').orderBy('seq').execute()).map(({ kind }) => kind)

async function expectSound(stage: RemediationStage): Promise<void> {
  expect((await checkLog(stage.context)).filter(({ outcome }) => outcome === 'failed')).toEqual([])
}

test('named low-risk rules carry out what they cover, never what is protected; a step that breaks stops no other and tells nobody its inner words', async () => {
  const { stage, graph, act } = await contoso([team, ben])
  expect(await tick(stage)).toMatchObject({ automatic: { removed: 0, notRemoved: 0 }, failed: [] })
  await act({ mode: 'automatic', automatic: ['low-risk-direct'] })
  await protectObject(stage.context, officer, { kind: 'account', source: 'Directory', nativeId: user(4), basis: 'break-glass', reason: 'Last way in' })
  expect((await tick(stage)).automatic).toEqual({ removed: 0, notRemoved: 0 })
  expect(graph.requests.some((request) => request.includes('DELETE'))).toBe(false)
  await stage.context.store.db.updateTable('protected_object').set({ released_at: today, released_by: officer.email }).execute()

  const { connector } = stage
  stage.connector = { ...connector, revoke: () => Promise.reject(new Error('socket 10.1.2.3 token=abc')) }
  const warned: unknown[] = []
  process.once('warning', (warning) => warned.push(warning.message))
  expect((await tick(stage)).failed).toEqual([{ step: 'automatic-removals', reason: expect.stringContaining('nobody foresaw') as string }])
  await new Promise((resolve) => setImmediate(resolve))
  expect(warned).toEqual(['socket 10.1.2.3 token=abc'])
  expect(JSON.stringify(await lastDailyWork(stage.context.store.db, 1))).not.toContain('10.1.2.3')

  stage.connector = connector
  expect((await tick(stage)).automatic).toEqual({ removed: 1, notRemoved: 0 })
  expect(await stage.find(team)).toMatchObject({ state: 'applied', requestedBy: 'system' })
  expect((await stage.find(ben)).state).toBe('planned')
  expect((await tick(stage)).automatic).toEqual({ removed: 0, notRemoved: 0 })
  expect(await lastDailyWork(stage.context.store.db, 10)).toMatchObject([{ did: [{ step: 'automatic-removals', count: 1 }], failed: [] }, { did: [], failed: [{ step: 'automatic-removals' }] }])
  await stage.sync()
  expect((await stage.find(team)).state).toBe('verified-gone')
  await expectSound(stage)
})

test('tickets are asked how far they are: done is not proof, declined is planned again, and a system that does not answer is left alone', async () => {
  const desk = jiraSaying()
  const { stage, act, wait } = await contoso([ben, team], desk.fetch)
  await act({ mode: 'automatic', automatic: ['low-risk-direct'], jira })
  const { id } = await stage.find(ben)
  expect(await openTicket(stage.context, officer, { ids: [id], system: 'jira' }, watching())).toMatchObject({ key: 'IAM-7' })
  desk.at.status = null
  expect(await tick(stage)).toMatchObject({ automatic: { removed: 1 }, tickets: { asked: 0 }, failed: [{ step: 'tickets', reason: 'Jira could not be reached.' }] })
  for (let round = 0; round < 8; round += 1) {
    wait(hour)
    await tick(stage)
  }
  // At once, after one hour, after two more, after four more.
  expect(desk.at.asked).toBe(4)
  expect((await kindsOf(stage)).filter((kind) => kind === 'daily-work-done')).toHaveLength(1)

  desk.at.status = 'new'
  wait(8 * hour)
  desk.at.asked = 0
  expect((await tick(stage)).tickets).toEqual({ asked: 1, done: 0, dropped: 0, missing: 0 })
  expect((await stage.find(ben)).ticketState).toMatchObject({ state: 'open', said: 'new' })
  await tick(stage)
  expect(desk.at.asked).toBe(1)

  desk.at.status = 'declined'
  wait(hour)
  expect((await tick(stage)).tickets).toMatchObject({ asked: 1, dropped: 1 })
  expect(await stage.find(ben)).toMatchObject({ state: 'planned', hindrance: expect.stringContaining('IAM-7 in Jira: declined, Won\'t do') as string })

  await openTicket(stage.context, officer, { ids: [id], system: 'jira' }, watching())
  desk.at.status = 'done'
  wait(hour)
  expect((await tick(stage)).tickets).toMatchObject({ done: 1 })
  expect(await stage.find(ben)).toMatchObject({ state: 'applied', isStillThere: false })
  wait(24 * hour)
  await tick(stage)
  expect(desk.at.asked).toBe(3)
  expect((await showRemediation(stage.context, id, today)).steps.map(({ kind }) => kind)).toEqual(['planned', 'requested', 'ticket-dropped', 'requested', 'ticket-done'])
  await stage.sync()
  expect(await stage.find(ben)).toMatchObject({ state: 'applied', isStillThere: true })

  await takeBackRemediation(stage.context, officer, { id, reason: 'He needs it' })
  await openGiveBackTicket(stage.context, officer, { ids: [id], system: 'jira' }, watching())
  await expect(openGiveBackTicket(stage.context, officer, { ids: [id], system: 'jira' }, watching())).rejects.toThrow(/in ticket IAM-7 already/)
  await tick(stage)
  wait(24 * hour)
  expect((await tick(stage)).tickets.asked).toBeLessThan(2)
  expect(await stage.find(ben)).toMatchObject({ state: 'restoring', restore: { means: 'ticket', givenAt: expect.any(String) as string } })
  await stage.sync()
  expect(await stage.find(ben)).toMatchObject({ state: 'restored', isAlarm: false })
  await expectSound(stage)
})

test('a right that comes back is counted as an alarm and, by rule, comes before somebody again in a small campaign', async () => {
  const { stage, tenant } = await contoso([ben])
  const { id } = await stage.find(ben)
  tenant.leave(GROUPS.finance, user(1))
  await stage.sync()
  tenant.join(GROUPS.finance, { id: user(1), type: 'user' })
  await stage.sync()
  expect((await stage.find(ben)).state).toBe('came-back')
  await setMicroRule(stage.context, officer, { kind: 'came-back', days: 0, dueDays: 5, isActive: true })
  const done = await tick(stage)
  expect(done).toMatchObject({ alarms: 1, failed: [], microReviews: [expect.any(Number)] })
  const [review] = await allCampaigns(stage.context.store.db)
  expect(review).toMatchObject({ state: 'running', spec: { name: expect.stringContaining('Access that came back') as string } })
  const items = await stage.context.store.db.selectFrom('review_item').select('entitlement_native_id').where('campaign_id', '=', review?.id ?? 0).execute()
  expect(items.length).toBeGreaterThan(0)
  expect(new Set(items.map((item) => item.entitlement_native_id))).toEqual(new Set([ben.entitlement]))
  expect((await tick(stage)).microReviews).toEqual([])
  expect((await showRemediation(stage.context, id, today)).isAlarm).toBe(true)
  await expectSound(stage)
})
