import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { insertActivation, activations } from '../../src/main/storage/learned-models.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it('an item frozen before there were calibrated figures keeps every word, and its confidence stays a word', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  await migrate(path, '0003')
  const old = new Database(path)
  old.pragma('foreign_keys = OFF')
  const columns = old.prepare<[], { name: string; type: string }>('PRAGMA table_info(review_item)').all()
  const values = columns.map(({ name, type }) => (type === 'INTEGER' ? 7 : name))
  old.prepare(`INSERT INTO review_item (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...values)
  old.close()

  await migrate(path, '0004')
  const now = new Database(path)
  onTestFinished(() => { now.close() })
  const item = now.prepare('SELECT * FROM review_item').get()
  expect(item).toEqual({ ...Object.fromEntries(columns.map(({ name }, at) => [name, values[at]])), chance: null })
  expect(() => now.prepare('UPDATE review_item SET chance = 99').run()).toThrow(/append-only evidence/)
})

/** Brings a database to the last migration of this number or below. */
async function migrate(path: string, to: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(path) }) })
  const chosen = Object.fromEntries(Object.entries(migrations).filter(([name]) => name.slice(0, 4) <= to))
  const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(chosen) } }).migrateToLatest()
  await db.destroy()
  expect(error).toBeUndefined()
}

it('which model was in force when cannot be rewritten', async () => {
  const store = await openStore(join(await temporaryFolder(), 'muster.db'), { mustExist: false })
  onTestFinished(store.close)
  await insertActivation(store.db, { eventSeq: 3, modelId: null, at: '2026-01-01T00:00:00Z', by: 'olga@x.example', isRollback: true, reason: 'x' })
  expect(() => store.sqlite.prepare('UPDATE model_activation SET model_id = 2').run()).toThrow(/append-only evidence/)
  expect(() => store.sqlite.prepare('DELETE FROM model_activation').run()).toThrow(/append-only evidence/)
  expect(await activations(store.db)).toHaveLength(1)
})
