import { sql, type Kysely } from 'kysely'

const statements = [
  // Whether an item may be decided on together with others, as the launch judged it; items from before then are decided one by one.
  'ALTER TABLE review_item ADD COLUMN ease TEXT',
  'ALTER TABLE review_item ADD COLUMN ease_reason TEXT',
  // Everything a line of the queue shows, in the order of the queue: evidence and words, a hundred times as long, are never touched for it.
  `CREATE INDEX review_item_queue ON review_item (campaign_id, n, id, identity_id, account_id, subject_name, subject_title, subject_department,
    subject_kind, entitlement_name, application, privilege, risk, advice, is_flagged, hide_advice)`,
  'CREATE INDEX review_item_ease ON review_item (campaign_id, ease, ease_reason, id)',
  'CREATE INDEX assignment_open ON assignment (campaign_id, reviewer_id, is_superseded, item_id)',

  // A view of the events: what a reviewer asked somebody about an item, and the answer.
  `CREATE TABLE question (
    event_seq INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign, item_id INTEGER NOT NULL REFERENCES review_item,
    asked_by TEXT NOT NULL, asked_of TEXT NOT NULL, role TEXT NOT NULL, asked_at TEXT NOT NULL, text TEXT NOT NULL,
    answer_seq INTEGER, answered_by TEXT, answered_at TEXT, answer TEXT) STRICT`,
  'CREATE INDEX question_by_item ON question (item_id)',
  'CREATE INDEX question_by_asked ON question (asked_of, answer_seq)',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
