import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { inTransaction, openStore, type Store } from '../../src/main/storage/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const put = (store: Store, key: string) =>
  inTransaction(store, (queries) => queries.insertInto('workspace').values({ key, value: 'here' }).execute())

const keysOf = async (store: Store): Promise<string[]> =>
  (await store.db.selectFrom('workspace').select('key').orderBy('key').execute()).map(({ key }) => key)

async function storeBesideAnother(): Promise<{ store: Store; other: Database.Database }> {
  const path = join(await temporaryFolder(), 'muster.db')
  const store = await openStore(path, { mustExist: false })
  const other = new Database(path)
  onTestFinished(async () => {
    other.close()
    await store.close()
  })
  return { store, other }
}

test('a write waits for another connection\'s transaction, and reads are answered meanwhile', async () => {
  const { store, other } = await storeBesideAnother()
  other.exec("BEGIN IMMEDIATE; INSERT INTO workspace (key, value) VALUES ('first', 'there')")
  let isWritten = false
  const writing = put(store, 'second').then(() => {
    isWritten = true
  })
  for (let read = 0; read < 5; read++) {
    await sleep(10)
    expect(await keysOf(store)).toEqual([])
  }
  expect(isWritten).toBe(false)
  other.exec('COMMIT')
  await writing
  expect(await keysOf(store)).toEqual(['first', 'second'])
})

test('writes that waited for the same lock are all made, each once', async () => {
  const { store, other } = await storeBesideAnother()
  other.exec('BEGIN IMMEDIATE')
  const writing = Promise.all(['a', 'b', 'c'].map((key) => put(store, key)))
  await sleep(30)
  other.exec('ROLLBACK')
  await writing
  expect(await keysOf(store)).toEqual(['a', 'b', 'c'])
})

test('an error of the work itself is not mistaken for a held lock: it is thrown at once and leaves nothing', async () => {
  const { store } = await storeBesideAnother()
  let attempts = 0
  const work = inTransaction(store, async (queries) => {
    attempts += 1
    await queries.insertInto('workspace').values({ key: 'half', value: 'done' }).execute()
    throw new Error('the work failed')
  })
  await expect(work).rejects.toThrow('the work failed')
  expect([attempts, await keysOf(store)]).toEqual([1, []])
})
