import { sql, type Kysely } from 'kysely'

/** Who holds a right now is counted in lists of rights: with the end of a grant in its index, no row of a million has to be looked up for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'DROP INDEX access_grant_by_entitlement',
    'CREATE INDEX access_grant_by_entitlement ON access_grant (entitlement_id, to_snapshot, account_id)',
  ]) await sql.raw(statement).execute(db)
}
