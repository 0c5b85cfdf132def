import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { waitingItems } from '../../src/main/storage/absences.ts'
import { openStore } from '../../src/main/storage/database.ts'
import { delegations, holidays } from '../../src/main/storage/delegations.ts'
import { microRules } from '../../src/main/storage/micro-reviews.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { recurrences } from '../../src/main/storage/recurrences.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a workspace from before the calendar keeps its people and campaigns, and begins with an empty calendar', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0011'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.exec(`
    INSERT INTO person (id, email, display_name, roles) VALUES (1, 'mia@example.com', 'Mia', '["reviewer"]');
    INSERT INTO campaign (id, name, state, spec, spec_hash, as_of, created_at, created_by) VALUES (1, 'Q1', 'running', '{}', 'x', '2026-01-01', '2026-01-01T00:00:00Z', 'mia@example.com');`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    const { db } = store
    expect([await delegations(db), await holidays(db), await recurrences(db), await microRules(db), await waitingItems(db, 1)]).toEqual([[], [], [], [], []])
    expect(await db.selectFrom('campaign').innerJoin('person', 'person.email', 'campaign.created_by').select(['campaign.name', 'person.display_name']).execute())
      .toEqual([{ name: 'Q1', display_name: 'Mia' }])
  } finally {
    await store.close()
  }
})
