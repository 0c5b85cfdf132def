import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { closedCampaign, syncWithout } from '../../support/remediated-workspace.ts'
import { failed, verifyBoth } from '../../support/verify-both.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, openWorkspace, passphrase, specOf, type TestWorkspace } from '../../support/workspace-builder.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-remediation-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia, ada] })).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

async function refusedAs(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (caught: unknown) => caught)
  return error instanceof Error ? `${(error as Error & { code: string }).code}: ${error.message}` : 'allowed'
}

async function expectSealed({ officer, folder }: TestWorkspace, campaign: number): Promise<void> {
  const log = await officer.evidence.checkLog()
  expect(log.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(failed(await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] }))).toEqual([])
}

const isTom = (line: string): boolean => line.startsWith('tom,')

test('from a signed revoke by list to a later file that proves it, back again, and a bundle both verifiers accept', async () => {
  const opened = await workspace()
  const { officer } = opened
  const campaign = await closedCampaign(opened)
  const { unplanned } = await officer.remediation.counts()
  expect(unplanned).toBeGreaterThan(4)
  expect(await officer.remediation.plan({ campaign })).toEqual({ planned: unplanned, alreadyGone: 0 })
  const toms = (await officer.remediation.list({ text: 'Tom Team' })).rows
  expect(toms.map(({ entitlement, dueOn }) => [entitlement, dueOn]).sort()).toEqual([['crm-read', '2026-04-14'], ['erp-pay', '2026-04-03'], ['erp-post', '2026-04-14']])
  const ids = toms.map(({ id }) => id)

  const list = await officer.remediation.workList({ ids, isHandedOut: true })
  expect(list.csv.split('\r\n')).toHaveLength(ids.length + 2)
  expect((await officer.remediation.list({ states: ['requested'] })).total).toBe(ids.length)
  await officer.remediation.reportDone({ ids, note: 'ERP team' })
  expect((await officer.remediation.list({ states: ['verified-gone'] })).total).toBe(0)

  await syncWithout(officer, template, '2026-04-02', isTom)
  const gone = await officer.remediation.list({ states: ['verified-gone'] })
  expect(gone.rows.map(({ id }) => id).sort()).toEqual([...ids].sort())
  const facts = await officer.remediation.facts({ campaign })
  expect(facts.filter(({ remediation }) => ids.includes(remediation))).toMatchObject(ids.map(() => ({ means: 'list', isLate: false, absentIn: { asOf: '2026-04-02' } })))

  await syncWithout(officer, template, '2026-04-05', () => false)
  expect((await officer.remediation.counts()).alarms).toBe(ids.length)
  await syncWithout(officer, template, '2026-04-20', isTom)
  expect((await officer.remediation.counts()).alarms).toBe(0)
  expect((await officer.remediation.facts({ campaign })).filter(({ isLate }) => isLate === true)).toHaveLength(ids.length)
  await expectSealed(opened, campaign)
})

test('nothing is planned before the close; what nobody answered goes only by the campaign\'s rule', async () => {
  const opened = await workspace()
  const { officer } = opened
  const open = await launch(officer, specOf('Unanswered', { rules: { noAnswer: 'revoke' } }))
  expect(await refusedAs(officer.remediation.plan({ campaign: open }))).toMatch(/^CONFLICT: .*only after a campaign is closed/)
  await officer.campaigns.close({ campaign: open })
  const { planned } = await officer.remediation.plan({ campaign: open })
  expect(planned).toBe((await officer.campaigns.status({ campaign: open })).progress.items)
  expect((await officer.remediation.list({ limit: 1_000 })).rows.every(({ basis, decidedBy }) => basis === 'no-answer' && decidedBy.length === 0)).toBe(true)
  const left = await launch(officer, specOf('Left open', { rules: { noAnswer: 'leave-open' } }))
  await officer.campaigns.close({ campaign: left })
  expect((await officer.remediation.plan({ campaign: left })).planned).toBe(0)
  await expectSealed(opened, open)
})

test('reviewers see nothing of it, auditors change nothing, and a file is never said to be changeable', async () => {
  const opened = await workspace()
  const { officer, as } = opened
  await closedCampaign(opened)
  await officer.remediation.plan({})
  const reviewer = await as(mia)
  expect(await refusedAs(reviewer.remediation.counts())).toMatch(/^NOT_ALLOWED/)
  const [first] = (await officer.remediation.list({})).rows
  if (first === undefined) throw new Error('nothing planned')
  const { effect } = await officer.remediation.detail({ id: first.id })
  expect(effect).toMatchObject({ byConnector: false, instead: expect.stringContaining('ticket or list') as string })
  expect(await finish(await officer.remediation.tryRemovals({ ids: [first.id] }))).toMatchObject([{ outcome: 'refused' }])
  const before = await officer.remediation.actMode()
  const { hasSecret: _, ...settings } = before
  expect(await refusedAs(officer.remediation.setActMode({ settings: { ...settings, mode: 'approve' }, passphrase: 'wrong' }))).toMatch(/^WRONG_PASSPHRASE/)
  expect(await refusedAs(officer.remediation.setActMode({ settings: { ...settings, mode: 'automatic', automatic: [] }, passphrase }))).toMatch(/^INVALID/)
  expect(await refusedAs(officer.remediation.openTicket({ ids: [first.id], system: 'jira' }))).toMatch(/^CONFLICT: Jira is not set up yet/)
  await officer.policies.protect({ kind: 'account', source: 'ERP', nativeId: first.account, basis: 'named', reason: 'Runs the close' })
  expect(await refusedAs(officer.remediation.openTicket({ ids: [first.id], system: 'jira' }))).toMatch(/^CONFLICT: .*is protected/)
  expect(await refusedAs(officer.remediation.workList({ ids: [first.id], isHandedOut: true }))).toMatch(/^CONFLICT: .*is protected/)
})
