import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { rawExtracts } from '../../src/main/storage/report-figures.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('runs from before kept copies had hashes: originals stay checkable, blanked copies stay bound by the original\'s hash alone', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0012'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.exec(`
    INSERT INTO source (id, name, kind, config, created_at) VALUES (1, 'ad', 'csv-entitlements', '{"file":"x"}', '2026-01-01T00:00:00Z');
    INSERT INTO run (id, source_id, state, as_of, started_at, actor, query, file_name, file_bytes, file_sha256, stored_as, stored_bytes, protected_columns, notes)
    VALUES (1, 1, 'complete', '2026-01-01', '2026-01-01T00:00:00Z', 'o', 'q', 'a.csv', 10, 'aa', 'aa.gz', 9, '[]', '[]'),
      (2, 1, 'complete', '2026-01-02', '2026-01-02T00:00:00Z', 'o', 'q', 'b.csv', 20, 'bb', 'bb.blanked.csv.gz', 9, '["gender"]', '[]');`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    expect(await rawExtracts(store.db, [1, 2])).toMatchObject([
      { run: 1, sha256: 'aa', bytes: 10, isWhole: true }, { run: 2, sha256: 'bb', bytes: 20, isWhole: false },
    ])
  } finally {
    await store.close()
  }
})
