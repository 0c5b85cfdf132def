import { sql, type Kysely } from 'kysely'

const statements = [
  // `items`: JSON of [item, event that made it the reviewer's], so that what changed hands meanwhile is seen.
  `CREATE TABLE packet_out (
    id TEXT PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign, reviewer_id INTEGER NOT NULL REFERENCES person, stage INTEGER NOT NULL,
    items TEXT NOT NULL, content_sha256 TEXT NOT NULL, way TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL, expires_at TEXT NOT NULL,
    event_seq INTEGER NOT NULL) STRICT`,
  `CREATE INDEX packet_out_by_campaign ON packet_out (campaign_id, reviewer_id)`,
  // One response a packet, for ever: a second one is a replay.
  `CREATE TABLE packet_in (
    packet_id TEXT PRIMARY KEY REFERENCES packet_out, response_sha256 TEXT NOT NULL, content BLOB NOT NULL, cms BLOB NOT NULL, at TEXT NOT NULL,
    by TEXT NOT NULL, merged INTEGER NOT NULL, undecided INTEGER NOT NULL, conflicts TEXT NOT NULL, event_seq INTEGER NOT NULL) STRICT`,
  `CREATE TABLE exchange_recipient (person_id INTEGER PRIMARY KEY REFERENCES person, recipient TEXT NOT NULL, at TEXT NOT NULL) STRICT`,
  // In a workspace made from a packet: what the packet says of itself, and what its items show that came from other tables.
  `CREATE TABLE opened_packet (id TEXT PRIMARY KEY, head TEXT NOT NULL, content_sha256 TEXT NOT NULL, log TEXT NOT NULL, reply_to TEXT NOT NULL) STRICT`,
  `CREATE TABLE packet_item_facts (item_id INTEGER PRIMARY KEY REFERENCES review_item, facts TEXT NOT NULL) STRICT`,
]

const appendOnly = ['packet_out', 'packet_in', 'opened_packet', 'packet_item_facts']

/** Review packets: what was written for whom, what came back, and in a workspace made from one, what it carried. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of appendOnly) {
    for (const change of ['UPDATE', 'DELETE']) {
      await sql.raw(`CREATE TRIGGER ${table}_refuses_${change.toLowerCase()} BEFORE ${change} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${table} is append-only evidence'); END`).execute(db)
    }
  }
}
