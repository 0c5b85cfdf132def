import { sql, type Kysely } from 'kysely'

/**
 * What the start screen counts and the work list of missing descriptions sorts by, so that neither reads a table that a sync is growing.
 * The column of each index's own condition stands in it as well: without it SQLite looks every row up again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE INDEX account_open ON account (identity_id, to_snapshot) WHERE to_snapshot IS NULL`,
    `CREATE INDEX entitlement_open ON entitlement (description, to_snapshot) WHERE to_snapshot IS NULL`,
    `CREATE INDEX hr_person_now ON hr_person (source_id, to_run) WHERE to_run IS NULL`,
    `CREATE INDEX identity_leaver ON identity (status) WHERE status IN ('inactive', 'gone')`,
    `CREATE INDEX entitlement_undescribed ON entitlement (
       CASE risk WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END,
       CASE privilege WHEN 'admin' THEN 0 WHEN 'elevated' THEN 1 ELSE 2 END, name, id)
       WHERE to_snapshot IS NULL AND (description IS NULL OR description = '')`,
  ]) await sql.raw(statement).execute(db)
}
