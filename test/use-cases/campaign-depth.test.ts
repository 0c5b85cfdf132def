import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { campaignSpec } from '../../src/shared/model/campaign.ts'
import {
  ada, asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, tom, type Client, type TestWorkspace,
} from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-depth-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia, ada, tom] })).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

const plainRules = { reasonRequired: [], controlSharePercent: 0 }

const queue = async (client: Client, campaign: number): Promise<Awaited<ReturnType<Client['review']['queue']>>['items']> => (await client.review.queue({ campaign })).items

async function answer(client: Client, campaign: number, outcome: 'keep' | 'revoke' | 'look-closer'): Promise<number> {
  const items = (await queue(client, campaign)).filter(({ state }) => state === 'undecided')
  for (const { itemId } of items) await client.review.decide({ itemId, outcome })
  if (items.length > 0) await client.review.signOff({ campaign, passphrase })
  return items.length
}

async function refusedAs(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (caught: unknown) => caught)
  return error instanceof Error ? `${(error as Error & { code: string }).code}: ${error.message}` : 'allowed'
}

async function expectSound(officer: Client): Promise<void> {
  const { checks } = await officer.evidence.checkLog()
  expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
}

/** Closed, sealed, and accepted by Muster's verifier and the one that stands alone. */
async function sealedSoundly({ officer, folder }: TestWorkspace, campaign: number): Promise<{ exceptions: readonly string[] }> {
  await officer.campaigns.close({ campaign })
  await expectSound(officer)
  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const checks = await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] })
  expect(failed(checks)).toEqual([])
  return sealed
}

test('an item handed on comes undecided to somebody else, leaves the one who had it, and is in the evidence with its reason', async () => {
  const opened = await workspace()
  const { officer, as } = opened
  const campaign = await launch(officer, specOf('Handed on', { rules: plainRules }))
  const manager = await as(mia)
  const mine = await queue(manager, campaign)
  const [first, second] = mine
  if (first === undefined || second === undefined) throw new Error('too few items')
  await manager.review.decide({ itemId: first.itemId, outcome: 'revoke' })
  const done = await manager.review.passOn({ campaign, items: [first.itemId], to: ada.toUpperCase(), reason: 'Ada gave it to him' })
  expect([done.moved, done.refused, done.progress.items]).toEqual([1, [], mine.length - 1])
  const above = await as(ada)
  const taken = (await queue(above, campaign)).find(({ itemId }) => itemId === first.itemId)
  expect(taken?.state).toBe('undecided')
  expect((await above.review.item({ itemId: first.itemId })).basis).toBe('reassigned')
  expect(await refusedAs(manager.review.decide({ itemId: first.itemId, outcome: 'keep' }))).toMatch(/^NOT_FOUND/)
  expect(await refusedAs(above.review.undo({ itemId: first.itemId }))).toMatch(/^CONFLICT: There is no decision to undo/)
  for (const client of [manager, above, officer]) await answer(client, campaign, 'keep')
  expect((await sealedSoundly(opened, campaign)).exceptions).toEqual([])
})

test('nobody is handed their own access, nobody hands on what is signed off or somebody else\'s, and a reason is asked', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Refusals', { rules: plainRules }))
  const manager = await as(mia)
  const items = await queue(manager, campaign)
  const toms = items.filter(({ subjectName }) => subjectName === 'Tom Team').map(({ itemId }) => itemId)
  const refused = await manager.review.passOn({ campaign, items: toms, to: tom, reason: 'He knows best' })
  expect([refused.moved, refused.refused.length]).toEqual([0, toms.length])
  expect(refused.refused[0]?.reason).toContain('nobody reviews their own access')
  await answer(manager, campaign, 'keep')
  expect((await manager.review.passOn({ campaign, items: toms, to: ada, reason: 'Too late' })).moved).toBe(0)
  expect((await manager.review.passOn({ campaign, items: (await queue(await as(ada), campaign)).map(({ itemId }) => itemId), to: olga, reason: 'Not mine' })).moved).toBe(0)
  expect(await refusedAs(manager.campaigns.reassign({ campaign, from: ada, to: olga, reason: 'x' }))).toMatch(/^NOT_ALLOWED/)
  expect(await refusedAs(officer.campaigns.reassign({ campaign, to: olga, reason: 'x' }))).toMatch(/^INVALID: Say which items/)
  expect(await refusedAs(officer.campaigns.reassign({ campaign, from: ada, to: 'lou.leaver@example.com', reason: 'x' }))).toMatch(/^INVALID: Lou Leaver is on leave or has left/)
  await expectSound(officer)
})

test('the officer gives away everything somebody has open, extends the campaign, and reminds only those who owe an answer', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Chased', { rules: plainRules }))
  const count = (await queue(await as(mia), campaign)).length
  expect((await officer.campaigns.reassign({ campaign, from: mia, to: ada, reason: 'Mia is ill' })).moved + (await queue(await as(mia), campaign)).length).toBe(count)
  await answer(await as(ada), campaign, 'keep')
  const letters = await officer.campaigns.remind({ campaign })
  expect(letters.map(({ person }) => person)).not.toContain(ada)
  for (const { open, text } of letters) expect(text).toContain(`${open} item`)
  const extended = await officer.campaigns.extend({ campaign, dueOn: '2026-05-15', reason: 'Holidays' })
  expect([extended.dueOn, extended.spec.rules.dueOn]).toEqual(['2026-05-15', specOf('x').rules.dueOn])
  expect(await refusedAs(officer.campaigns.extend({ campaign, dueOn: '2026-03-31', reason: 'Back' }))).toMatch(/^INVALID/)
  for (const email of [mia, olga]) await answer(await as(email), campaign, 'keep')
  expect(await refusedAs(officer.campaigns.remind({ campaign }))).toMatch(/^CONFLICT: Nobody owes an answer/)
  await expectSound(officer)
})

test('a second stage brings back only what it takes, before somebody else, and the totals of the sealed bundle still add up', async () => {
  const opened = await workspace()
  const { officer, as } = opened
  const spec = campaignSpec.parse({
    ...specOf('Two stages', { rules: plainRules }), stages: [{ name: 'Owners', reviewers: { order: ['owner'], fallback: olga }, takes: ['look-closer', 'undecided'] }],
  })
  const campaign = await launch(officer, spec)
  const manager = await as(mia)
  const asked = await answer(manager, campaign, 'look-closer')
  const kept = await answer(await as(ada), campaign, 'keep')
  const unanswered = (await queue(officer, campaign)).length
  const opened2 = await officer.campaigns.nextStage({ campaign })
  expect([opened2.campaign.stage, opened2.cases, opened2.items]).toEqual([2, asked + unanswered, asked + unanswered])
  expect(kept).toBeGreaterThan(0)
  const { progress } = await officer.campaigns.status({ campaign })
  expect([progress.items, progress.undecided]).toEqual([17, asked + unanswered])
  // Mia had her say on hers in the first stage; hers now come to the owner or the fallback.
  const before = new Set((await queue(manager, campaign)).map(({ subjectName, entitlementName }) => `${subjectName} ${entitlementName}`))
  for (const email of [mia, ada, olga]) await answer(await as(email), campaign, 'revoke')
  expect(before.size).toBeLessThan(asked + unanswered)
  expect(await refusedAs(officer.campaigns.nextStage({ campaign }))).toMatch(/^CONFLICT: Stage 2 is the last one/)
  const sealed = await sealedSoundly(opened, campaign)
  expect(sealed.exceptions).toEqual([])
  expect((await officer.campaigns.status({ campaign })).progress).toEqual({
    items: 17, undecided: 0, kept, revoked: asked + unanswered, keptUntil: 0, lookCloser: 0, signedOff: 17,
  })
})

test('several people asked about one grant each have an item of their own, and one revoke sends it on to the next stage', async () => {
  const opened = await workspace()
  const { officer, as } = opened
  const spec = campaignSpec.parse({
    ...specOf('Four eyes', { rules: plainRules }), reviewers: { order: ['manager', 'owner'], ask: 'all', fallback: olga }, strategy: 'one-revoke-revokes',
    stages: [{ name: 'Revokes once more', reviewers: { order: ['named'], named: tom, fallback: olga }, takes: ['revoke'], strategy: 'first-answer' }],
  })
  const counted = await officer.campaigns.count({ spec, asOf })
  expect([counted.totals.inReview, counted.totals.difference]).toEqual([17, 0])
  const items = counted.reviewers.reduce((sum, one) => sum + one.items, 0)
  expect(items).toBeGreaterThan(17)
  const campaign = await launch(officer, spec)
  expect((await officer.campaigns.status({ campaign })).progress.items).toBe(items)
  await answer(await as(mia), campaign, 'keep')
  const revoked = await answer(await as(ada), campaign, 'revoke')
  await answer(officer, campaign, 'keep')
  const next = await officer.campaigns.nextStage({ campaign })
  expect(next.cases).toBe(revoked)
  for (const email of [tom, olga]) await answer(await as(email), campaign, 'keep')
  expect((await sealedSoundly(opened, campaign)).exceptions).toEqual([])
})

test('changing who reviews an item behind the log\'s back is told by the check of the log', async () => {
  const { officer, folder, close } = await workspace()
  await launch(officer, specOf('Tampered', { rules: plainRules }))
  await close()
  const db = new Database(join(folder, 'muster.db'))
  db.exec(`UPDATE assignment SET reviewer_id = (SELECT id FROM person WHERE email = '${olga}') WHERE item_id = (SELECT min(item_id) FROM assignment WHERE reviewer_id <> (SELECT id FROM person WHERE email = '${olga}'))`)
  db.close()
  const again = await openWorkspace(folder)
  onTestFinished(again.close)
  const { checks, isValid } = await again.officer.evidence.checkLog()
  expect(isValid).toBe(false)
  expect(checks.filter(({ outcome }) => outcome === 'failed').map(({ detail }) => detail).join()).toMatch(/is shown to .*, the log gave it to/)
})
