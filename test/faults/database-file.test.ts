import { mkdir, mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { initWorkspace } from '../../src/main/app.ts'
import { inTransaction, openStore, StoreError } from '../../src/main/storage/database.ts'
import { buildWorkspace, copyWorkspace, olga, openWorkspace, passphrase, type TestWorkspace } from '../support/workspace-builder.ts'
import { runMuster } from './cli-process.ts'
import { errorOf, sha256Of, startErrorOf } from './refusals.ts'
import { expectSound } from './soundness.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-test-'))
  template = join(place, 'workspace')
  await (await buildWorkspace(template)).close()
})
afterAll(() => rm(place, { recursive: true, force: true }))

function copy(): Promise<string> {
  return copyWorkspace(template, join(place, `copy-${copies++}`))
}

async function opened(folder: string): Promise<TestWorkspace> {
  const workspace = await openWorkspace(folder)
  onTestFinished(workspace.close)
  return workspace
}

test('a database another program keeps to itself cannot be opened, says so, and opens once it is free', async () => {
  const folder = await copy()
  const other = new Database(join(folder, 'muster.db'))
  other.pragma('locking_mode = EXCLUSIVE')
  other.exec('BEGIN EXCLUSIVE')
  const error = await startErrorOf(folder)
  expect([error.code, error.message]).toEqual(['locked', expect.stringMatching(/locked by another program/)])
  other.close()
  await expectSound(await opened(folder))
})

test('a file that is no database is refused with a sentence and left alone', async () => {
  const folder = await copy()
  const path = join(folder, 'muster.db')
  await writeFile(path, 'x'.repeat(10_000))
  const before = await sha256Of(path)
  expect(await startErrorOf(folder)).toMatchObject({ message: expect.stringContaining(`${path} is not a Muster database, or it is encrypted and there is no key file`) })
  expect(await sha256Of(path)).toBe(before)
  const { exit, err } = await runMuster(['status', '--workspace', folder])
  expect([exit, err]).toEqual([2, expect.stringMatching(/is not a Muster database/)])
})

test.each<[string, (path: string) => Promise<void>]>([
  ['cut off in the middle', async (path) => truncate(path, 4096 * 20)],
  ['with pages overwritten', async (path) => {
    const file = await open(path, 'r+')
    await file.write(Buffer.alloc(4096 * 12, 0xa5), 0, 4096 * 12, 4096)
    await file.close()
  }],
])('a database %s is called damaged, and the backup is named as the way out', async (_, damage) => {
  const folder = await copy()
  const path = join(folder, 'muster.db')
  await damage(path)
  const error = await errorOf(
    (async () => {
      const workspace = await openWorkspace(folder)
      try {
        await workspace.officer.workspace.status()
        await workspace.officer.evidence.checkLog()
      } finally {
        await workspace.close()
      }
    })(),
  )
  expect(error.message).toMatch(/is damaged.*backup/)
  expect(['STORE', 'other']).toContain(error.code)
  // The good copy in its place, and all is there.
  await copyWorkspace(join(template, 'muster.db'), path)
  await expectSound(await opened(folder))
})

test('a database from a newer version is left untouched for that version', async () => {
  const folder = await copy()
  const path = join(folder, 'muster.db')
  const db = new Database(path)
  db.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)').run('9999-from-the-future', '2036-01-01T00:00:00.000Z')
  db.close()
  const before = await sha256Of(path)
  expect(await startErrorOf(folder)).toMatchObject({
    message: 'This workspace was written by a newer version of Muster. Nothing was changed; open it with that version.',
  })
  expect(await sha256Of(path)).toBe(before)
  const again = new Database(path)
  again.exec('DELETE FROM kysely_migration WHERE name = \'9999-from-the-future\'')
  again.close()
  await expectSound(await opened(folder))
})

test('a workspace is made whole or not at all: not over somebody\'s files, not with a passphrase that is too short', async () => {
  const folder = join(place, `new-${copies++}`)
  const input = { name: 'New', officerEmail: olga, officerName: 'Olga', passphrase: 'short', isSample: false, at: null }
  await expect(initWorkspace(folder, input)).rejects.toThrow(/at least 8 characters. Nothing was made/)
  await mkdir(folder)
  await writeFile(join(folder, 'mine.txt'), 'mine')
  await expect(initWorkspace(folder, { ...input, passphrase })).rejects.toThrow(/is not empty. Nothing was changed/)
  expect(await readdir(folder)).toEqual(['mine.txt'])
  expect((await readdir(place)).filter((name) => name.includes('muster-init'))).toEqual([])
})

test('a store that may not grow says so, keeps what it has, and goes on when it may', async () => {
  const store = await openStore(join(await copy(), 'muster.db'), { mustExist: true })
  try {
    const pages = Number(store.sqlite.pragma('page_count', { simple: true }))
    store.sqlite.pragma(`max_page_count = ${pages + 4}`)
    const fillTable = (): Promise<void> =>
      inTransaction(store, async (queries) => {
        for (let n = 0; n < 50; n += 1) await queries.insertInto('workspace').values({ key: `filler-${n}`, value: 'x'.repeat(4_000) }).execute()
      })
    const error = await errorOf(fillTable())
    expect(error).toBeInstanceOf(StoreError)
    expect([error.code, error.message]).toEqual(['disk-full', expect.stringMatching(/is full. The last step was not saved, everything before it was/)])
    expect((await store.db.selectFrom('workspace').select('key').execute()).map(({ key }) => key)).toEqual(['settings'])
    store.sqlite.pragma('max_page_count = 1073741823')
    await fillTable()
  } finally {
    await store.close()
  }
})

test('a backup is refused where its folder is missing or its name is taken, and what is there is not touched', async () => {
  const workspace = await opened(await copy())
  const { officer } = workspace
  const file = join(place, `backup-${copies++}.db`)
  expect(await errorOf(officer.workspace.backup({ file: join(place, 'nowhere', 'b.db') }))).toMatchObject({
    code: 'INVALID', message: expect.stringMatching(/folder of .* does not exist. No backup was made/),
  })
  const { sha256, events } = await officer.workspace.backup({ file })
  expect(await errorOf(officer.workspace.backup({ file }))).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/was not overwritten/) })
  expect(await sha256Of(file)).toBe(sha256)
  // The backup's own event is written after it.
  expect((await officer.workspace.status()).events).toBe(events + 1)
  await expectSound(workspace)
})

test('what a transaction has read cannot go stale: from its first moment nobody else can write', async () => {
  const path = join(await copy(), 'muster.db')
  const store = await openStore(path, { mustExist: true })
  const other = new Database(path, { timeout: 0 })
  try {
    const write = (key: string): void => {
      other.prepare('INSERT INTO workspace (key, value) VALUES (?, ?)').run(key, '')
    }
    await inTransaction(store, async (queries) => {
      const before = await queries.selectFrom('workspace').selectAll().execute()
      expect(() => {
        write('meanwhile')
      }).toThrow(/locked/)
      await queries.insertInto('workspace').values({ key: 'mine', value: String(before.length) }).execute()
    })
    write('afterwards')
    const keys = (await store.db.selectFrom('workspace').select('key').orderBy('key').execute()).map(({ key }) => key)
    expect(keys).toEqual(['afterwards', 'mine', 'settings'])
  } finally {
    other.close()
    await store.close()
  }
})
