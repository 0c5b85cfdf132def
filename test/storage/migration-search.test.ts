import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { searchInventory } from '../../src/main/storage/search.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a workspace from before the search index finds what it holds, and counts holders as before', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0006'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.exec(`
    INSERT INTO source (id, name, kind, config, created_at) VALUES (1, 'ad', 'csv-entitlements', '{"file":"x"}', '2026-01-01T00:00:00Z');
    INSERT INTO identity (id, origin, kind, display_name, status) VALUES (7, 'hr:E1', 'employee', 'Jörg Müller', 'active');
    INSERT INTO account (id, source_id, native_id, native_key, kind, identity_id, link_reason, from_snapshot) VALUES (3, 1, 'jmuller', 'jmuller', 'unknown', 7, 'email', 1);
    INSERT INTO entitlement (id, source_id, native_id, name, application, privilege, risk, from_snapshot) VALUES (5, 1, 'g1', 'Payroll approvers', 'ERP', 'none', 'low', 1);
    INSERT INTO access_grant (source_id, account_id, entitlement_id, path, from_snapshot) VALUES (1, 3, 5, 'direct', 1), (1, 3, 5, 'via X', 1);`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    const found = await searchInventory(store.db, { text: 'muller', of: 'all', from: 0, limit: 10 })
    expect(found).toMatchObject({ identities: [{ id: 7 }], accounts: [{ id: 3, source: 'ad', login: null }] })
    expect(await searchInventory(store.db, { text: 'approv', of: 'entitlements', from: 0, limit: 10 })).toMatchObject({ entitlements: [{ id: 5, holders: 1 }], identities: [] })
  } finally {
    await store.close()
  }
})
