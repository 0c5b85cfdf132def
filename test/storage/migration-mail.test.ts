import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { campaignsWithLetters } from '../../src/main/storage/escalations.ts'
import { campaignsWithWaiting, insertLetters, lettersDue, lettersOf, reserveLetter } from '../../src/main/storage/letters.ts'
import { loadMailSettings } from '../../src/main/storage/mail-settings.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a workspace from before mail keeps the letters its ladders ask for, has mail off, and takes each letter to a person once on each occasion', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0024'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec(`
    INSERT INTO campaign (id, name, state, spec, spec_hash, as_of, created_at, created_by, stage) VALUES (1, 'Q1', 'running', '{}', 'x', '2026-01-01', '2026-01-01T00:00:00.000Z', 'olga@example.com', 1);
    INSERT INTO escalation_done (campaign_id, stage, due_on, day, action, event_seq, letters_wait) VALUES (1, 1, '2026-02-01', -3, 'remind', 7, 1);`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    const { db } = store
    expect([await campaignsWithLetters(db), await campaignsWithWaiting(db), await loadMailSettings(db), await lettersOf(db, 1, 'all')]).toEqual([[1], [], null, []])
    const letters = { campaign: 1, stage: 1, occasion: 'ladder 1 2026-02-01 -3', kind: 'reminder' as const, askedBy: 'system', at: '2026-01-28T09:00:00.000Z' }
    expect(await insertLetters(db, { ...letters, people: ['ada@example.com', 'mia@example.com'] })).toBe(2)
    expect(await insertLetters(db, { ...letters, people: ['mia@example.com', 'tom@example.com'] })).toBe(1)
    expect(await campaignsWithWaiting(db)).toEqual([1])
    const due = await lettersDue(db, letters.at, { isRulesToo: true })
    expect(due.map(({ person }) => person)).toEqual(['ada@example.com', 'mia@example.com', 'tom@example.com'])
    expect(await lettersDue(db, letters.at, { isRulesToo: false })).toEqual([])
    // Two senders at once: one of them has it.
    const as = { messageId: '<1@example.com>', at: letters.at }
    expect(await Promise.all([reserveLetter(db, due[0]?.id ?? 0, as), reserveLetter(db, due[0]?.id ?? 0, as)])).toEqual([true, false])
  } finally {
    await store.close()
  }
})
