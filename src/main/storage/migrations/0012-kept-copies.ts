import { sql, type Kysely } from 'kysely'

/**
 * Where protected columns were blanked on arrival, the copy that was kept has a hash of its own, so that it can go into a bundle and be checked
 * there. Runs from before have none: their originals stay bound by hash alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE run ADD COLUMN kept_sha256 TEXT`.execute(db)
  await sql`ALTER TABLE run ADD COLUMN kept_bytes INTEGER`.execute(db)
}
