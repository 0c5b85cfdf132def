import { sql, type Kysely } from 'kysely'

const statements = [
  `CREATE TABLE workspace (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,

  `CREATE TABLE source (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, config TEXT NOT NULL, mapping TEXT,
    created_at TEXT NOT NULL, removed_at TEXT) STRICT`,
  `CREATE UNIQUE INDEX source_name ON source (name) WHERE removed_at IS NULL`,

  `CREATE TABLE run (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, state TEXT NOT NULL, as_of TEXT NOT NULL,
    started_at TEXT NOT NULL, finished_at TEXT, actor TEXT NOT NULL, query TEXT NOT NULL,
    file_name TEXT, file_bytes INTEGER, file_sha256 TEXT, stored_as TEXT, stored_bytes INTEGER,
    rows_read INTEGER NOT NULL DEFAULT 0, imported INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
    merged INTEGER NOT NULL DEFAULT 0, fields_dropped INTEGER NOT NULL DEFAULT 0,
    protected_columns TEXT NOT NULL DEFAULT '[]', notes TEXT NOT NULL DEFAULT '[]', snapshot_id INTEGER) STRICT`,
  `CREATE INDEX run_by_source ON run (source_id, id)`,

  `CREATE TABLE reject (
    id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run, row_number INTEGER NOT NULL, column_name TEXT,
    code TEXT NOT NULL, reason TEXT NOT NULL, effect TEXT NOT NULL, raw TEXT NOT NULL) STRICT`,
  `CREATE INDEX reject_by_run ON reject (run_id, row_number)`,

  `CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, run_id INTEGER NOT NULL REFERENCES run, as_of TEXT NOT NULL,
    taken_at TEXT NOT NULL, accounts INTEGER NOT NULL, entitlements INTEGER NOT NULL, grants INTEGER NOT NULL,
    added INTEGER NOT NULL, removed INTEGER NOT NULL, content_hash TEXT NOT NULL) STRICT`,
  `CREATE INDEX snapshot_by_source ON snapshot (source_id, id)`,

  `CREATE TABLE hr_person (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, employee_id TEXT NOT NULL, from_run INTEGER NOT NULL, to_run INTEGER,
    display_name TEXT NOT NULL, email TEXT, kind TEXT NOT NULL, status TEXT NOT NULL, title TEXT, department TEXT, division TEXT,
    cost_center TEXT, location TEXT, manager_employee_id TEXT, hire_date TEXT, termination_date TEXT) STRICT`,
  `CREATE INDEX hr_person_by_employee ON hr_person (employee_id, from_run)`,
  `CREATE UNIQUE INDEX hr_person_open ON hr_person (source_id, employee_id) WHERE to_run IS NULL`,

  `CREATE TABLE hr_event (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, run_id INTEGER NOT NULL REFERENCES run, employee_id TEXT NOT NULL,
    kind TEXT NOT NULL, attribute TEXT, from_value TEXT, to_value TEXT, effective_on TEXT NOT NULL, seen_as_of TEXT NOT NULL) STRICT`,
  `CREATE INDEX hr_event_by_person ON hr_event (employee_id, effective_on)`,

  `CREATE TABLE identity (
    id INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, display_name TEXT NOT NULL, email TEXT, email_key TEXT,
    employee_id TEXT, employee_key TEXT, status TEXT NOT NULL, title TEXT, department TEXT, division TEXT, cost_center TEXT, location TEXT,
    manager_id INTEGER, hire_date TEXT, termination_date TEXT) STRICT`,
  `CREATE INDEX identity_by_employee_id ON identity (employee_id)`,
  `CREATE INDEX identity_by_employee_key ON identity (employee_key)`,
  `CREATE INDEX identity_by_email ON identity (email_key)`,
  `CREATE INDEX identity_by_manager ON identity (manager_id)`,

  `CREATE TABLE account (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, native_id TEXT NOT NULL, native_key TEXT NOT NULL,
    display_name TEXT, email TEXT, email_key TEXT, employee_id TEXT, employee_key TEXT, kind TEXT NOT NULL, is_enabled INTEGER,
    identity_id INTEGER REFERENCES identity, link_reason TEXT NOT NULL, from_snapshot INTEGER NOT NULL, to_snapshot INTEGER,
    UNIQUE (source_id, native_id)) STRICT`,
  `CREATE INDEX account_by_identity ON account (identity_id)`,
  `CREATE INDEX account_by_key ON account (native_key)`,
  `CREATE INDEX account_by_email ON account (email_key)`,

  `CREATE TABLE confirmed_match (
    source_id INTEGER NOT NULL REFERENCES source, native_key TEXT NOT NULL, identity_origin TEXT NOT NULL,
    confirmed_by TEXT NOT NULL, confirmed_at TEXT NOT NULL, PRIMARY KEY (source_id, native_key)) STRICT, WITHOUT ROWID`,

  `CREATE TABLE entitlement (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source, native_id TEXT NOT NULL, name TEXT NOT NULL,
    application TEXT NOT NULL, description TEXT, owner_email TEXT, privilege TEXT NOT NULL, risk TEXT NOT NULL,
    from_snapshot INTEGER NOT NULL, to_snapshot INTEGER, UNIQUE (source_id, native_id)) STRICT`,

  // Snapshot ids grow over all sources, so one pair of columns dates a grant wherever it came from.
  `CREATE TABLE access_grant (
    id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, account_id INTEGER NOT NULL, entitlement_id INTEGER NOT NULL, path TEXT NOT NULL,
    granted_at TEXT, expires_at TEXT, last_used TEXT, from_snapshot INTEGER NOT NULL, to_snapshot INTEGER) STRICT`,
  // One index for all reading by account, past and present; it also refuses two open intervals of the same grant.
  `CREATE UNIQUE INDEX access_grant_by_account ON access_grant (account_id, entitlement_id, path, coalesce(to_snapshot, 0))`,
  `CREATE INDEX access_grant_by_entitlement ON access_grant (entitlement_id, account_id)`,

  `CREATE TABLE usage (
    source_id INTEGER NOT NULL REFERENCES source, accounts_source INTEGER NOT NULL, account_key TEXT NOT NULL, application TEXT NOT NULL,
    month TEXT NOT NULL, successes INTEGER NOT NULL, failures INTEGER NOT NULL, days INTEGER NOT NULL, first_at TEXT NOT NULL,
    last_success_at TEXT, PRIMARY KEY (accounts_source, account_key, application, month, source_id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE usage_window (
    run_id INTEGER PRIMARY KEY REFERENCES run, source_id INTEGER NOT NULL REFERENCES source, accounts_source INTEGER NOT NULL,
    from_at TEXT NOT NULL, to_at TEXT NOT NULL) STRICT`,

  `CREATE TABLE sod_rule (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, severity TEXT NOT NULL, description TEXT NOT NULL, left_ids TEXT NOT NULL,
    right_ids TEXT NOT NULL) STRICT, WITHOUT ROWID`,

  `CREATE TABLE person (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, identity_id INTEGER REFERENCES identity,
    roles TEXT NOT NULL, certificate TEXT, fingerprint TEXT, enrolled_at TEXT) STRICT`,

  `CREATE TABLE campaign (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, spec TEXT NOT NULL, spec_hash TEXT NOT NULL, as_of TEXT NOT NULL,
    created_at TEXT NOT NULL, created_by TEXT NOT NULL, launched_at TEXT, closed_at TEXT, weights TEXT, totals TEXT) STRICT`,
  `CREATE TABLE campaign_snapshot (
    campaign_id INTEGER NOT NULL REFERENCES campaign, snapshot_id INTEGER NOT NULL REFERENCES snapshot,
    PRIMARY KEY (campaign_id, snapshot_id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE campaign_exclusion (
    campaign_id INTEGER NOT NULL REFERENCES campaign, grant_id INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (campaign_id, grant_id)) STRICT, WITHOUT ROWID`,

  `CREATE TABLE review_item (
    id INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign, n INTEGER NOT NULL, grant_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL, entitlement_id INTEGER NOT NULL, identity_id INTEGER, reviewer_id INTEGER NOT NULL REFERENCES person,
    basis TEXT NOT NULL, subject_name TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_title TEXT, subject_department TEXT,
    subject_email TEXT, account_name TEXT NOT NULL, source_name TEXT NOT NULL, application TEXT NOT NULL, entitlement_name TEXT NOT NULL,
    entitlement_native_id TEXT NOT NULL, entitlement_description TEXT, owner_email TEXT, privilege TEXT NOT NULL, risk TEXT NOT NULL,
    path TEXT NOT NULL, granted_at TEXT, packet TEXT NOT NULL, packet_hash TEXT NOT NULL, advice TEXT NOT NULL, confidence TEXT NOT NULL,
    score INTEGER NOT NULL, rules TEXT NOT NULL, is_flagged INTEGER NOT NULL, narrative TEXT NOT NULL, hide_advice INTEGER NOT NULL,
    UNIQUE (campaign_id, n), UNIQUE (campaign_id, grant_id)) STRICT`,
  `CREATE INDEX review_item_by_reviewer ON review_item (campaign_id, reviewer_id, n)`,

  `CREATE TABLE decision (
    item_id INTEGER PRIMARY KEY REFERENCES review_item, campaign_id INTEGER NOT NULL, reviewer_id INTEGER NOT NULL, outcome TEXT NOT NULL,
    until TEXT, reason_code TEXT, reason_text TEXT, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, advice_visible INTEGER NOT NULL,
    open_ms INTEGER, event_seq INTEGER NOT NULL, signed_off_seq INTEGER) STRICT`,
  `CREATE INDEX decision_by_reviewer ON decision (campaign_id, reviewer_id)`,

  `CREATE TABLE sign_off (
    event_seq INTEGER PRIMARY KEY, campaign_id INTEGER NOT NULL REFERENCES campaign, reviewer_id INTEGER NOT NULL REFERENCES person,
    at TEXT NOT NULL, statement TEXT NOT NULL, decided INTEGER NOT NULL, undecided INTEGER NOT NULL, line TEXT NOT NULL,
    cms BLOB NOT NULL, fingerprint TEXT NOT NULL) STRICT`,

  `CREATE TABLE evidence_event (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, campaign_id INTEGER, item_id INTEGER, ts TEXT NOT NULL, line TEXT NOT NULL,
    hash TEXT NOT NULL,
    leaf TEXT NOT NULL) STRICT`,
  `CREATE INDEX evidence_event_by_campaign ON evidence_event (campaign_id, seq)`,
  `CREATE INDEX evidence_event_by_item ON evidence_event (item_id) WHERE item_id IS NOT NULL`,
  `CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY, root TEXT NOT NULL, note TEXT NOT NULL, frontier TEXT NOT NULL, cms BLOB NOT NULL, at TEXT NOT NULL,
    why TEXT NOT NULL) STRICT`,
  `CREATE TABLE seal (
    campaign_id INTEGER NOT NULL REFERENCES campaign, version INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, path TEXT NOT NULL,
    report_sha256 TEXT NOT NULL, evidence_sha256 TEXT NOT NULL, exceptions INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, version)) STRICT, WITHOUT ROWID`,
]

/** Tables whose rows are evidence: written once, refused by the database itself ever after. */
const appendOnly = ['evidence_event', 'checkpoint', 'sign_off', 'review_item', 'campaign_exclusion', 'seal']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of appendOnly) {
    for (const change of ['UPDATE', 'DELETE']) {
      await sql
        .raw(
          `CREATE TRIGGER ${table}_refuses_${change.toLowerCase()} BEFORE ${change} ON ${table}
           BEGIN SELECT RAISE(ABORT, '${table} is append-only evidence'); END`,
        )
        .execute(db)
    }
  }
  // Undo ends at the sign-off, whatever a program above may think.
  for (const change of ['UPDATE', 'DELETE']) {
    await sql
      .raw(
        `CREATE TRIGGER decision_is_final_${change.toLowerCase()} BEFORE ${change} ON decision WHEN old.signed_off_seq IS NOT NULL
         BEGIN SELECT RAISE(ABORT, 'a signed-off decision is final'); END`,
      )
      .execute(db)
  }
}
