import { sql, type Kysely } from 'kysely'

const statements = [
  // Views of their events: use after the decision, and how a wrong revoke is given back.
  ...['used_after', 'restore_means', 'restore_ticket_system', 'restore_ticket_key', 'restore_ticket_url', 'restore_requested_by', 'restore_requested_at', 'given_at']
    .map((column) => `ALTER TABLE remediation ADD COLUMN ${column} TEXT`),
  // What a ticket system said last, and when it is asked again; `failures` in a row make the pauses longer.
  `CREATE TABLE ticket_watch (
    system TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL, seen_at TEXT, next_at TEXT NOT NULL, failures INTEGER NOT NULL,
    fault TEXT, PRIMARY KEY (system, key)) STRICT, WITHOUT ROWID`,
  // What the daily work did by itself, for whoever opens the workspace.
  'CREATE TABLE daily_work (event_seq INTEGER PRIMARY KEY, day TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL) STRICT',
  `CREATE TABLE planted_item (
    item_id INTEGER PRIMARY KEY REFERENCES review_item, campaign_id INTEGER NOT NULL REFERENCES campaign, expected TEXT NOT NULL, note TEXT NOT NULL,
    planted_by TEXT NOT NULL, planted_at TEXT NOT NULL, event_seq INTEGER NOT NULL) STRICT`,
  'CREATE INDEX planted_item_by_campaign ON planted_item (campaign_id)',
]

/** What closes the loop without anybody asking: watched tickets, later use, giving back, items whose answer is known, and what a day did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
