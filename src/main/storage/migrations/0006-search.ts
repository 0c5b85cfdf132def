import { sql, type Kysely } from 'kysely'

/** A full-text index over some columns of a table: any three letters in a row are found, whatever their case or accents. */
interface Searched { readonly table: string; readonly columns: readonly string[] }

const searched: readonly Searched[] = [
  { table: 'identity', columns: ['display_name', 'email', 'employee_id', 'title', 'department'] },
  { table: 'account', columns: ['native_id', 'login', 'display_name', 'email', 'employee_id'] },
  { table: 'entitlement', columns: ['name', 'native_id', 'application', 'description'] },
]

/** One text per row; a line break between columns, so that nothing is found across two of them. */
const textOf = (columns: readonly string[]): string => columns.map((column) => `coalesce(${column}, '')`).join(' || char(10) || ')

/** Kept by triggers: whoever writes a row, the index says the same afterwards. Rows that stay as they are cost nothing. */
function searchIndex({ table, columns }: Searched): readonly string[] {
  const index = `${table}_search`
  // Read from the table: another trigger may have changed the row again since.
  const text = `(SELECT ${textOf(columns)} FROM ${table} WHERE id = new.id)`
  const isChanged = columns.map((column) => `old.${column} IS NOT new.${column}`).join(' OR ')
  return [
    // The texts themselves are in the table; the index keeps only where what stands.
    `CREATE VIRTUAL TABLE ${index} USING fts5(text, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1')`,
    `INSERT INTO ${index} (rowid, text) SELECT id, ${textOf(columns)} FROM ${table}`,
    `CREATE TRIGGER ${table}_is_found AFTER INSERT ON ${table}
     BEGIN INSERT INTO ${index} (rowid, text) VALUES (new.id, ${text}); END`,
    `CREATE TRIGGER ${table}_is_found_changed AFTER UPDATE OF ${columns.join(', ')} ON ${table} WHEN ${isChanged}
     BEGIN UPDATE ${index} SET text = ${text} WHERE rowid = new.id; END`,
    `CREATE TRIGGER ${table}_is_found_no_more AFTER DELETE ON ${table} BEGIN DELETE FROM ${index} WHERE rowid = old.id; END`,
  ]
}

/** The officer's words stand where the source says nothing, also after the next sync has said nothing again. */
const officersWords = `(SELECT d.description FROM entitlement_description d JOIN source s ON s.name = d.source
  WHERE s.id = new.source_id AND d.native_id = new.native_id)`

const statements = [
  ...searched.flatMap(searchIndex),
  `CREATE INDEX identity_by_name ON identity (display_name COLLATE NOCASE)`,
  `CREATE INDEX account_by_name ON account (coalesce(login, native_id) COLLATE NOCASE)`,
  `CREATE INDEX entitlement_by_name ON entitlement (name COLLATE NOCASE)`,
  `CREATE INDEX review_item_by_identity ON review_item (identity_id) WHERE identity_id IS NOT NULL`,

  // By the source's name and its own ids: a source that is removed and connected again finds them as they were.
  `CREATE TABLE entitlement_description (
    source TEXT NOT NULL, native_id TEXT NOT NULL, description TEXT NOT NULL, described_by TEXT NOT NULL, described_at TEXT NOT NULL,
    PRIMARY KEY (source, native_id)) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER entitlement_keeps_description_insert AFTER INSERT ON entitlement WHEN coalesce(new.description, '') = ''
   BEGIN UPDATE entitlement SET description = ${officersWords} WHERE id = new.id AND ${officersWords} IS NOT NULL; END`,
  `CREATE TRIGGER entitlement_keeps_description_update AFTER UPDATE OF description ON entitlement WHEN coalesce(new.description, '') = ''
   BEGIN UPDATE entitlement SET description = ${officersWords} WHERE id = new.id AND ${officersWords} IS NOT NULL; END`,
]

/** People, accounts and entitlements are found by any part of their names; descriptions can be written here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
