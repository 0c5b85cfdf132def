import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { faultsOfCopy, openCopy } from '../../src/main/storage/backup.ts'
import { openStore, type Store } from '../../src/main/storage/database.ts'
import { copyHeld } from '../../src/main/storage/held-copy.ts'
import { useKey } from '../../src/main/storage/store-key.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const key = 'c4'.repeat(32)

/** An encrypted store of some 14 megabytes in which every pair of rows adds up to nothing. */
async function pairs(): Promise<{ readonly store: Store; readonly folder: string; readonly addPairs: (many: number) => void }> {
  const folder = await temporaryFolder()
  const store = await openStore(join(folder, 'muster.db'), { mustExist: false, key })
  onTestFinished(() => store.close())
  store.sqlite.exec('CREATE TABLE pair (id INTEGER PRIMARY KEY, value INTEGER, filler TEXT)')
  const insert = store.sqlite.prepare('INSERT INTO pair (value, filler) VALUES (?, ?)')
  const addPairs = store.sqlite.transaction((many: number) => {
    for (let n = 0; n < many; n += 1) for (const value of [n + 1, -n - 1]) insert.run(value, 'x'.repeat(300))
  })
  addPairs(20_000)
  return { store, folder, addPairs }
}

async function readBack(path: string): Promise<{ rows: number; sum: number; faults: readonly string[] }> {
  const copy = await openCopy(path, key)
  try {
    const { rows, sum } = copy.sqlite.prepare('SELECT count(*) AS rows, sum(value) AS sum FROM pair').get() as { rows: number; sum: number }
    return { rows, sum, faults: faultsOfCopy(copy) }
  } finally {
    await copy.close()
  }
}

const watching = (onShare: (share: number) => void = () => undefined, signal = new AbortController().signal) => ({ signal, onShare })

test('a copy is one moment of the database, whatever is written, changed and moved out of the log while it is made', async () => {
  const { store, folder, addPairs } = await pairs()
  const path = join(folder, 'copy.db')
  const shares: number[] = []
  let written = 0
  await copyHeld(store, path, watching((share) => {
    shares.push(share)
    addPairs(200)
    store.sqlite.exec('UPDATE pair SET value = value * 2')
    store.sqlite.pragma('wal_checkpoint(PASSIVE)')
    written += 400
  }))
  expect(shares.length).toBeGreaterThan(2)
  expect(shares.at(-1)).toBe(1)
  expect(await readBack(path)).toEqual({ rows: 40_000, sum: 0, faults: [] })
  expect(existsSync(`${path}-wal`)).toBe(false)
  expect(store.sqlite.prepare('SELECT count(*) AS rows FROM pair').get()).toEqual({ rows: 40_000 + written })
  // Nobody holds the log any longer: it can be emptied.
  expect(store.sqlite.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }])
}, 60_000)

test('where another never stops reading an older moment, the copy is made in one go and is as whole', async () => {
  const { store, folder, addPairs } = await pairs()
  const other = new Database(store.path)
  onTestFinished(() => { other.close() })
  useKey(other, key)
  other.exec('BEGIN')
  other.prepare('SELECT count(*) FROM pair').get()
  addPairs(50)
  await copyHeld(store, join(folder, 'copy.db'), watching(), 60)
  expect(await readBack(join(folder, 'copy.db'))).toEqual({ rows: 40_100, sum: 0, faults: [] })
}, 60_000)

test('a copy that is stopped ends at once and holds nothing back', async () => {
  const { store, folder } = await pairs()
  const stop = new AbortController()
  await expect(copyHeld(store, join(folder, 'copy.db'), watching(() => stop.abort(new Error('stopped')), stop.signal))).rejects.toThrow('stopped')
  store.sqlite.exec('DELETE FROM pair WHERE id % 2 = 0')
  expect(store.sqlite.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }])
}, 60_000)
