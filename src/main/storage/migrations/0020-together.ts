import { sql, type Kysely } from 'kysely'

/** What deciding on several at once asks of a queue of a hundred thousand, answered from indexes: evidence and words are never touched for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'DROP INDEX review_item_ease',
    `CREATE INDEX review_item_ease ON review_item (campaign_id, ease, ease_reason, entitlement_id, subject_kind, id, identity_id, subject_email)`,
    'CREATE INDEX decision_by_event ON decision (campaign_id, reviewer_id, event_seq, signed_off_seq)',
    `CREATE INDEX evidence_event_together ON evidence_event (campaign_id, seq) WHERE kind = 'decided-together'`,
  ]) await sql.raw(statement).execute(db)
}
