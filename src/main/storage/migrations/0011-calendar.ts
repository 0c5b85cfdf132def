import { sql, type Kysely } from 'kysely'

const statements = [
  // Views of their events: who stands in for whom, and since which event that is over.
  `CREATE TABLE delegation (
    id INTEGER PRIMARY KEY, person TEXT NOT NULL, delegate TEXT NOT NULL, from_on TEXT NOT NULL, to_on TEXT NOT NULL, reason TEXT NOT NULL,
    set_by TEXT NOT NULL, set_at TEXT NOT NULL, set_seq INTEGER NOT NULL, ended_on TEXT, ended_seq INTEGER) STRICT`,
  'CREATE INDEX delegation_by_person ON delegation (person, ended_on)',
  'CREATE TABLE holiday (day TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID',

  // Which steps of a campaign's ladder are behind it. A later due day begins the ladder anew; letters wait until somebody takes them along.
  `CREATE TABLE escalation_done (
    campaign_id INTEGER NOT NULL REFERENCES campaign, stage INTEGER NOT NULL, due_on TEXT NOT NULL, day INTEGER NOT NULL, action TEXT NOT NULL,
    event_seq INTEGER NOT NULL, letters_wait INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (campaign_id, stage, due_on, day, action)) STRICT, WITHOUT ROWID`,
  // What happened to the person an item is about while it was under review.
  `CREATE TABLE item_note (
    item_id INTEGER NOT NULL REFERENCES review_item, kind TEXT NOT NULL, campaign_id INTEGER NOT NULL REFERENCES campaign, event_seq INTEGER NOT NULL,
    seen_on TEXT NOT NULL, PRIMARY KEY (item_id, kind)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX item_note_by_campaign ON item_note (campaign_id)',

  `CREATE TABLE recurrence (
    id INTEGER PRIMARY KEY, spec TEXT NOT NULL, rule TEXT NOT NULL, made INTEGER NOT NULL DEFAULT 0, next_on TEXT NOT NULL, is_active INTEGER NOT NULL,
    created_by TEXT NOT NULL, last_campaign INTEGER) STRICT`,
  `CREATE TABLE micro_rule (
    kind TEXT PRIMARY KEY, days INTEGER NOT NULL, due_days INTEGER NOT NULL, is_active INTEGER NOT NULL, set_by TEXT NOT NULL, set_on TEXT NOT NULL,
    checked_on TEXT) STRICT, WITHOUT ROWID`,
  // What a rule saw, once each: waiting out a grace period, opened as a small campaign, under review already, or there before the rule.
  `CREATE TABLE micro_case (
    kind TEXT NOT NULL, key TEXT NOT NULL, person TEXT NOT NULL, source TEXT, entitlement TEXT, why TEXT NOT NULL, seen_on TEXT NOT NULL,
    due_on TEXT NOT NULL, state TEXT NOT NULL, campaign_id INTEGER REFERENCES campaign, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX micro_case_by_state ON micro_case (state, due_on)',
]

/** Time and absence: stand-ins, holidays, ladders, recurring campaigns and the small ones between them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
