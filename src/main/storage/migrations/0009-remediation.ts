import { sql, type Kysely } from 'kysely'

const statements = [
  `CREATE TABLE remediation (
    id INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign, item_id INTEGER NOT NULL REFERENCES review_item, basis TEXT NOT NULL,
    state TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES source, grant_id INTEGER NOT NULL REFERENCES access_grant,
    account_id INTEGER NOT NULL REFERENCES account, entitlement_id INTEGER NOT NULL REFERENCES entitlement, path TEXT NOT NULL, root TEXT NOT NULL,
    way TEXT NOT NULL, baseline_snapshot INTEGER NOT NULL REFERENCES snapshot, decided_by TEXT NOT NULL, decided_at TEXT, planned_on TEXT NOT NULL,
    due_on TEXT NOT NULL, means TEXT, ticket_system TEXT, ticket_key TEXT, ticket_url TEXT, requested_by TEXT, requested_at TEXT, applied_by TEXT,
    applied_at TEXT, hindrance TEXT, proof_snapshot INTEGER REFERENCES snapshot, still_there_snapshot INTEGER REFERENCES snapshot,
    taken_back_at TEXT, is_alarm INTEGER NOT NULL DEFAULT 0, UNIQUE (campaign_id, item_id)) STRICT`,
  `CREATE INDEX remediation_by_source ON remediation (source_id, state)`,
  `CREATE INDEX remediation_by_account ON remediation (account_id)`,
  `CREATE TABLE remediation_step (
    event_seq INTEGER NOT NULL, remediation_id INTEGER NOT NULL REFERENCES remediation, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
    detail TEXT NOT NULL, snapshot_id INTEGER REFERENCES snapshot, PRIMARY KEY (remediation_id, event_seq, kind)) STRICT`,
]

/** Revokes to be carried out, and every step of it: the steps are evidence, written once and refused by the database ever after. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const change of ['UPDATE', 'DELETE']) {
    await sql.raw(`CREATE TRIGGER remediation_step_refuses_${change.toLowerCase()} BEFORE ${change} ON remediation_step
      BEGIN SELECT RAISE(ABORT, 'remediation_step is append-only evidence'); END`).execute(db)
  }
  await sql`CREATE TRIGGER remediation_refuses_delete BEFORE DELETE ON remediation
    BEGIN SELECT RAISE(ABORT, 'remediation is append-only evidence'); END`.execute(db)
}
