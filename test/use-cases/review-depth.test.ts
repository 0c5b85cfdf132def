import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  ada, asOf, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, tom, type Client, type TestWorkspace,
} from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-review-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template, { enrolled: [mia] })).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

async function workspace(change: (database: Database.Database) => void = () => undefined): Promise<TestWorkspace> {
  const folder = await copyWorkspace(template, join(place, `copy-${copies++}`))
  const database = new Database(join(folder, 'muster.db'))
  change(database)
  database.close()
  const opened = await openWorkspace(folder)
  onTestFinished(opened.close)
  return opened
}

const rules = { reasonRequired: [], controlSharePercent: 0 }
/** Everything of one low-risk right goes to one person. */
const toMia = { reviewers: { order: ['named'], named: mia }, rules }

/** Ten more people who hold the low-risk right, all in Mia's department and all using it, so that it is usual there. */
function crowd(database: Database.Database): void {
  const right = database.prepare("SELECT id, source_id AS source FROM entitlement WHERE native_id = 'crm-read'").get() as { id: number; source: number }
  const [first] = database.prepare('SELECT * FROM access_grant WHERE entitlement_id = ?').all(right.id) as Record<string, unknown>[]
  const account = database.prepare("SELECT * FROM account WHERE native_id = 'tia'").get() as Record<string, unknown>
  const identity = database.prepare('SELECT * FROM identity WHERE id = ?').get(account['identity_id']) as Record<string, unknown>
  const insert = (table: string, row: Record<string, unknown>): number => {
    const names = Object.keys(row).filter((name) => name !== 'id')
    return Number(database.prepare(`INSERT INTO ${table} (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`).run(...names.map((name) => row[name])).lastInsertRowid)
  }
  for (let at = 0; at < 10; at += 1) {
    const email = `crowd${at}@example.com`
    const identityId = insert('identity', { ...identity, origin: `hr:90${at}`, display_name: `Crowd ${at}`, email, email_key: email, employee_id: `90${at}`, employee_key: `90${at}` })
    const accountId = insert('account', {
      ...account, native_id: `crowd${at}`, native_key: `crowd${at}`, display_name: `Crowd ${at}`, email, email_key: email, employee_id: null, employee_key: null,
      login: `crowd${at}`, login_key: `crowd${at}`, identity_id: identityId,
    })
    insert('access_grant', { ...first, account_id: accountId })
    for (const usage of database.prepare("SELECT * FROM usage WHERE account_key = 'tia'").all() as Record<string, unknown>[]) insert('usage', { ...usage, account_key: `crowd${at}` })
  }
}

/** The first group of alike items, with its sample opened for long enough. */
async function draw(reviewer: Client, campaign: number) {
  const offer = await reviewer.review.together({ campaign })
  const [first] = offer.groups
  if (first === undefined) throw new Error(`no group: ${JSON.stringify(offer.leftOut)}`)
  const group = { entitlementId: first.entitlementId, subjectKind: first.subjectKind }
  const drawn = await reviewer.review.drawGroup({ campaign, group })
  expect(drawn.size, 'counted as drawn').toBe(first.size)
  return { group, drawn, sample: drawn.sample.map((itemId) => ({ itemId, openMs: 4_000 })) }
}

async function refusedAs(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (caught: unknown) => caught)
  return error instanceof Error ? `${(error as Error & { code: string }).code}: ${error.message}` : 'allowed'
}

async function sealedSoundly({ officer, folder }: TestWorkspace, campaign: number) {
  await officer.campaigns.close({ campaign })
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  const checks = await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] })
  expect(failed(checks)).toEqual([])
  return JSON.parse(await readFile(join(sealed.path, 'evidence.json'), 'utf8')) as { reviewers: { person: string; bulk?: number; attested?: number; decided: number }[] }
}

describe('kept in bulk', () => {
  test('alike low-risk access, only after the drawn sample was opened; counted in a report both verifiers accept', async () => {
    const opened = await workspace(crowd)
    const { officer } = opened
    const id = await launch(officer, specOf('Readers', { ...toMia, scope: { applications: ['CRM'] } }))
    const reviewer = await opened.as(mia)
    expect((await reviewer.review.together({ campaign: id })).unchanged).toEqual([])
    const { group, drawn, sample } = await draw(reviewer, id)
    expect(drawn.size).toBeGreaterThanOrEqual(10)
    expect(drawn.people).not.toContain('Mia Manager')

    const bulk = { way: 'bulk' as const, campaign: id, group, key: drawn.key }
    expect(await refusedAs(reviewer.review.decideTogether({ ...bulk, sample: sample.slice(1) }))).toContain('INVALID: 1 of the')
    expect(await refusedAs(reviewer.review.decideTogether({ ...bulk, key: 'f'.repeat(64), sample }))).toContain('CONFLICT')
    expect(await refusedAs(reviewer.review.decideTogether({ ...bulk, group: { ...group, entitlementId: 1_000_000 }, sample }))).toContain('CONFLICT')
    expect((await reviewer.review.queue({ campaign: id })).progress.kept).toBe(0)
    const done = await reviewer.review.decideTogether({ ...bulk, sample })
    expect(done.decided).toHaveLength(drawn.size)
    expect(done.progress.kept).toBe(drawn.size)

    // Each is a decision like any other: one is taken back and revoked by itself.
    const [one] = done.decided
    await reviewer.review.undo({ itemId: one ?? 0 })
    await reviewer.review.decide({ itemId: one ?? 0, outcome: 'revoke' })
    for (const { itemId, state } of (await reviewer.review.queue({ campaign: id })).items) if (state === 'undecided') await reviewer.review.decide({ itemId, outcome: 'keep' }).catch(() => undefined)
    await reviewer.review.signOff({ campaign: id, passphrase })
    const report = await sealedSoundly(opened, id)
    expect(report.reviewers.find(({ person }) => person === mia)?.bulk).toBe(drawn.size - 1)
  })

  test('taken back in one go: an undo for each item, but none for what was decided anew since, signed off, or another person\'s', async () => {
    const opened = await workspace(crowd)
    const id = await launch(opened.officer, specOf('Readers', { ...toMia, scope: { applications: ['CRM'] } }))
    const reviewer = await opened.as(mia)
    const { group, drawn, sample } = await draw(reviewer, id)
    const bulk = { way: 'bulk' as const, campaign: id, group, key: drawn.key, sample }
    const first = await reviewer.review.decideTogether(bulk)
    const [changed, back] = first.decided
    if (changed === undefined || back === undefined) throw new Error('nothing was kept')
    await reviewer.review.decide({ itemId: changed, outcome: 'revoke' })
    await reviewer.review.undo({ itemId: back })
    const offered = (await reviewer.review.together({ campaign: id })).recorded
    expect(offered).toMatchObject([{ id: first.id, way: 'bulk', size: drawn.size, standing: drawn.size - 2 }])

    expect(await refusedAs(opened.officer.review.undoTogether({ campaign: id, id: first.id }))).toContain('CONFLICT')
    const undone = await reviewer.review.undoTogether({ campaign: id, id: first.id })
    expect(undone.undone).toEqual(first.decided.slice(2))
    expect(undone.progress).toMatchObject({ kept: 0, revoked: 1 })
    expect(await refusedAs(reviewer.review.undoTogether({ campaign: id, id: first.id }))).toContain('CONFLICT')
    expect((await reviewer.review.together({ campaign: id })).recorded).toEqual([])

    // The group is smaller by the one that was revoked, so it is another group and drawn anew.
    expect(await refusedAs(reviewer.review.decideTogether(bulk))).toContain('CONFLICT')
    const again = await draw(reviewer, id)
    const second = await reviewer.review.decideTogether({ way: 'bulk', campaign: id, group, key: again.drawn.key, sample: again.sample })
    expect(second.decided).toHaveLength(drawn.size - 1)
    await reviewer.review.signOff({ campaign: id, passphrase })
    expect(await refusedAs(reviewer.review.undoTogether({ campaign: id, id: second.id }))).toContain('CONFLICT')
    const report = await sealedSoundly(opened, id)
    expect(report.reviewers.find(({ person }) => person === mia)?.bulk).toBe(drawn.size - 1)
  })

  test('not where the rules of the campaign forbid it', async () => {
    const opened = await workspace(crowd)
    const id = await launch(opened.officer, specOf('Strict', { ...toMia, scope: { applications: ['CRM'] }, rules: { ...rules, allowBulk: false, allowAttestation: false } }))
    const reviewer = await opened.as(mia)
    expect(await reviewer.review.together({ campaign: id })).toMatchObject({ isBulkAllowed: false, isAttestationAllowed: false, groups: [], unchanged: [] })
    expect(await refusedAs(reviewer.review.decideTogether({ way: 'bulk', campaign: id, group: { entitlementId: 1, subjectKind: 'employee' }, key: 'a', sample: [] }))).toContain('NOT_ALLOWED')
  })

  test('never what is flagged, privileged, risky, or whose advice is still hidden', async () => {
    const opened = await workspace(crowd)
    const id = await launch(opened.officer, specOf('All hidden', { ...toMia, rules: { ...rules, controlSharePercent: 100 } }))
    const offer = await (await opened.as(mia)).review.together({ campaign: id })
    expect(offer.groups).toEqual([])
    expect(offer.leftOut).toEqual([{ reason: 'advice-hidden', items: expect.any(Number) as number }])
  })
})

describe('attested as unchanged', () => {
  test('what the last signed-off review kept, once, with what changed beside it; anything else is refused', async () => {
    const opened = await workspace(crowd)
    const { officer } = opened
    const first = await launch(officer, specOf('First', { ...toMia, scope: { applications: ['CRM'] } }))
    const reviewer = await opened.as(mia)
    for (const { itemId } of (await reviewer.review.queue({ campaign: first })).items) await reviewer.review.decide({ itemId, outcome: 'keep' })
    await reviewer.review.signOff({ campaign: first, passphrase })
    await officer.campaigns.close({ campaign: first })

    const second = await launch(officer, specOf('Second', { ...toMia }))
    const offer = await reviewer.review.together({ campaign: second })
    expect(offer.unchanged.length, JSON.stringify(offer.leftOut)).toBeGreaterThanOrEqual(10)
    const lines = await reviewer.review.unchangedLines({ campaign: second, items: offer.unchanged })
    expect(lines.map(({ itemId }) => itemId)).toEqual(offer.unchanged)
    expect(lines.every(({ entitlementName }) => entitlementName === 'Read customers')).toBe(true)
    const others = (await reviewer.review.queue({ campaign: second })).items.filter(({ entitlementName }) => entitlementName !== 'Read customers')
    const wanted = offer.unchanged
    expect(await reviewer.review.unchangedLines({ campaign: second, items: [others[0]?.itemId ?? 0] }), 'nothing else is told').toEqual([])
    expect(await officer.review.unchangedLines({ campaign: second, items: wanted }), 'nor to anybody else').toEqual([])
    expect(await refusedAs(reviewer.review.decideTogether({ way: 'attestation', campaign: second, items: [...wanted, others[0]?.itemId ?? 0] }))).toContain('CONFLICT')
    const done = await reviewer.review.decideTogether({ way: 'attestation', campaign: second, items: wanted.slice(1) })
    expect(done.decided).toEqual(wanted.slice(1).toSorted((a, b) => a - b))
    expect(await refusedAs(reviewer.review.decideTogether({ way: 'attestation', campaign: second, items: wanted }))).toContain('CONFLICT')
    await reviewer.review.signOff({ campaign: second, passphrase })
    const report = await sealedSoundly(opened, second)
    expect(report.reviewers.find(({ person }) => person === mia)).toMatchObject({ attested: wanted.length - 1, decided: wanted.length - 1 })
  })

  test('a column that says "unchanged" against the frozen evidence does not get an item through', async () => {
    const opened = await workspace(crowd)
    const id = await launch(opened.officer, specOf('Tampered', toMia))
    const reviewer = await opened.as(mia)
    const risky = (await reviewer.review.queue({ campaign: id })).items.find(({ risk }) => risk === 'critical')
    await opened.close()
    const database = new Database(join(opened.folder, 'muster.db'))
    database.exec('DROP TRIGGER review_item_refuses_update')
    database.prepare("UPDATE review_item SET ease = 'unchanged', ease_reason = '2026-01-01' WHERE id = ?").run(risky?.itemId)
    database.close()
    const again = await openWorkspace(opened.folder)
    onTestFinished(again.close)
    const answer = await refusedAs((await again.as(mia)).review.decideTogether({ way: 'attestation', campaign: id, items: [risky?.itemId ?? 0] }))
    expect(answer).toContain('needs a decision of its own')
  })
})

describe('a question to the owner', () => {
  test('comes to whoever owns the right, and the answer back to who asked; both are in the log', async () => {
    const opened = await workspace()
    const { officer } = opened
    const id = await launch(officer, specOf('Questions', { reviewers: { order: ['named'], named: tom }, rules }))
    const reviewer = await opened.as(tom)
    const item = (await reviewer.review.queue({ campaign: id })).items.find(({ entitlementName, subjectName }) => entitlementName === 'Post invoices' && subjectName === 'Tia Team')
    if (item === undefined) throw new Error('no such item')
    expect(await refusedAs(reviewer.review.decide({ itemId: item.itemId, outcome: 'keep', askOf: 'owner', reasonText: 'Why?' }))).toContain('INVALID')
    expect(await refusedAs(reviewer.review.decide({ itemId: item.itemId, outcome: 'look-closer', askOf: 'owner', reasonText: ' ' }))).toContain('needs words')
    expect((await reviewer.review.item({ itemId: item.itemId })).decision, 'nothing is recorded when the question cannot be asked').toBeNull()
    await reviewer.review.decide({ itemId: item.itemId, outcome: 'look-closer', askOf: 'owner', reasonText: 'Does she still post invoices?' })

    const owner = await opened.as(mia)
    const [asked] = await owner.review.questions()
    expect(asked).toMatchObject({ askedBy: tom, askedOf: mia, role: 'owner', text: 'Does she still post invoices?', canAnswer: true, isMine: false, answer: null })
    expect(await refusedAs(reviewer.review.answer({ question: asked?.question ?? 0, text: 'Yes' }))).toContain('NOT_FOUND')
    await owner.review.answer({ question: asked?.question ?? 0, text: 'Every Monday.' })
    expect((await reviewer.review.questions())[0]).toMatchObject({ answer: 'Every Monday.', answeredBy: mia, isMine: true, canAnswer: false })
    expect(await officer.review.questions(), 'an officer sees only what is open').toEqual([])

    await enrolAndSign(opened, id)
    await sealedSoundly(opened, id)
  })

  test('goes to the officer where nobody owns the right, and nobody is asked about their own access', async () => {
    const opened = await workspace()
    const { officer } = opened
    const id = await launch(officer, specOf('Nobody owns it', { reviewers: { order: ['named'], named: tom }, rules }))
    const reviewer = await opened.as(tom)
    const { items } = await reviewer.review.queue({ campaign: id })
    const unowned = items.find(({ entitlementName, subjectName }) => entitlementName === 'Read customers' && subjectName !== 'Tom Team')
    const own = items.find(({ entitlementName, subjectName }) => entitlementName === 'Post invoices' && subjectName === 'Mia Manager')
    const question = { outcome: 'look-closer' as const, reasonText: 'What for?' }
    expect(await refusedAs(reviewer.review.decide({ itemId: unowned?.itemId ?? 0, ...question, askOf: 'owner' }))).toContain('Nobody is named as owner')
    expect(await refusedAs(reviewer.review.decide({ itemId: own?.itemId ?? 0, ...question, askOf: 'owner' }))).toContain('own access')
    await reviewer.review.decide({ itemId: unowned?.itemId ?? 0, ...question, askOf: 'officer' })
    expect((await officer.review.questions())[0]).toMatchObject({ askedOf: olga, role: 'officer', canAnswer: true })
  })
})

async function enrolAndSign(opened: TestWorkspace, campaign: number): Promise<void> {
  await opened.officer.workspace.enrol({ email: tom, name: tom, roles: ['reviewer'], passphrase, officerPassphrase: passphrase })
  await (await opened.as(tom)).review.signOff({ campaign, passphrase })
}

test('what a revoke comes to is told from the newest snapshot: direct, or through a group others are in as well', async () => {
  const opened = await workspace((database) => {
    database.prepare("UPDATE access_grant SET path = 'via erp-post' WHERE entitlement_id = (SELECT id FROM entitlement WHERE native_id = 'erp-pay')").run()
    database.prepare("UPDATE entitlement SET traits = '[\"on-premises-synced\"]' WHERE native_id = 'erp-post'").run()
  })
  const id = await launch(opened.officer, specOf('Effects', { reviewers: { order: ['named'], named: ada }, rules }))
  const reviewer = await opened.as(ada)
  const { items } = await reviewer.review.queue({ campaign: id })
  const pay = items.find(({ entitlementName, subjectName }) => entitlementName === 'Release payments' && subjectName === 'Tom Team')
  const read = items.find(({ entitlementName, subjectName }) => entitlementName === 'Read customers' && subjectName === 'Tom Team')
  expect(await reviewer.review.effect({ itemId: pay?.itemId ?? 0 })).toEqual({
    isStillHeld: true, removes: 'membership', from: 'Post invoices', way: 'on-premises', steps: ['Post invoices'], staysThrough: [], alsoLost: 1,
    alsoLostNames: ['Post invoices'], othersIfCut: 1,
  })
  expect(await reviewer.review.effect({ itemId: read?.itemId ?? 0 })).toMatchObject({ removes: 'right', way: 'at-source', alsoLost: 0, othersIfCut: 0 })
  const post = items.find(({ entitlementName, subjectName }) => entitlementName === 'Post invoices' && subjectName === 'Tom Team')
  expect(await reviewer.review.effect({ itemId: post?.itemId ?? 0 }), 'what hangs on a right goes with it').toMatchObject({ removes: 'right', alsoLostNames: ['Release payments'] })
  expect(await refusedAs(opened.officer.review.effect({ itemId: pay?.itemId ?? 0 }))).toContain('NOT_FOUND')
})

test('a queue read page by page is the queue', async () => {
  const opened = await workspace()
  const id = await launch(opened.officer, specOf('Pages', { ...toMia, rules }))
  const reviewer = await opened.as(mia)
  const whole = await reviewer.review.queue({ campaign: id })
  const read: typeof whole.items = []
  for (let after = 0; ;) {
    const page = await reviewer.review.queue({ campaign: id, after, limit: 3 })
    expect(page.progress).toEqual(whole.progress)
    read.push(...page.items)
    const last = page.items.at(-1)
    if (last === undefined) break
    after = last.n
  }
  expect(read).toEqual(whole.items)
  expect(asOf).toBe(whole.campaign.asOf)
})
