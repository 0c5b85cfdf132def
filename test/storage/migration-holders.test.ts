import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { holdersPage } from '../../src/main/storage/entitlement-detail.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('holders of a store from before are the same afterwards, ended grants left out, and are counted from the index alone', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0021'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.exec(`
    INSERT INTO source (id, name, kind, config, created_at) VALUES (1, 'ad', 'csv-entitlements', '{"file":"x"}', '2026-01-01T00:00:00Z');
    INSERT INTO account (id, source_id, native_id, native_key, kind, link_reason, from_snapshot)
    VALUES (1, 1, 'ann', 'ann', 'employee', 'no-candidate', 1), (2, 1, 'bob', 'bob', 'employee', 'no-candidate', 1);
    INSERT INTO entitlement (id, source_id, native_id, name, application, privilege, risk, from_snapshot) VALUES (7, 1, 'pay', 'Pay', 'Bank', 'none', 'low', 1);
    INSERT INTO access_grant (id, source_id, account_id, entitlement_id, path, from_snapshot, to_snapshot) VALUES (1, 1, 1, 7, 'direct', 1, NULL), (2, 1, 2, 7, 'direct', 1, 2);`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    const { total, holders } = await holdersPage(store.db, { entitlementId: 7, text: '', from: 0, limit: 10 })
    expect([total, holders.map(({ account }) => account.nativeId)]).toEqual([1, ['ann']])
    const plan = store.sqlite.prepare('EXPLAIN QUERY PLAN SELECT count(DISTINCT account_id) FROM access_grant WHERE entitlement_id = 7 AND to_snapshot IS NULL').all()
    expect(JSON.stringify(plan)).toContain('COVERING INDEX access_grant_by_entitlement')
  } finally {
    await store.close()
  }
})
