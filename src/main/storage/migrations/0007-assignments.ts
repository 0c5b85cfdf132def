import { sql, type Kysely } from 'kysely'

interface SchemaEntry { readonly type: string; readonly name: string; readonly sql: string }

/**
 * One grant may come before several reviewers and through several stages, so an item is no longer unique by its grant; and an item may be
 * handed on, so who reviews it is a view of the events beside the frozen item. Runs with foreign keys unchecked: a table they point to is
 * made anew (SQLite's way of dropping a UNIQUE); they are checked as a whole before this commits.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE review_item ADD COLUMN stage INTEGER NOT NULL DEFAULT 1`.execute(db)
  // The first item of the same grant, whose answers this one continues or joins; null = it is the first.
  await sql`ALTER TABLE review_item ADD COLUMN case_item INTEGER`.execute(db)
  await rebuild(db, 'review_item', 'UNIQUE (campaign_id, grant_id)', 'UNIQUE (campaign_id, grant_id, stage, reviewer_id)')

  await sql`CREATE TABLE assignment (
    item_id INTEGER PRIMARY KEY REFERENCES review_item, campaign_id INTEGER NOT NULL REFERENCES campaign,
    reviewer_id INTEGER NOT NULL REFERENCES person, basis TEXT NOT NULL, since_seq INTEGER NOT NULL,
    is_superseded INTEGER NOT NULL DEFAULT 0) STRICT`.execute(db)
  await sql`CREATE INDEX assignment_by_reviewer ON assignment (campaign_id, reviewer_id)`.execute(db)
  await sql`INSERT INTO assignment (item_id, campaign_id, reviewer_id, basis, since_seq)
    SELECT i.id, i.campaign_id, i.reviewer_id, i.basis,
      coalesce((SELECT min(e.seq) FROM evidence_event e WHERE e.campaign_id = i.campaign_id AND e.kind = 'campaign-launched'), 0)
    FROM review_item i`.execute(db)

  // What the officer moved after the launch; the rules fixed before it stay as they were.
  await sql`ALTER TABLE campaign ADD COLUMN due_on TEXT`.execute(db)
  await sql`ALTER TABLE campaign ADD COLUMN stage INTEGER NOT NULL DEFAULT 1`.execute(db)

  const { rows: broken } = await sql`PRAGMA foreign_key_check`.execute(db)
  if (broken.length > 0) throw new Error(`${broken.length} rows point to something that is not there`)
}

async function rebuild(db: Kysely<unknown>, table: string, from: string, to: string): Promise<void> {
  const { rows } = await sql<SchemaEntry>`SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ${table} AND sql IS NOT NULL`.execute(db)
  const made = rows.find((entry) => entry.type === 'table')
  if (made === undefined || !made.sql.includes(from)) throw new Error(`${table} is not as earlier migrations left it`)
  const draft = `${table}_rebuilt`
  await sql.raw(made.sql.replace(/^CREATE TABLE "?\w+"?/, `CREATE TABLE ${draft}`).replace(from, to)).execute(db)
  await sql.raw(`INSERT INTO ${draft} SELECT * FROM ${table}`).execute(db)
  for (const entry of rows) if (entry.type === 'trigger') await sql.raw(`DROP TRIGGER ${entry.name}`).execute(db)
  await sql.raw(`DROP TABLE ${table}`).execute(db)
  await sql.raw(`ALTER TABLE ${draft} RENAME TO ${table}`).execute(db)
  for (const entry of rows) if (entry.type !== 'table') await sql.raw(entry.sql).execute(db)
}
