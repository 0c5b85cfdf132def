import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { verifyBundle } from '../../src/main/app.ts'
import {
  ada, asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, type Client, type TestWorkspace,
} from '../support/workspace-builder.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia, ada] })).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

/** A fresh copy of the small organisation, open until the test is over. */
async function workspace(): Promise<TestWorkspace> {
  const opened = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened
}

interface Refused { readonly code: string; readonly message: string }

async function refusal(work: Promise<unknown>): Promise<Refused> {
  const caught: unknown = await work.then(() => null, (error: unknown) => error)
  expect(caught).toBeInstanceOf(Error)
  return caught as Refused & Error
}

const plainRules = { reasonRequired: [], controlSharePercent: 0 }

async function queue(client: Client, campaign: number): Promise<Awaited<ReturnType<Client['review']['queue']>>['items']> {
  return (await client.review.queue({ campaign })).items
}

async function decideAll(client: Client, campaign: number): Promise<number> {
  const items = await queue(client, campaign)
  for (const { itemId, state } of items) if (state === 'undecided') await client.review.decide({ itemId, outcome: 'keep', reasonCode: 'still-needed' })
  return items.length
}

async function expectSoundLog(officer: Client): Promise<void> {
  const { checks, isValid } = await officer.evidence.checkLog()
  expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  expect(isValid).toBe(true)
}

test('from a draft to a bundle that verifies: every grant is reviewed by somebody else, decided, signed, sealed, and the totals add up', async () => {
  const { officer, as, folder } = await workspace()
  const { id: campaign, state } = await officer.campaigns.create({ spec: specOf('Quarter'), asOf })
  expect(state).toBe('draft')

  const preview = await officer.campaigns.preview({ campaign })
  expect(preview.obstacles).toEqual([])
  expect(preview.totals).toEqual({ population: 17, inReview: 17, excluded: [], difference: 0 })
  expect(preview.reviewers.reduce((sum, { items }) => sum + items, 0)).toBe(17)
  expect(preview.advice.keep + preview.advice.revoke + preview.advice.lookCloser).toBe(17)

  const launched = await finish(await officer.campaigns.launch({ campaign }))
  expect(launched.totals).toEqual(preview.totals)
  const given: string[] = []
  for (const email of [mia, ada, olga]) {
    const client = await as(email)
    for (const { itemId } of await queue(client, campaign)) {
      const item = await client.review.item({ itemId })
      expect(item.subject.email).not.toBe(email)
      given.push(`${item.access.account} ${item.access.entitlementNativeId}`)
    }
  }
  expect(new Set(given).size).toBe(17)

  for (const email of [mia, ada, olga]) {
    const client = await as(email)
    const decided = await decideAll(client, campaign)
    const summary = await client.review.signOffSummary({ campaign })
    expect([summary.pending.length, summary.undecided]).toEqual([decided, 0])
    const signed = await client.review.signOff({ campaign, passphrase })
    expect([signed.decided, signed.undecided, signed.progress.signedOff]).toEqual([decided, 0, decided])
  }
  expect((await officer.campaigns.close({ campaign })).state).toBe('closed')
  const { progress } = await officer.campaigns.status({ campaign })
  expect(progress).toEqual({ items: 17, undecided: 0, kept: 17, revoked: 0, keptUntil: 0, lookCloser: 0, signedOff: 17 })

  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect([sealed.version, sealed.items, sealed.exceptions]).toEqual([1, 17, []])
  const verdict = await officer.evidence.verify({ bundle: sealed.path })
  expect(verdict.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect(verdict.isValid).toBe(true)
  const alone = await verifyBundle({ bundle: sealed.path, root: join(folder, 'keys', 'root.pem'), seen: [join(sealed.path, 'checkpoint')] })
  expect(alone.isValid).toBe(true)
  await expectSoundLog(officer)
})

test('a second seal is a new version beside the first; both verify, and the second log extends the first', async () => {
  const { officer, folder } = await workspace()
  const campaign = await launch(officer, specOf('Twice', { rules: plainRules }))
  await decideAll(officer, campaign)
  await officer.review.signOff({ campaign, passphrase })
  await officer.campaigns.close({ campaign })
  const first = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const second = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect([first.version, second.version]).toEqual([1, 2])
  expect(first.exceptions.some((exception) => /16 items are undecided; the rule is to leave open/.test(exception))).toBe(true)
  const root = join(folder, 'keys', 'root.pem')
  for (const { path } of [first, second]) {
    expect((await verifyBundle({ bundle: path, root, seen: [join(first.path, 'checkpoint')] })).isValid, path).toBe(true)
  }
  // The other way round the first is the older one, and says so.
  const older = await verifyBundle({ bundle: first.path, root, seen: [join(second.path, 'checkpoint')] })
  expect(older.isValid).toBe(false)
  expect((await officer.evidence.bundles()).map(({ version }) => version).sort()).toEqual([1, 2])
  expect((await officer.campaigns.status({ campaign })).campaign.state).toBe('sealed')
  await expectSoundLog(officer)
})

test('what is not allowed is refused with a sentence, and nothing is written', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Refusals', { rules: { reasonRequired: ['against-advice', 'privileged', 'revoke'], controlSharePercent: 0 } }))
  const client = await as(mia)
  const items = await queue(client, campaign)
  const keepable = items.find(({ advice, privilege }) => advice === 'keep' && privilege === 'none')
  const privileged = items.find(({ privilege }) => privilege === 'elevated')
  const others = (await queue(await as(ada), campaign))[0]
  if (keepable === undefined || privileged === undefined || others === undefined) throw new Error('the fixture lacks an item')
  const { itemId } = keepable
  const before = (await officer.workspace.status()).events

  const refused: readonly [() => Promise<unknown>, string, RegExp][] = [
    [() => client.review.decide({ itemId, outcome: 'revoke' }), 'INVALID', /needs a reason: choose one of not-needed/],
    [() => client.review.decide({ itemId: privileged.itemId, outcome: 'keep' }), 'INVALID', /needs a reason/],
    [() => client.review.decide({ itemId, outcome: 'keep', reasonCode: 'other' }), 'INVALID', /"other" needs a few words/],
    [() => client.review.decide({ itemId, outcome: 'keep', reasonCode: 'left' }), 'INVALID', /does not fit/],
    [() => client.review.decide({ itemId, outcome: 'keep', until: '2026-06-30' }), 'INVALID', /Only "keep until" takes a date/],
    [() => client.review.decide({ itemId, outcome: 'keep-until' }), 'INVALID', /needs the date/],
    [() => client.review.decide({ itemId, outcome: 'keep-until', until: asOf }), 'INVALID', /must be after 2026-03-31/],
    [() => client.review.decide({ itemId, outcome: 'keep-until', until: '2027-04-01' }), 'INVALID', /must not be after 2027-03-31/],
    // Somebody else's item and one that does not exist get the same answer.
    [() => client.review.decide({ itemId: others.itemId, outcome: 'keep' }), 'NOT_FOUND', /no review item \d+ for mia/],
    [() => client.review.decide({ itemId: 99_999, outcome: 'keep' }), 'NOT_FOUND', /no review item 99999 for mia/],
    [() => client.review.undo({ itemId }), 'CONFLICT', /no decision to undo/],
    [() => client.review.signOff({ campaign, passphrase }), 'CONFLICT', /nothing to sign off/],
    [() => client.campaigns.close({ campaign }), 'NOT_ALLOWED', /^Only .*compliance officer/],
    [() => client.campaigns.create({ spec: specOf('Mine'), asOf }), 'NOT_ALLOWED', /^Only .*compliance officer/],
    [() => officer.campaigns.launch({ campaign }).then(finish), 'CONFLICT', /cannot be launched: it is running/],
    [() => officer.evidence.seal({ campaign, passphrase }).then(finish), 'CONFLICT', /cannot be sealed: it is running/],
  ]
  for (const [work, code, message] of refused) {
    const { code: found, message: text } = await refusal(work())
    expect([found, text]).toEqual([code, expect.stringMatching(message)])
  }
  expect((await officer.workspace.status()).events).toBe(before)
  expect((await officer.campaigns.status({ campaign })).progress.undecided).toBe(17)
})

test('nobody decides on their own access, even where an item was given to them by some other way than a launch', async () => {
  const { officer, folder, close } = await workspace()
  const campaign = await launch(officer, specOf('Own', { rules: plainRules }))
  await close()
  const db = new Database(join(folder, 'muster.db'))
  const columns = db.pragma('table_info(review_item)') as { name: string }[]
  const copied = columns.map(({ name }) => (name === 'id' ? '9001' : name === 'n' ? '9001' : name === 'grant_id' ? '9001' : name === 'subject_email' ? "' MIA.Manager@example.com'" : name))
  db.exec(`INSERT INTO review_item SELECT ${copied.join(', ')} FROM review_item WHERE reviewer_id = (SELECT id FROM person WHERE email = '${mia}') LIMIT 1`)
  db.exec(`INSERT INTO assignment (item_id, campaign_id, reviewer_id, basis, since_seq) SELECT id, campaign_id, reviewer_id, basis, 0 FROM review_item WHERE id = 9001`)
  db.close()
  const again = await openWorkspace(folder)
  onTestFinished(again.close)
  const { code, message } = await refusal((await again.as(mia)).review.decide({ itemId: 9001, outcome: 'keep' }))
  expect([code, message]).toEqual(['NOT_ALLOWED', 'Nobody decides on their own access.'])
  expect((await again.officer.campaigns.status({ campaign })).progress.kept).toBe(0)
})

test('an undo brings back the decision before it, any number of times, until the sign-off makes it final', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Undo', { rules: plainRules }))
  const client = await as(mia)
  const itemId = (await queue(client, campaign))[0]?.itemId ?? 0
  const standing = async (): Promise<readonly unknown[]> => {
    const { decision } = await client.review.item({ itemId })
    return [decision?.outcome ?? null, decision?.until ?? null, decision?.reasonCode ?? null, decision?.reasonText ?? null]
  }
  await client.review.decide({ itemId, outcome: 'keep-until', until: '2026-06-30', reasonCode: 'other', reasonText: '  until the audit ' })
  const { item } = await client.review.decide({ itemId, outcome: 'revoke', reasonCode: 'left' })
  expect(item.decision?.outcome).toBe('revoke')
  await client.review.decide({ itemId, outcome: 'look-closer' })

  await client.review.undo({ itemId })
  expect(await standing()).toEqual(['revoke', null, 'left', null])
  await client.review.undo({ itemId })
  expect(await standing()).toEqual(['keep-until', '2026-06-30', 'other', 'until the audit'])
  const { progress } = await client.review.undo({ itemId })
  expect(await standing()).toEqual([null, null, null, null])
  expect(progress.undecided).toBe(11)

  await client.review.decide({ itemId, outcome: 'revoke' })
  await client.review.signOff({ campaign, passphrase })
  for (const work of [client.review.undo({ itemId }), client.review.decide({ itemId, outcome: 'keep' })]) {
    expect(await refusal(work)).toMatchObject({ code: 'CONFLICT', message: 'This decision is signed off and final.' })
  }
  expect((await queue(client, campaign))[0]).toMatchObject({ state: 'revoke', isSignedOff: true })
  await expectSoundLog(officer)
})

test('a wrong passphrase signs nothing and the right one does; somebody without a key is told who makes one', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Sign', { rules: plainRules, reviewers: { order: ['named'], named: 'tom.team@example.com' } }))
  const [tom, client] = [await as('tom.team@example.com'), await as(mia)]
  expect(await decideAll(tom, campaign)).toBe(14)
  expect(await refusal(tom.review.signOff({ campaign, passphrase }))).toMatchObject({
    code: 'NOT_ALLOWED', message: expect.stringMatching(/tom.team@example.com has no signing key yet.*muster enrol tom.team@example.com/),
  })
  expect(await refusal(client.review.signOff({ campaign, passphrase }))).toMatchObject({ code: 'CONFLICT' })

  await decideAll(officer, campaign)
  const before = (await officer.workspace.status()).events
  expect(await refusal(officer.review.signOff({ campaign, passphrase: 'wrong horse' }))).toMatchObject({
    code: 'WRONG_PASSPHRASE', message: expect.stringMatching(/does not open the key of olga.*Nothing was signed/),
  })
  expect((await officer.workspace.status()).events).toBe(before)
  expect((await officer.campaigns.status({ campaign })).progress.signedOff).toBe(0)

  const { decided, eventSeq, checkpointSize } = await officer.review.signOff({ campaign, passphrase })
  expect([decided, eventSeq, checkpointSize]).toEqual([3, before, before + 1])
  expect((await officer.workspace.status()).lastCheckpointSize).toBe(checkpointSize)

  await officer.campaigns.close({ campaign })
  expect(await refusal(officer.evidence.seal({ campaign, passphrase: 'wrong horse' }).then(finish))).toMatchObject({ code: 'WRONG_PASSPHRASE' })
  expect(await officer.evidence.bundles()).toEqual([])
  const { exceptions } = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(exceptions).toEqual(['14 decisions were never signed off and do not count.'])
})

test('hidden advice stays hidden until the choice, and the record says what was seen when deciding', async () => {
  const { officer, as } = await workspace()
  const campaign = await launch(officer, specOf('Blind', { rules: { controlSharePercent: 100, reasonRequired: ['against-advice', 'flagged'] } }))
  const client = await as(mia)
  const items = await queue(client, campaign)
  expect(items.every(({ advice, isFlagged }) => advice === null && !isFlagged)).toBe(true)
  const itemId = items[0]?.itemId ?? 0
  const blind = await client.review.item({ itemId })
  expect([blind.isAdviceHidden, blind.advice, blind.counter]).toEqual([true, null, null])
  expect(blind.signals.every(({ weight }) => weight === 0)).toBe(true)
  expect(new Set(Object.values(blind.reasonRequired))).toEqual(new Set([false]))

  // Lou left, so this goes against the advice: that it asks for no reason must not tell.
  const { item } = await client.review.decide({ itemId, outcome: 'keep' })
  expect([item.isAdviceHidden, item.advice?.action, item.decision?.adviceVisible]).toEqual([false, 'revoke', false])
  // Once seen, it cannot be unseen: another choice counts as made knowing the advice, also after an undo.
  await client.review.undo({ itemId })
  expect((await client.review.item({ itemId })).decision).toBeNull()
  expect(await refusal(client.review.decide({ itemId, outcome: 'keep' }))).toMatchObject({ code: 'INVALID' })
  const { item: known } = await client.review.decide({ itemId, outcome: 'revoke' })
  expect(known.decision?.adviceVisible).toBe(true)

  await client.review.decide({ itemId: items[1]?.itemId ?? 0, outcome: 'keep' })
  await client.review.signOff({ campaign, passphrase })
  await officer.campaigns.close({ campaign })
  const { path } = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const report = JSON.parse(await readFile(join(path, 'evidence.json'), 'utf8')) as { advice: unknown }
  expect(report.advice).toEqual({ agreedVisible: 1, decidedVisible: 1, agreedHidden: 0, decidedHidden: 1 })
})

test('a campaign with access only its holder could review does not launch, and says whom to name', async () => {
  const { officer } = await workspace()
  const spec = specOf('Nobody', { scope: { applications: ['CRM'] }, reviewers: { order: ['named'], named: olga, fallback: olga } })
  const { id: campaign } = await officer.campaigns.create({ spec, asOf })
  const { obstacles, totals } = await officer.campaigns.preview({ campaign })
  expect(obstacles).toEqual(['1 grants have nobody but their holder to review them; name another fallback reviewer.'])
  expect(totals).toMatchObject({ population: 17, inReview: 5, difference: 1, excluded: [{ reason: 'application-out-of-scope', grants: 11 }] })
  expect(await refusal(officer.campaigns.launch({ campaign }).then(finish))).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/name another fallback/) })
  expect((await officer.campaigns.status({ campaign })).campaign.state).toBe('draft')
})

test('what the reviewer sees was frozen at the launch: a later file changes no open item', async () => {
  const { officer, as, folder } = await workspace()
  const campaign = await launch(officer, specOf('Frozen', { rules: plainRules }))
  const client = await as(mia)
  const itemId = (await queue(client, campaign)).find(({ subjectName }) => subjectName === 'Tom Team')?.itemId ?? 0
  const before = await client.review.item({ itemId })
  const later = join(folder, '..', 'later.csv')
  const header = 'Employee ID,Status,Name,Email,Department,Title,Manager ID,Hire Date,Termination Date'
  await writeFile(later, `${header}\n1003,active,Thomas Moved,tom.team@example.com,Sales,Seller,1001,2019-06-01,\n`)
  const run = await finish(await officer.sources.sync({ source: 'HR', asOf: '2026-04-02', file: later }))
  expect(run.state).toBe('held')
  await officer.sources.judgeHeld({ run: run.id, accept: true, reason: 'six people were sold with the shop' })
  const after = await client.review.item({ itemId })
  expect({ ...after, subject: { ...after.subject, history: [] } }).toEqual({ ...before, subject: { ...before.subject, history: [] } })
  expect((await queue(client, campaign)).length).toBe(11)
})
