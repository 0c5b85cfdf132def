import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { insertPacket, itemsToSend, openedPacketOf, unansweredPackets } from '../../src/main/storage/packets.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a workspace from before packets keeps its campaign, is no packet\'s workspace, and can send its items', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0010'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.exec(`
    INSERT INTO person (id, email, display_name, roles) VALUES (4, 'mia@example.org', 'Mia', '["reviewer"]');
    INSERT INTO campaign (id, name, state, spec, spec_hash, as_of, created_at, created_by) VALUES (2, 'Spring', 'running', '{}', 'h', '2026-01-01', '2026-01-01T00:00:00Z', 'o');
    INSERT INTO review_item (id, campaign_id, n, grant_id, account_id, entitlement_id, reviewer_id, basis, subject_name, subject_kind, account_name, source_name, application,
      entitlement_name, entitlement_native_id, privilege, risk, path, packet, packet_hash, advice, confidence, score, rules, is_flagged, narrative, hide_advice)
      VALUES (9, 2, 1, 1, 1, 1, 4, 'manager', 'Tom', 'employee', 'tom', 'ERP', 'ERP', 'Post', 'p', 'none', 'low', '', '{}', 'h', 'keep', 'high', 1, '[]', 0, '{}', 0);
    INSERT INTO assignment (item_id, campaign_id, reviewer_id, basis, since_seq) VALUES (9, 2, 4, 'reassigned', 7);`)
  await before.destroy()
  const store = await openStore(path, { mustExist: true })
  try {
    expect(await openedPacketOf(store.db)).toBeUndefined()
    expect(await itemsToSend(store.db, 2, 4)).toMatchObject([{ id: 9, basis: 'reassigned', sinceSeq: 7 }])
    const packet = {
      id: 'a', campaignId: 2, reviewerId: 4, stage: 1, items: new Map([[9, 7]]), contentSha256: 'c', way: 'passphrase', path: 'p', at: '2026-01-02T00:00:00Z',
      expiresAt: '2026-02-02T00:00:00Z',
    }
    await insertPacket(store.db, { ...packet, eventSeq: 8 })
    expect(await unansweredPackets(store.db, 2)).toEqual([packet])
    expect(() => store.sqlite.exec('UPDATE packet_out SET stage = 2')).toThrow('append-only')
    expect(() => store.sqlite.exec('DELETE FROM packet_out')).toThrow('append-only')
  } finally {
    await store.close()
  }
})
