import { sql, type Kysely } from 'kysely'

/** Letters on their way by mail, each to one person on one occasion, once; and the certificates and address they go through are a setting. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE letter (
      id INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign, stage INTEGER NOT NULL, occasion TEXT NOT NULL, kind TEXT NOT NULL,
      person TEXT NOT NULL, asked_by TEXT NOT NULL, state TEXT NOT NULL, message_id TEXT, fault TEXT, answer TEXT, attempts INTEGER NOT NULL DEFAULT 0,
      next_at TEXT NOT NULL, made_at TEXT NOT NULL, changed_at TEXT NOT NULL, event_seq INTEGER, UNIQUE (campaign_id, occasion, person)) STRICT`,
    `CREATE INDEX letter_open ON letter (state, next_at) WHERE state IN ('waiting', 'sending', 'refused')`,
    'CREATE INDEX letter_by_person ON letter (campaign_id, person, id)',
  ]) await sql.raw(statement).execute(db)
}
