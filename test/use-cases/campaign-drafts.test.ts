import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { campaignSpec } from '../../src/shared/model/campaign.ts'
import {
  ada, asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, type TestWorkspace,
} from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-drafts-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia] })).close()
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

const soundLog = async ({ officer }: TestWorkspace): Promise<boolean> => (await officer.evidence.checkLog()).isValid

test('a draft is rewritten until it is launched; the log says what stood when, and what was sealed has the last word', async () => {
  const opened = await workspace()
  const { officer, folder } = opened
  const { id } = await officer.campaigns.create({ spec: specOf('First thoughts'), asOf })
  const before = (await officer.workspace.status()).events
  await officer.campaigns.change({ campaign: id, spec: specOf('First thoughts'), asOf })
  expect((await officer.workspace.status()).events).toBe(before)
  const changed = await officer.campaigns.change({ campaign: id, spec: specOf('Second thoughts', { scope: { applications: ['CRM'] }, rules: { reasonRequired: [] } }), asOf })
  expect([changed.id, changed.spec.name, changed.state]).toEqual([id, 'Second thoughts', 'draft'])
  expect((await officer.workspace.status()).events).toBe(before + 1)
  await finish(await officer.campaigns.launch({ campaign: id }))
  expect((await officer.campaigns.status({ campaign: id })).totals?.inReview).toBe((await officer.campaigns.population({ campaign: id, reason: null })).total)
  expect(await refusedAs(officer.campaigns.change({ campaign: id, spec: specOf('Third'), asOf }))).toMatch(/^CONFLICT: The campaign cannot be rewritten: it is running/)
  expect(await refusedAs(officer.campaigns.discard({ campaign: id }))).toMatch(/^CONFLICT: The campaign cannot be discarded: it is running/)
  await officer.campaigns.close({ campaign: id })
  expect(await soundLog(opened)).toBe(true)
  const sealed = await finish(await officer.evidence.seal({ campaign: id, passphrase }))
  const checks = await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] })
  expect(failed(checks)).toEqual([])
})

test('a draft that is rewritten while it is being launched is not launched by its former rules', async () => {
  const { officer } = await workspace()
  const { id } = await officer.campaigns.create({ spec: specOf('First thoughts'), asOf })
  const steps = await officer.campaigns.launch({ campaign: id })
  await steps.next()
  await officer.campaigns.change({ campaign: id, spec: specOf('Second thoughts', { scope: { applications: ['CRM'] } }), asOf })
  expect(await refusedAs(finish(steps))).toMatch(/^CONFLICT: Second thoughts was changed while it was being launched\. Nothing was launched/)
  expect((await officer.campaigns.status({ campaign: id })).campaign.state).toBe('draft')
  await finish(await officer.campaigns.launch({ campaign: id }))
})

test('a discarded draft is gone, the log keeps that there was one, and its number is not given again', async () => {
  const opened = await workspace()
  const { officer, as } = opened
  const first = await officer.campaigns.create({ spec: specOf('Kept'), asOf })
  const second = await officer.campaigns.create({ spec: specOf('Thrown away'), asOf })
  await launch(officer, specOf('To have a reviewer'))
  expect(await refusedAs((await as(mia)).campaigns.discard({ campaign: second.id }))).toMatch(/^NOT_ALLOWED/)
  const third = await officer.campaigns.create({ spec: specOf('Last'), asOf })
  expect(await officer.campaigns.discard({ campaign: third.id })).toEqual({ discarded: 'Last' })
  await officer.campaigns.discard({ campaign: second.id })
  expect(await refusedAs(officer.campaigns.discard({ campaign: second.id }))).toMatch(/^NOT_FOUND/)
  expect((await officer.campaigns.list()).map(({ spec }) => spec.name).toSorted()).toEqual(['Kept', 'To have a reviewer'])
  expect((await officer.campaigns.create({ spec: specOf('After'), asOf })).id).toBe(third.id + 1)
  expect(first.id).toBe(1)
  expect(await soundLog(opened)).toBe(true)
})

test('a copy has the same rules, its own name and as many days from its own day on', async () => {
  const { officer } = await workspace()
  const campaign = await launch(officer, specOf('Quarterly', { scope: { privileges: ['admin'] } }))
  const copy = await officer.campaigns.duplicate({ campaign, asOf: '2026-06-30' })
  expect([copy.state, copy.asOf, copy.spec.name, copy.dueOn]).toEqual(['draft', '2026-06-30', 'Quarterly (copy)', '2026-07-30'])
  expect(copy.spec.scope.privileges).toEqual(['admin'])
  expect((await officer.campaigns.duplicate({ campaign, name: 'Second quarter', asOf })).spec.name).toBe('Second quarter')
})

test('every line of the population can be looked at, before the launch and after, and the lines add up', async () => {
  const { officer } = await workspace()
  const { id } = await officer.campaigns.create({ spec: specOf('Looked at', { scope: { applications: ['ERP'], risks: ['high', 'critical'] } }), asOf })
  const { totals } = await officer.campaigns.preview({ campaign: id })
  const listed = async (): Promise<readonly string[]> => {
    const lines: string[] = []
    for (const reason of [null, ...totals.excluded.map((one) => one.reason)]) {
      const { total, grants } = await officer.campaigns.population({ campaign: id, reason })
      expect(grants.length).toBe(total)
      lines.push(...grants.map((one) => `${reason}: ${one.subject} ${one.entitlement}`))
    }
    return lines.toSorted()
  }
  const planned = await listed()
  expect(planned.length).toBe(totals.population)
  expect(planned.filter((line) => line.startsWith('null')).length).toBe(totals.inReview)
  await finish(await officer.campaigns.launch({ campaign: id }))
  expect(await listed()).toEqual(planned)
  const page = await officer.campaigns.population({ campaign: id, reason: 'application-out-of-scope', from: 1, limit: 2 })
  expect([page.grants.length, page.total]).toEqual([2, totals.excluded.find(({ reason }) => reason === 'application-out-of-scope')?.grants])
})

test('leavers and orphans together are a scope of their own', async () => {
  const { officer } = await workspace()
  const spec = specOf('Leavers and orphans', { scope: { anyOf: [{ onlyOrphans: true }, { onlyLeavers: true }] } })
  const { id } = await officer.campaigns.create({ spec, asOf })
  const { grants } = await officer.campaigns.population({ campaign: id, reason: null })
  expect([...new Set(grants.map(({ subject }) => subject))].toSorted()).toEqual(['Lou Leaver', 'svc-batch'])
  expect((await officer.campaigns.count({ spec, asOf })).totals.inReview).toBe(grants.length)
})

test('what a scope can be narrowed to comes with how many grants that is', async () => {
  const { officer } = await workspace()
  const choices = await officer.campaigns.choices({ asOf })
  expect(choices.sources).toEqual([{ value: 'ERP', grants: 17 }])
  expect(choices.applications.map(({ value }) => value)).toEqual(['ERP', 'CRM'])
  for (const { value, grants } of choices.departments) {
    expect((await officer.campaigns.count({ spec: specOf('x', { scope: { departments: [value] } }), asOf })).totals.inReview).toBe(grants)
  }
  expect(await officer.campaigns.choices({ asOf: '2020-01-01' })).toEqual({ sources: [], applications: [], departments: [] })
})

test('figures of a running campaign come from the log, by day and by reviewer', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Measured', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
  const manager = await as(mia)
  const [first, second] = (await manager.review.queue({ campaign })).items
  if (first === undefined || second === undefined) throw new Error('too few items')
  await manager.review.decide({ itemId: first.itemId, outcome: 'keep', openMs: 4_000 })
  await manager.review.decide({ itemId: second.itemId, outcome: 'revoke', openMs: 8_000 })
  await manager.review.signOff({ campaign, passphrase })
  await officer.campaigns.remind({ campaign, only: [ada] })
  const { days, reviewers, total, progress, dueDays } = await officer.campaigns.figures({ campaign })
  expect(days.length).toBeGreaterThan(0)
  expect(days.at(-1)).toMatchObject({ undecided: progress.undecided, unsigned: progress.items - progress.signedOff })
  expect(days.reduce((sum, { signedOff }) => sum + signedOff, 0)).toBe(2)
  expect(dueDays).toEqual(['2026-04-30'])
  expect(reviewers.find(({ person }) => person === mia)).toMatchObject({ name: mia, decisions: 2, kept: 1, medianSeconds: 6, reminders: 0 })
  expect(reviewers.find(({ person }) => person === ada)).toMatchObject({ decisions: 0, reminders: 1 })
  expect(total.decisions).toBe(2)
  const history = await officer.campaigns.history()
  expect(history.map((one) => [one.campaign.id, one.total])).toEqual([[campaign, total]])
})

test('a campaign\'s items are listed riskiest first, of one reviewer and only what is open, page by page', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Listed', { rules: { reasonRequired: [], controlSharePercent: 0 } }))
  const all = await officer.campaigns.items({ campaign })
  expect(all.total).toBe(17)
  const manager = await as(mia)
  const queue = (await manager.review.queue({ campaign })).items
  const mine = await officer.campaigns.items({ campaign, reviewer: mia.toUpperCase() })
  expect(mine.items.map(({ itemId }) => itemId)).toEqual(queue.map(({ itemId }) => itemId))
  await manager.review.decide({ itemId: queue[0]?.itemId ?? 0, outcome: 'keep' })
  await manager.review.signOff({ campaign, passphrase })
  const open = await officer.campaigns.items({ campaign, reviewer: mia, onlyOpen: true, from: 1, limit: 3 })
  expect([open.total, open.items.map(({ itemId }) => itemId)]).toEqual([queue.length - 1, queue.slice(2, 5).map(({ itemId }) => itemId)])
})

test('a count that nobody waits for any more is not begun', async () => {
  const { officer } = await workspace()
  const spec = campaignSpec.parse({ ...specOf('Impatient'), reviewers: { fallback: olga } })
  const stop = new AbortController()
  const counting = officer.campaigns.count({ spec, asOf }, { signal: stop.signal })
  stop.abort()
  expect(await refusedAs(counting)).not.toBe('allowed')
})
