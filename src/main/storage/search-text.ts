import { sql, type RawBuilder } from 'kysely'

/** What the index of three letters in a row can look for; shorter words are compared with the rows it found. */
const indexedLetters = 3
/** So many hits of one text are looked at; who finds more types on. What begins with the text is found in any case. */
export const mostHits = 2_000

export interface SearchText {
  readonly text: string
  readonly words: readonly string[]
  /** The question to the index; null: no word is long enough for it. */
  readonly match: string | null
}

export function searchTextOf(typed: string): SearchText {
  const text = typed.trim()
  const words = text.split(/\s+/u).filter((word) => word !== '')
  const indexed = words.filter((word) => [...word].length >= indexedLetters)
  // As a quoted string nothing in it is an operator; a double quote is written twice.
  const match = indexed.length === 0 ? null : indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')
  return { text, words, match }
}

/** True where a column begins with a text, whatever the case of its ASCII letters: a range, so that an index on it answers. */
export function beginsWith(column: RawBuilder<unknown>, text: string): RawBuilder<boolean> {
  return sql<boolean>`(${column} >= ${text} COLLATE NOCASE AND ${column} < ${`${text}\u{10ffff}`} COLLATE NOCASE)`
}

/** Rows the index found, that contain the short words as well. */
export function isHit(index: string, id: RawBuilder<unknown>, columns: readonly RawBuilder<unknown>[], { words, match }: SearchText): RawBuilder<boolean> {
  if (match === null) return sql<boolean>`false`
  const found = sql`${id} IN (SELECT rowid FROM ${sql.table(index)} WHERE ${sql.table(index)} MATCH ${match} LIMIT ${mostHits})`
  const short = words.filter((word) => [...word].length < indexedLetters).map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
    return sql`(${sql.join(columns.map((column) => sql`${column} LIKE ${pattern} ESCAPE '\\'`), sql` OR `)})`
  })
  return sql<boolean>`(${sql.join([found, ...short], sql` AND `)})`
}
