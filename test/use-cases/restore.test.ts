import { cp, mkdtemp, readdir, rm, truncate, writeFile, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { initWorkspace, restoreWorkspace, type RestoreRequest } from '../../src/main/app.ts'
import { buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf } from '../support/workspace-builder.ts'
import { swapDatabase } from '../../src/main/storage/swap-database.ts'

let place: string
let template: string
let backup: string
let campaign: number
let copies = 0

// A backup in the middle of a campaign, and eight signed decisions after it.
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  backup = join(place, 'before.muster-backup')
  const workspace = await buildWorkspace(template)
  const { officer } = workspace
  campaign = await launch(officer, specOf('Quarter', {
    rules: { reasonRequired: [], controlSharePercent: 0 }, reviewers: { order: ['named'], named: olga, fallback: mia },
  }))
  const { items } = await officer.review.queue({ campaign })
  const keep = (n: number): Promise<unknown> => officer.review.decide({ itemId: items[n]?.itemId ?? 0, outcome: 'keep' })
  for (let n = 0; n < 4; n += 1) await keep(n)
  await officer.review.signOff({ campaign, passphrase })
  await officer.workspace.backup({ file: backup })
  for (let n = 4; n < 8; n += 1) await keep(n)
  await officer.review.signOff({ campaign, passphrase })
  await workspace.close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

const copy = (): Promise<string> => copyWorkspace(template, join(place, `copy-${copies++}`))
const request = (change: Partial<RestoreRequest> = {}): RestoreRequest => ({ file: backup, officer: null, passphrase, reason: 'the disk failed', ...change })

interface Seen { readonly isValid: boolean; readonly failed: Readonly<Record<string, string>>; readonly witnesses: string; readonly events: number; readonly signedOff: number }

async function look(folder: string): Promise<Seen> {
  const { officer, close } = await openWorkspace(folder)
  try {
    const { isValid, checks } = await officer.evidence.checkLog()
    const status = await officer.workspace.status()
    return {
      isValid, failed: Object.fromEntries(checks.filter(({ outcome }) => outcome === 'failed').map(({ code, detail }) => [code, detail])),
      witnesses: checks.find(({ code }) => code === 'witnesses')?.detail ?? '', events: status.events,
      signedOff: status.campaigns[0]?.progress.signedOff ?? 0,
    }
  } finally {
    await close()
  }
}

test('a restored backup takes the database\'s place, says so in the signed log, and the log check passes and tells of it', async () => {
  const folder = await copy()
  const before = await look(folder)
  expect(before).toMatchObject({ isValid: true, signedOff: 8 })
  const done = await restoreWorkspace(folder, request())
  expect(done).toMatchObject({ replacedEvents: before.events, abandoned: 1, eventSeq: done.events })
  const after = await look(folder)
  expect(after).toMatchObject({ isValid: true, signedOff: 4, events: done.events + 1 })
  expect(after.witnesses).toContain(`event ${done.eventSeq} records that the backup before.muster-backup over ${done.events} events was restored`)
  // The replaced database is kept whole, and still opens by itself.
  const kept = new Database(join(done.setAside ?? '', 'muster.db'), { readonly: true })
  expect(kept.prepare('SELECT count(*) AS n FROM evidence_event').get()).toEqual({ n: before.events })
  kept.close()
  expect((await readdir(folder)).filter((name) => name.startsWith('restore-'))).toEqual([])
})

test('work goes on after a restore: decisions, sign-off, close and a seal that verifies', async () => {
  const folder = await copy()
  await restoreWorkspace(folder, request())
  const { officer, close } = await openWorkspace(folder)
  try {
    for (const { itemId, state } of (await officer.review.queue({ campaign })).items) if (state === 'undecided') await officer.review.decide({ itemId, outcome: 'keep' })
    await officer.review.signOff({ campaign, passphrase })
    await officer.campaigns.close({ campaign })
    const { path } = await finish(await officer.evidence.seal({ campaign, passphrase }))
    expect(await officer.evidence.verify({ bundle: path })).toMatchObject({ isValid: true })
    expect(await officer.evidence.checkLog()).toMatchObject({ isValid: true })
  } finally {
    await close()
  }
})

test('an older database put back by hand is not signed for: a sign-off is refused with what to do, and nothing is written', async () => {
  const folder = await copy()
  await cp(backup, join(folder, 'muster.db'))
  const { officer, close } = await openWorkspace(folder)
  try {
    const [open] = (await officer.review.queue({ campaign })).items.filter(({ state }) => state === 'undecided')
    await officer.review.decide({ itemId: open?.itemId ?? 0, outcome: 'keep' })
    const before = (await officer.workspace.status()).events
    await expect(officer.review.signOff({ campaign, passphrase })).rejects.toThrow(/remembers a signed checkpoint over \d+ events, but the log holds only \d+.*muster restore/)
    expect((await officer.workspace.status()).events).toBe(before)
  } finally {
    await close()
  }
})

test('working on behind an older copy until the log is long enough does not help: what was signed is not what it extends', async () => {
  const folder = await copy()
  await cp(backup, join(folder, 'muster.db'))
  const { officer, close } = await openWorkspace(folder)
  try {
    for (let n = 0; n < 40; n += 1) await officer.policies.setSodRules({ rules: [] })
    await officer.review.decide({ itemId: (await officer.review.queue({ campaign })).items.find(({ state }) => state === 'undecided')?.itemId ?? 0, outcome: 'keep' })
    await expect(officer.review.signOff({ campaign, passphrase })).rejects.toThrow(/remembers a signed checkpoint over \d+ events, but the log now holds other events/)
  } finally {
    await close()
  }
})

test('an event edited before the last checkpoint, its stored hashes mended, is not signed over: the Merkle proof fails', async () => {
  const folder = await copy()
  const db = new Database(join(folder, 'muster.db'))
  for (const { name } of db.prepare<[], { name: string }>('SELECT name FROM sqlite_master WHERE type = \'trigger\'').all()) db.exec(`DROP TRIGGER ${name}`)
  db.exec('UPDATE evidence_event SET leaf = (SELECT leaf FROM evidence_event WHERE seq = 4) WHERE seq = 5')
  db.close()
  const { officer, close } = await openWorkspace(folder)
  try {
    await officer.review.decide({ itemId: (await officer.review.queue({ campaign })).items.find(({ state }) => state === 'undecided')?.itemId ?? 0, outcome: 'keep' })
    await expect(officer.review.signOff({ campaign, passphrase })).rejects.toThrow(/does not extend its last signed checkpoint: events before number \d+ .*muster log check/)
  } finally {
    await close()
  }
})

test('a restore recorded by hand, without the officer\'s signature behind it, excuses nothing', async () => {
  const folder = await copy()
  await restoreWorkspace(folder, request())
  const db = new Database(join(folder, 'muster.db'))
  for (const { name } of db.prepare<[], { name: string }>('SELECT name FROM sqlite_master WHERE type = \'trigger\'').all()) db.exec(`DROP TRIGGER ${name}`)
  db.exec('DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)')
  db.close()
  const { isValid, failed } = await look(folder)
  expect(isValid).toBe(false)
  expect(failed['witnesses']).toContain('but no officer signed that')
})

test('a damaged or missing database is replaced all the same, and what is left of it is kept', async () => {
  const damaged = await copy()
  await truncate(join(damaged, 'muster.db'), 50_000)
  const done = await restoreWorkspace(damaged, request())
  expect(done).toMatchObject({ replacedEvents: null, abandoned: 1 })
  expect(existsSync(join(done.setAside ?? '', 'muster.db'))).toBe(true)
  expect(await look(damaged)).toMatchObject({ isValid: true, signedOff: 4 })

  // So much is gone that not even its tables can be listed.
  const shattered = await copy()
  await truncate(join(shattered, 'muster.db'), 9_000)
  expect(await restoreWorkspace(shattered, request())).toMatchObject({ replacedEvents: null, abandoned: 1 })

  const missing = await copy()
  await rm(join(missing, 'muster.db'))
  expect(await restoreWorkspace(missing, request())).toMatchObject({ replacedEvents: null, setAside: null })
  expect(await look(missing)).toMatchObject({ isValid: true, signedOff: 4 })
})

/** Every file of a folder with its bytes, the lock aside. */
async function contents(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !entry.name.startsWith('workspace.lock')) files.set(path, (await readFile(path)).toString('base64'))
  }
  return files
}

test('what cannot be restored is refused with a sentence, and not a byte of the workspace changes', async () => {
  const folder = await copy()
  const nonsense = join(place, 'nonsense')
  await writeFile(nonsense, 'no database at all'.repeat(500))
  const cut = join(place, 'cut')
  await cp(backup, cut)
  await truncate(cut, 60_000)
  const edited = join(place, 'edited')
  await cp(backup, edited)
  const db = new Database(edited)
  for (const { name } of db.prepare<[], { name: string }>('SELECT name FROM sqlite_master WHERE type = \'trigger\'').all()) db.exec(`DROP TRIGGER ${name}`)
  db.exec('UPDATE evidence_event SET line = replace(line, \'keep\', \'revoke\') WHERE kind = \'decision-made\'')
  db.close()
  const stranger = join(place, 'stranger')
  await initWorkspace(stranger, { name: 'Else', officerEmail: olga, officerName: 'Olga', passphrase, isSample: false, at: null })
  const foreign = join(place, 'foreign')
  const other = await openWorkspace(stranger)
  await other.officer.workspace.backup({ file: foreign })
  await other.close()

  const before = await contents(folder)
  const refused: readonly (readonly [Partial<RestoreRequest>, RegExp])[] = [
    [{ file: join(place, 'nowhere') }, /does not exist/], [{ file: nonsense }, /damaged, or not a Muster database/], [{ file: cut }, /not restored/],
    [{ file: edited }, /not restored: event \d+/], [{ file: foreign }, /another workspace/], [{ passphrase: 'wrong one' }, /passphrase does not open/],
    [{ reason: ' ' }, /Say why/], [{ officer: mia }, /not a compliance officer/],
  ]
  for (const [change, why] of refused) await expect(restoreWorkspace(folder, request(change))).rejects.toThrow(why)
  expect([...(await contents(folder)).keys()].sort()).toEqual([...before.keys()].sort())
  expect(await contents(folder)).toEqual(before)
})

test('while the workspace is open nothing is restored into it', async () => {
  const folder = await copy()
  const { close } = await openWorkspace(folder)
  await expect(restoreWorkspace(folder, request())).rejects.toThrow(/Another Muster/)
  await close()
})

test('a swap that is cut off leaves the former database in place', async () => {
  const folder = await copy()
  const before = await readFile(join(folder, 'muster.db'))
  await expect(swapDatabase(join(folder, 'muster.db'), join(folder, 'no-such-draft'), join(folder, 'set-aside', 'x'))).rejects.toThrow()
  expect(await readFile(join(folder, 'muster.db'))).toEqual(before)
  expect(await look(folder)).toMatchObject({ isValid: true, signedOff: 8 })
})

test('killed at any moment of a restore, the workspace is the former or the restored one, whole', { timeout: 180_000 }, async () => {
  const outcomes: number[] = []
  for (let round = 0; round < 6; round += 1) {
    const folder = await copy()
    const code = `import('${new URL('../../src/main/app.ts', import.meta.url).href}').then(async ({ restoreWorkspace }) => {
      process.stdout.write('ready'); await restoreWorkspace(${JSON.stringify(folder)}, ${JSON.stringify(request())}); process.stdout.write('done') })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    setTimeout(() => child.kill('SIGKILL'), 60 + round * 110)
    await ended
    const { isValid, signedOff } = await look(folder)
    expect(isValid).toBe(true)
    expect([4, 8]).toContain(signedOff)
    outcomes.push(signedOff)
    expect((await readdir(folder)).filter((name) => name.startsWith('restore-'))).toEqual([])
  }
  expect(outcomes).toHaveLength(6)
})
