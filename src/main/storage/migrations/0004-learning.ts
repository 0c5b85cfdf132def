import { sql, type Kysely } from 'kysely'

const statements = [
  `CREATE TABLE history_import (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, file_name TEXT NOT NULL, file_bytes INTEGER NOT NULL, file_sha256 TEXT NOT NULL,
    stored_as TEXT NOT NULL, mapping TEXT NOT NULL, rows_read INTEGER NOT NULL, imported INTEGER NOT NULL, rejected INTEGER NOT NULL,
    merged INTEGER NOT NULL, kept INTEGER NOT NULL, revoked INTEGER NOT NULL, protected_columns TEXT NOT NULL, notes TEXT NOT NULL) STRICT`,
  `CREATE TABLE history_reject (
    id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES history_import, row_number INTEGER NOT NULL, column_name TEXT,
    code TEXT NOT NULL, reason TEXT NOT NULL, effect TEXT NOT NULL, raw TEXT NOT NULL) STRICT`,
  `CREATE INDEX history_reject_by_import ON history_reject (import_id, row_number)`,
  `CREATE TABLE history_withdrawal (
    import_id INTEGER PRIMARY KEY REFERENCES history_import, at TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL) STRICT`,
  `CREATE TABLE past_decision (
    id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES history_import, row_number INTEGER NOT NULL, account TEXT NOT NULL,
    entitlement TEXT NOT NULL, is_kept INTEGER NOT NULL, decided_on TEXT NOT NULL, department TEXT, title TEXT, manager TEXT) STRICT`,
  `CREATE INDEX past_decision_by_import ON past_decision (import_id)`,

  // The model's text is what it scores with; its hash and its history's hash say what it was made from.
  `CREATE TABLE learned_model (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, version TEXT NOT NULL UNIQUE, seed INTEGER NOT NULL, history_hash TEXT NOT NULL,
    coefficients_hash TEXT NOT NULL, coefficients TEXT NOT NULL, decisions INTEGER NOT NULL, kept INTEGER NOT NULL, revoked INTEGER NOT NULL,
    seconds INTEGER NOT NULL, report TEXT NOT NULL, report_hash TEXT NOT NULL) STRICT`,
  // The last row is in force; no row or a row without a model: the default weights alone.
  `CREATE TABLE model_activation (
    event_seq INTEGER PRIMARY KEY, model_id INTEGER REFERENCES learned_model, at TEXT NOT NULL, by TEXT NOT NULL, is_rollback INTEGER NOT NULL,
    reason TEXT) STRICT`,

  // Null: a word only, because too few blind decisions had been taken when the campaign was launched.
  `ALTER TABLE review_item ADD COLUMN chance INTEGER`,
]

const appendOnly = ['history_import', 'history_reject', 'history_withdrawal', 'past_decision', 'learned_model', 'model_activation']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  for (const table of appendOnly) {
    for (const change of ['UPDATE', 'DELETE']) {
      await sql.raw(
        `CREATE TRIGGER ${table}_refuses_${change.toLowerCase()} BEFORE ${change} ON ${table}
         BEGIN SELECT RAISE(ABORT, '${table} is append-only evidence'); END`,
      ).execute(db)
    }
  }
}
