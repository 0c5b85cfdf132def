import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toHex } from '../../src/main/core/evidence/bytes.ts'
import { canonicalJson } from '../../src/main/core/evidence/canonical-json.ts'
import { lineHashes } from '../../src/main/core/evidence/event-chain.ts'
import { openStore } from '../../src/main/storage/database.ts'
import {
  buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf,
} from '../support/workspace-builder.ts'
import { sha256 } from '../support/sha256.ts'

let place: string
let template: string
/** The database as it was before the last sign-off and the close. */
let older: string
let closed: number
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  older = join(place, 'older.db')
  const workspace = await buildWorkspace(template)
  const { officer } = workspace
  const mine = { rules: { reasonRequired: [], controlSharePercent: 0 }, reviewers: { order: ['named'], named: olga, fallback: mia } }
  closed = await launch(officer, specOf('Closed', mine))
  const { items } = await officer.review.queue({ campaign: closed })
  const decide = (n: number, outcome: 'keep' | 'revoke'): Promise<unknown> =>
    officer.review.decide({ itemId: items[n]?.itemId ?? 0, outcome, reasonCode: 'other', reasonText: `because ${n}` })
  for (let n = 0; n < 8; n += 1) await decide(n, n % 2 === 0 ? 'keep' : 'revoke')
  await officer.review.signOff({ campaign: closed, passphrase })
  await officer.workspace.backup({ file: older })
  for (let n = 8; n < 12; n += 1) await decide(n, 'keep')
  await officer.review.signOff({ campaign: closed, passphrase })
  // Two that nobody signs: they may still change, and their rows are not protected.
  for (let n = 12; n < 14; n += 1) await decide(n, 'keep')
  await officer.campaigns.close({ campaign: closed })
  await workspace.close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

function copy(): Promise<string> {
  return copyWorkspace(template, join(place, `copy-${copies++}`))
}

/** The file opened past the app, by somebody who knows SQLite and takes the triggers away first. */
async function tampered(change: (db: Database.Database) => void): Promise<string> {
  const folder = await copy()
  const db = new Database(join(folder, 'muster.db'))
  for (const { name } of db.prepare<[], { name: string }>('SELECT name FROM sqlite_master WHERE type = \'trigger\'').all()) db.exec(`DROP TRIGGER ${name}`)
  change(db)
  db.close()
  return folder
}

/** What the log's own check and a seal say of a folder. */
async function verdictOn(folder: string): Promise<{ failed: Record<string, string>; seal: { code: string; message: string } | null; bundles: string[] }> {
  const { officer, close } = await openWorkspace(folder)
  try {
    const { isValid, checks } = await officer.evidence.checkLog()
    const failed = Object.fromEntries(checks.filter(({ outcome }) => outcome === 'failed').map(({ code, detail }) => [code, detail]))
    expect(isValid).toBe(Object.keys(failed).length === 0)
    const seal = await officer.evidence.seal({ campaign: closed, passphrase }).then(finish).then(() => null, (error: unknown) => error as { code: string; message: string })
    return { failed, seal, bundles: await readdir(join(folder, 'bundles')) }
  } finally {
    await close()
  }
}

const evidenceTables = ['evidence_event', 'checkpoint', 'sign_off', 'review_item', 'campaign_exclusion', 'seal']

test.each(evidenceTables)('rows of %s cannot be changed, deleted or replaced', async (table) => {
  const store = await openStore(join(await copy(), 'muster.db'), { mustExist: true })
  const { sqlite } = store
  try {
    const columns = (sqlite.pragma(`table_info(${table})`) as { name: string; pk: number; type: string }[])
    if (table === 'campaign_exclusion') sqlite.exec('INSERT INTO campaign_exclusion VALUES (1, 1, \'not-new\')')
    if (table === 'seal') sqlite.exec('INSERT INTO seal VALUES (1, 1, \'\', \'\', \'\', \'\', \'\', 0)')
    const before = sqlite.prepare(`SELECT * FROM ${table}`).all()
    expect(before.length).toBeGreaterThan(0)
    const refusal = `${table} is append-only evidence`
    for (const { name } of columns) expect(() => sqlite.exec(`UPDATE ${table} SET ${name} = ${name}`)).toThrow(refusal)
    expect(() => sqlite.exec(`UPDATE OR IGNORE ${table} SET ${columns[0]?.name ?? ''} = 1`)).toThrow(refusal)
    expect(() => sqlite.exec(`DELETE FROM ${table}`)).toThrow(refusal)
    expect(() => sqlite.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(refusal)
    expect(() => sqlite.exec(`REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`)).toThrow(refusal)
    expect(sqlite.prepare(`SELECT * FROM ${table}`).all()).toEqual(before)
  } finally {
    await store.close()
  }
})

test('a signed-off decision cannot be changed, deleted or replaced; one that is not signed off can', async () => {
  const store = await openStore(join(await copy(), 'muster.db'), { mustExist: true })
  const { sqlite } = store
  try {
    const signed = 'WHERE signed_off_seq IS NOT NULL'
    for (const change of [
      `UPDATE decision SET outcome = 'revoke' ${signed}`, `UPDATE decision SET signed_off_seq = NULL ${signed}`, `DELETE FROM decision ${signed}`,
      `INSERT OR REPLACE INTO decision SELECT * FROM decision ${signed}`,
      `INSERT INTO decision SELECT * FROM decision ${signed} ON CONFLICT (item_id) DO UPDATE SET outcome = 'revoke'`,
    ]) {
      expect(() => sqlite.exec(change)).toThrow('a signed-off decision is final')
    }
    expect(sqlite.prepare('UPDATE decision SET open_ms = 5 WHERE signed_off_seq IS NULL').run().changes).toBe(2)
  } finally {
    await store.close()
  }
})

test('an untouched workspace passes its check and seals', async () => {
  const { failed, seal, bundles } = await verdictOn(await copy())
  expect([failed, seal, bundles.length]).toEqual([{}, null, 1])
})

type Line = { seq: number; line: string }

function lastLine(db: Database.Database, kind: string): Line & { event: Record<string, unknown> & { body: Record<string, unknown> } } {
  const row = db.prepare<[string], Line>('SELECT seq, line FROM evidence_event WHERE kind = ? ORDER BY seq DESC LIMIT 1').get(kind)
  if (row === undefined) throw new Error(`no ${kind}`)
  return { ...row, event: JSON.parse(row.line) as Record<string, unknown> & { body: Record<string, unknown> } }
}

/** Writes a changed event with right hashes, and links every later line to it anew: the whole log is consistent again. */
function rewriteFrom(db: Database.Database, seq: number, change: (event: { body: Record<string, unknown> }) => void): void {
  const rows = db.prepare<[number], Line>('SELECT seq, line FROM evidence_event WHERE seq >= ? ORDER BY seq').all(seq)
  let prev: string | null = null
  for (const row of rows) {
    const event = JSON.parse(row.line) as Parameters<typeof canonicalJson>[0] & { body: Record<string, unknown>; prev: string }
    if (row.seq === seq) change(event)
    if (prev !== null) event.prev = prev
    const line = canonicalJson(event)
    const hashes = lineHashes(line, sha256)
    db.prepare('UPDATE evidence_event SET line = ?, hash = ?, leaf = ? WHERE seq = ?').run(line, hashes.event, toHex(hashes.leaf), row.seq)
    prev = hashes.event
  }
}

const signedItem = '(SELECT item_id FROM decision WHERE signed_off_seq IS NOT NULL ORDER BY item_id LIMIT 1)'
const openItem = '(SELECT item_id FROM decision WHERE signed_off_seq IS NULL ORDER BY item_id LIMIT 1)'

interface Tampering {
  readonly name: string
  readonly change: (db: Database.Database) => void
  readonly caught: Readonly<Record<string, RegExp>>
}

const tamperings: readonly Tampering[] = [
  {
    name: 'the outcome of a signed decision is edited',
    change: (db) => db.exec(`UPDATE decision SET outcome = 'revoke' WHERE item_id = ${signedItem}`),
    caught: { decisions: /Item \d+ shows revoke, the log says keep/ },
  },
  {
    name: 'the reason of a decision is edited',
    change: (db) => db.exec(`UPDATE decision SET reason_text = 'asked the auditor' WHERE item_id = ${signedItem}`),
    caught: { decisions: /shows another reason in words than the log/ },
  },
  {
    name: 'somebody else is written down as having decided',
    change: (db) => db.exec(`UPDATE decision SET decided_by = '${mia}' WHERE item_id = ${openItem}`),
    caught: { decisions: /shows another person deciding than the log/ },
  },
  {
    name: 'a decision is said to have been made without seeing the advice',
    change: (db) => db.exec(`UPDATE decision SET advice_visible = 0 WHERE item_id = ${openItem}`),
    caught: { decisions: /whether the advice was visible/ },
  },
  {
    name: 'a decision nobody signed is made to look signed',
    change: (db) => db.exec(`UPDATE decision SET signed_off_seq = (SELECT max(event_seq) FROM sign_off) WHERE item_id = ${openItem}`),
    caught: { decisions: /shows as signed off, the log says otherwise/ },
  },
  {
    name: 'a decision is deleted',
    change: (db) => db.exec(`DELETE FROM decision WHERE item_id = ${signedItem}`),
    caught: { decisions: /shows no decision, the log says keep/ },
  },
  {
    name: 'a decision is invented',
    change: (db) => db.exec(`INSERT INTO decision SELECT i.id, i.campaign_id, i.reviewer_id, 'keep', NULL, NULL, NULL, '${olga}', '2026-04-01T00:00:00.000Z', 1, NULL, 1, NULL
      FROM review_item i WHERE i.id NOT IN (SELECT item_id FROM decision) LIMIT 1`),
    caught: { decisions: /shows keep, the log says no decision/ },
  },
  {
    name: 'an item is given to somebody else',
    change: (db) => db.exec(`UPDATE assignment SET reviewer_id = (SELECT id FROM person WHERE email = '${mia}') WHERE item_id = ${signedItem}`),
    caught: { items: /is shown to mia.* the log gave it to olga/ },
  },
  {
    name: 'the evidence shown for an item is edited',
    change: (db) => db.exec(`UPDATE review_item SET packet = replace(packet, '"asOf":"2026', '"asOf":"2025') WHERE id = ${signedItem}`),
    caught: { items: /shows other evidence than was frozen at launch/ },
  },
  ...['subject_name = \'Somebody Else\'', 'entitlement_name = \'Read the canteen menu\'', 'risk = \'low\'', 'hide_advice = 1 - hide_advice', 'narrative = \'{}\''].map(
    (edit): Tampering => ({
      name: `what the reviewer reads is edited: ${edit}`,
      change: (db) => db.exec(`UPDATE review_item SET ${edit} WHERE id = (SELECT id FROM review_item WHERE privilege = 'admin')`),
      caught: { items: /shows other names or words than at launch/ },
    }),
  ),
  {
    name: 'the advice is edited to agree',
    change: (db) => db.exec(`UPDATE review_item SET advice = CASE advice WHEN 'keep' THEN 'revoke' ELSE 'keep' END WHERE id = ${signedItem}`),
    caught: { items: /shows the advice (keep|revoke), the log says/ },
  },
  {
    name: 'an item is slipped in',
    change: (db) => {
      const columns = (db.pragma('table_info(review_item)') as { name: string }[]).map(({ name }) => (['id', 'n', 'grant_id'].includes(name) ? '9001' : name))
      db.exec(`INSERT INTO review_item SELECT ${columns.join(', ')} FROM review_item LIMIT 1`)
    },
    caught: { items: /Item 9001 is in the database and not in the log/ },
  },
  {
    name: 'an inconvenient item vanishes',
    change: (db) => {
      db.pragma('foreign_keys = OFF')
      db.exec(`DELETE FROM review_item WHERE id = ${signedItem}`)
    },
    caught: { items: /Item \d+ is in the log and not in the database/ },
  },
  {
    name: 'a closed campaign is opened again',
    change: (db) => db.exec(`UPDATE campaign SET state = 'running', closed_at = NULL`),
    caught: { items: /Campaign 1 shows as running, the log says closed/ },
  },
  {
    name: 'an event is edited',
    change: (db) => db.exec(`UPDATE evidence_event SET line = replace(line, 'because 3', 'because 4') WHERE kind = 'decision-made'`),
    caught: { chain: /event \d+ does not follow from the line before it: one of the two was changed/, 'stored-hashes': /1 stored hashes/, checkpoints: /gives another root/ },
  },
  {
    name: 'an event is edited into something that is none',
    change: (db) => db.exec(`UPDATE evidence_event SET line = '{}' WHERE seq = (SELECT max(seq) FROM evidence_event WHERE kind = 'decision-made')`),
    caught: { chain: /neither an event nor a stub/, 'stored-hashes': /1 stored/, items: /events of campaign 1 cannot be read/ },
  },
  {
    name: 'an event is edited, the row with it, and all hashes after it made anew',
    change: (db) => {
      const { seq } = db.prepare<[], Line>('SELECT seq, line FROM evidence_event WHERE kind = \'decision-made\' ORDER BY seq LIMIT 1').get() ?? { seq: -1 }
      rewriteFrom(db, seq, (event) => {
        event.body['reasonText'] = 'asked the auditor'
      })
      db.prepare('UPDATE decision SET reason_text = \'asked the auditor\' WHERE event_seq = ?').run(seq)
    },
    caught: { checkpoints: /gives another root/, witnesses: /the log was rewritten/ },
  },
  {
    name: 'an event in the middle is deleted',
    change: (db) => db.exec(`DELETE FROM evidence_event WHERE seq = (SELECT min(seq) FROM evidence_event WHERE kind = 'decision-made')`),
    caught: { chain: /event \d+ is missing: line \d+ holds event \d+/ },
  },
  {
    name: 'two events change places',
    change: (db) => {
      const [first, second] = db.prepare<[], Line>('SELECT seq, line FROM evidence_event WHERE kind = \'decision-made\' ORDER BY seq LIMIT 2').all()
      if (first === undefined || second === undefined) throw new Error('too few decisions')
      db.prepare('UPDATE evidence_event SET line = ? WHERE seq = ?').run(second.line, first.seq)
      db.prepare('UPDATE evidence_event SET line = ? WHERE seq = ?').run(first.line, second.seq)
    },
    caught: { chain: /event \d+ stands on line \d+, not on line \d+|holds event \d+ where event \d+ belongs/ },
  },
  {
    name: 'the last sign-off and everything after it is deleted from the log',
    change: (db) => db.prepare('DELETE FROM evidence_event WHERE seq >= ?').run(lastLine(db, 'sign-off').seq),
    caught: { checkpoints: /2 checkpoints are about events the log no longer has/, witnesses: /an older copy of the database was put back, or the end was cut off/, decisions: /shows as signed off/ },
  },
  {
    name: 'the last sign-off is made as if it had never been, checkpoint, rows and all',
    change: (db) => {
      const { seq } = lastLine(db, 'sign-off')
      db.prepare('DELETE FROM evidence_event WHERE seq >= ?').run(seq)
      db.prepare('DELETE FROM checkpoint WHERE size > ?').run(seq)
      db.prepare('DELETE FROM sign_off WHERE event_seq >= ?').run(seq)
      db.prepare('DELETE FROM decision WHERE event_seq > ?').run(seq)
      db.prepare('UPDATE decision SET signed_off_seq = NULL WHERE signed_off_seq = ?').run(seq)
      db.exec('UPDATE campaign SET state = \'running\', closed_at = NULL')
    },
    caught: { witnesses: /checkpoints.log remembers a checkpoint over \d+ events, but the log holds only \d+/ },
  },
]

test.each(tamperings)('caught, and not sealed: $name', async ({ change, caught }) => {
  const { failed, seal, bundles } = await verdictOn(await tampered(change))
  for (const [code, words] of Object.entries(caught)) expect([code, failed[code]]).toEqual([code, expect.stringMatching(words)])
  expect(seal?.code).toBe('CONFLICT')
  expect(seal?.message).toMatch(/nothing was sealed|cannot be sealed/)
  expect(bundles).toEqual([])
})

test('an older copy of the database put in the place of the newer one is caught by the check and by the seal', async () => {
  const folder = await copy()
  await copyFile(older, join(folder, 'muster.db'))
  const workspace = await openWorkspace(folder)
  const { officer } = workspace
  const words = /checkpoints.log remembers a checkpoint over \d+ events, but the log holds only \d+: an older copy of the database was put back.*take the last backup back with "muster restore"/
  const failing = async (): Promise<string[][]> =>
    (await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome === 'failed').map(({ code, detail }) => [code, detail])
  expect(await failing()).toEqual([['witnesses', expect.stringMatching(words)]])
  await officer.campaigns.close({ campaign: closed })
  const refused = await officer.evidence.seal({ campaign: closed, passphrase }).then(finish).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(words) })

  // Working on until the log is long enough again does not help: it is another log.
  for (let n = 0; n < 40; n += 1) await officer.policies.setSodRules({ rules: [] })
  expect(await failing()).toEqual([['witnesses', expect.stringMatching(/not the ones the log holds now: the log was rewritten/)]])
  expect(await officer.evidence.seal({ campaign: closed, passphrase }).then(finish).catch((error: unknown) => error)).toMatchObject({ code: 'CONFLICT' })
  await workspace.close()
})

test('a bundle witnesses too: cutting the log after a seal is caught even where the notes beside the database are gone', async () => {
  const folder = await copy()
  const kept = join(place, `before-seal-${copies}.db`)
  const workspace = await openWorkspace(folder)
  await workspace.officer.workspace.backup({ file: kept })
  await finish(await workspace.officer.evidence.seal({ campaign: closed, passphrase }))
  await workspace.close()
  await copyFile(kept, join(folder, 'muster.db'))
  await rm(join(folder, 'checkpoints.log'))
  const { failed, seal, bundles } = await verdictOn(folder)
  expect(failed['witnesses']).toMatch(/^bundles\/.*\.muster remembers a checkpoint over \d+ events, but the log holds only \d+/)
  expect([seal?.code, bundles.length]).toEqual(['CONFLICT', 1])
})

test('what a past snapshot showed cannot be edited unnoticed', async () => {
  const folder = await tampered((db) => db.exec('DELETE FROM access_grant WHERE id = 1'))
  const { officer, close } = await openWorkspace(folder)
  const id = (await officer.inventory.snapshots()).find(({ grants }) => grants > 0)?.id ?? 0
  const { snapshot, recomputedHash } = await officer.inventory.snapshotRows({ snapshot: id, from: 0, limit: 1 })
  expect(recomputedHash).not.toBe(snapshot.contentHash)
  await close()
  expect(createHash('sha256').update('').digest('hex')).not.toBe(recomputedHash)
})
