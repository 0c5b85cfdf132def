import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { openStore } from '../../src/main/storage/database.ts'
import { alikeItems, easyGroups, easyItems, itemsLeftOut, unchangedItems } from '../../src/main/storage/easy-items.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const campaignId = 1
const share = { campaignId, reviewer: { id: 1, email: 'mia@example.com', identityId: null }, without: new Set([3]) }

test('a campaign from before queues were indexed for it is offered the same groups and unchanged items, in a small share and in a large one', async () => {
  const path = join(await temporaryFolder(), 'muster.db')
  const sqlite = new Database(path)
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0020'))
  const { error } = await new Migrator({ db: before, provider: { getMigrations: () => Promise.resolve(known) } }).migrateToLatest()
  expect(error).toBeUndefined()
  sqlite.exec(`
    INSERT INTO person (id, email, display_name, roles) VALUES (1, 'mia@example.com', 'Mia', '["reviewer"]'), (2, 'tom@example.com', 'Tom', '["reviewer"]');
    INSERT INTO campaign (id, name, state, spec, spec_hash, as_of, created_at, created_by) VALUES (1, 'c', 'running', '{}', 'aa', '2026-01-01', '2026-01-01', 'o');
    INSERT INTO review_item (id, campaign_id, n, grant_id, account_id, entitlement_id, identity_id, reviewer_id, basis, subject_name, subject_kind, subject_email,
      account_name, source_name, application, entitlement_name, entitlement_native_id, privilege, risk, path, packet, packet_hash, advice, confidence, score, rules,
      is_flagged, narrative, hide_advice, ease, ease_reason)
    WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 2600)
    SELECT n, 1, n, n, n, n % 2, n, 1, 'manager', 'P' || n, 'employee', CASE n WHEN 5 THEN 'MIA@example.com' ELSE 'p' || n || '@example.com' END, 'a', 's', 'CRM',
      'Right ' || (n % 2), 'r', 'none', 'low', 'direct', '{}', 'h' || n, 'keep', 'high', 0, '[]', 0, '{}', 0,
      CASE WHEN n % 10 = 9 THEN 'single' WHEN n % 10 = 8 THEN 'unchanged' ELSE 'alike' END, CASE WHEN n % 10 = 9 THEN 'risky' ELSE 'never-reviewed' END FROM k;
    INSERT INTO assignment (item_id, campaign_id, reviewer_id, basis, since_seq) SELECT id, 1, CASE WHEN id <= 1000 THEN 1 ELSE 2 END, 'manager', 0 FROM review_item;
    INSERT INTO decision (item_id, campaign_id, reviewer_id, outcome, decided_by, decided_at, advice_visible, event_seq) VALUES (7, 1, 1, 'keep', 'mia@example.com', 't', 1, 9);`)
  await before.destroy()
  const { db, sqlite: store, close } = await openStore(path, { mustExist: true })
  try {
    const asked = async () => ({
      groups: (await easyGroups(db, share, 5)).map(({ entitlementId, size }) => [entitlementId, size]), unchanged: (await unchangedItems(db, share)).filter((id) => id <= 1000),
      odd: (await alikeItems(db, share, { entitlementId: 1, subjectKind: 'employee' })).map(({ itemId }) => itemId).filter((id) => id <= 1000), leftOut: await itemsLeftOut(db, campaignId, 1),
    })
    const small = await asked()
    // Left out: the one another opinion asks for (3), one's own (5), the decided one (7), and each ninth.
    expect(small.groups).toEqual([[0, 500], [1, 397]])
    expect(small.odd.slice(0, 3)).toEqual([1, 11, 13])
    expect(small.unchanged).toEqual(Array.from({ length: 100 }, (_, at) => at * 10 + 8))
    expect(small.leftOut).toEqual([{ reason: 'never-reviewed', items: 799 }, { reason: 'risky', items: 100 }])
    expect((await easyItems(db, share, [1, 3, 5, 7, 9, 11, 1_001])).map(({ itemId }) => itemId)).toEqual([1, 11])

    // The same items read along the index, once the share is large.
    store.exec('UPDATE assignment SET reviewer_id = 1 WHERE item_id > 1000')
    const large = await asked()
    expect({ ...large, groups: null, leftOut: null }).toEqual({ ...small, groups: null, leftOut: null })
    expect(large.groups).toEqual([[0, 1_300], [1, 1_037]])
  } finally {
    await close()
  }
})
