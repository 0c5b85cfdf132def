import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { allSodRules } from '../../src/main/storage/sod-rules.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it('rules written before there were tags, safeguards and reach are carried over and mean the same', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(path) }) })
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0003'))
  const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve(before) } }).migrateToLatest()
  expect(error).toBeUndefined()
  await db.destroy()
  const old = new Database(path)
  old.prepare('INSERT INTO sod_rule VALUES (?, ?, ?, ?, ?, ?)').run('pay', 'Pay "twice"', 'critical', 'Ärger', '["A","b c"]', '["Ünï\\"x"]')
  old.prepare('INSERT INTO sod_rule VALUES (?, ?, ?, ?, ?, ?)').run('ship', 'Ship', 'medium', '', '["S"]', '["T"]')
  old.close()

  const store = await openStore(path, { mustExist: true })
  onTestFinished(store.close)
  expect(await allSodRules(store.db)).toEqual([
    {
      id: 'pay', name: 'Pay "twice"', severity: 'critical', description: 'Ärger', reason: '', within: 'anywhere', compensating: null,
      left: { entitlements: [{ id: 'A', source: null }, { id: 'b c', source: null }], tags: [] }, right: { entitlements: [{ id: 'Ünï"x', source: null }], tags: [] },
    },
    {
      id: 'ship', name: 'Ship', severity: 'medium', description: '', reason: '', within: 'anywhere', compensating: null,
      left: { entitlements: [{ id: 'S', source: null }], tags: [] }, right: { entitlements: [{ id: 'T', source: null }], tags: [] },
    },
  ])
})
