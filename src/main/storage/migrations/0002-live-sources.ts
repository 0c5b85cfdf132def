import { sql, type Kysely } from 'kysely'

const statements = [
  // What people call an account, where the source's stable id is something nobody would recognise.
  `ALTER TABLE account ADD COLUMN login TEXT`,
  `ALTER TABLE account ADD COLUMN login_key TEXT`,
  `CREATE INDEX account_by_login ON account (login_key)`,
  `ALTER TABLE entitlement ADD COLUMN traits TEXT NOT NULL DEFAULT '[]'`,

  `CREATE TABLE run_collection (
    run_id INTEGER NOT NULL REFERENCES run, position INTEGER NOT NULL, name TEXT NOT NULL, mode TEXT NOT NULL, query TEXT NOT NULL,
    api_version TEXT NOT NULL, pages INTEGER NOT NULL, records INTEGER NOT NULL, source_count INTEGER, held_count INTEGER,
    retries INTEGER NOT NULL, throttled_ms INTEGER NOT NULL, rejects INTEGER NOT NULL, gaps TEXT NOT NULL,
    from_at TEXT, to_at TEXT, is_complete INTEGER NOT NULL, PRIMARY KEY (run_id, position)) STRICT, WITHOUT ROWID`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
