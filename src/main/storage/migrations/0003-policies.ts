import { sql, type Kysely } from 'kysely'

/** An old side was a bare list of ids, matched in every source. A subquery's result is plain text to SQLite until `json()` says otherwise. */
const asSide = (column: string): string =>
  `json_object('entitlements', json((SELECT json_group_array(json_object('id', value, 'source', NULL)) FROM json_each(${column}))), 'tags', json('[]'))`

const statements = [
  `CREATE TABLE sod_rule_with_sides (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, severity TEXT NOT NULL, description TEXT NOT NULL, reason TEXT NOT NULL, within TEXT NOT NULL,
    left_side TEXT NOT NULL, right_side TEXT NOT NULL, compensating TEXT) STRICT, WITHOUT ROWID`,
  `INSERT INTO sod_rule_with_sides (id, name, severity, description, reason, within, left_side, right_side, compensating)
   SELECT id, name, severity, description, '', 'anywhere', ${asSide('left_ids')}, ${asSide('right_ids')}, NULL FROM sod_rule`,
  `DROP TABLE sod_rule`,
  `ALTER TABLE sod_rule_with_sides RENAME TO sod_rule`,

  // Rows that end stay: who had accepted what, until when. At most one is in force per rule and person.
  `CREATE TABLE sod_exemption (
    id INTEGER PRIMARY KEY, rule_id TEXT NOT NULL, identity_id INTEGER NOT NULL REFERENCES identity, owner TEXT NOT NULL, reason TEXT NOT NULL,
    until TEXT NOT NULL, granted_by TEXT NOT NULL, granted_at TEXT NOT NULL, ended_by TEXT, ended_at TEXT, ended_why TEXT) STRICT`,
  `CREATE UNIQUE INDEX sod_exemption_in_force ON sod_exemption (rule_id, identity_id) WHERE ended_at IS NULL`,

  // By the source's name and its own ids: a source that is removed and connected again finds its tags and protections as they were.
  `CREATE TABLE entitlement_tag (
    source TEXT NOT NULL, native_id TEXT NOT NULL, tag TEXT NOT NULL, assigned_by TEXT NOT NULL, assigned_at TEXT NOT NULL,
    PRIMARY KEY (source, native_id, tag)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE protected_object (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, source TEXT NOT NULL, native_id TEXT NOT NULL, basis TEXT NOT NULL, reason TEXT NOT NULL,
    protected_by TEXT NOT NULL, protected_at TEXT NOT NULL, released_by TEXT, released_at TEXT) STRICT`,
  `CREATE UNIQUE INDEX protected_object_in_force ON protected_object (source, kind, native_id) WHERE released_at IS NULL`,
]

/** Rules get two sides of entitlements and tags, a compensating right and exemptions; objects can be protected. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
