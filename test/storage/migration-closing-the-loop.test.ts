import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { lastDailyWork } from '../../src/main/storage/daily-work.ts'
import { openStore } from '../../src/main/storage/database.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { plantedItems } from '../../src/main/storage/planted-items.ts'
import { ticketsDue } from '../../src/main/storage/ticket-watch.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a workspace from before the daily work closed the loop keeps its removals as they stand, and their tickets are asked about from now on', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0018'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec(`
    INSERT INTO remediation (id, campaign_id, item_id, basis, state, source_id, grant_id, account_id, entitlement_id, path, root, way, baseline_snapshot, decided_by, planned_on, due_on,
      means, ticket_system, ticket_key, ticket_url, requested_by, requested_at)
    VALUES (1, 1, 1, 'decision', 'requested', 1, 1, 1, 1, 'direct', 'pay', 'direct', 1, '[]', '2026-01-01', '2026-01-15', 'ticket', 'jira', 'IAM-7', 'https://x.example', 'olga', '2026-01-02T00:00:00.000Z'),
      (2, 1, 2, 'decision', 'planned', 1, 2, 1, 1, 'direct', 'pay', 'direct', 1, '[]', '2026-01-01', '2026-01-15', NULL, NULL, NULL, NULL, NULL, NULL);`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    const { db } = store
    expect(await db.selectFrom('remediation').select(['id', 'state', 'ticket_key', 'used_after', 'restore_means']).orderBy('id').execute()).toEqual([
      { id: 1, state: 'requested', ticket_key: 'IAM-7', used_after: null, restore_means: null }, { id: 2, state: 'planned', ticket_key: null, used_after: null, restore_means: null },
    ])
    expect(await ticketsDue(db, '2026-03-01T00:00:00.000Z', 10)).toEqual([
      { system: 'jira', key: 'IAM-7', state: null, failures: 0, requestedAt: '2026-01-02T00:00:00.000Z', removals: [1], restores: [] },
    ])
    expect([await lastDailyWork(db, 10), await plantedItems(db, 1)]).toEqual([[], []])
  } finally {
    await store.close()
  }
})
