import { closeSync, openSync, readSync } from 'node:fs'
import type Database from 'better-sqlite3'

/** 256 bits by chance, as 64 lower-case hexadecimal digits. It is used as it is: nothing is derived from it, so opening costs nothing. */
export type StoreKey = string

// Why this one: docs/decisions/0017. Every page carries a tag, so a page that was changed outside is not read as something else.
const cipher = 'aegis'

/** For people: what an encrypted workspace's files are encrypted with. */
export const encryptedWith = { databases: 'AEGIS-256', originals: 'age (X25519, ChaCha20-Poly1305)' } as const

/** Must be the first thing said to a connection. Whether the key fits is only known at the first read (`SQLITE_NOTADB`). */
export function useKey(sqlite: Database.Database, key: StoreKey | null): void {
  if (key === null) return
  sqlite.pragma(`cipher = '${cipher}'`)
  sqlite.pragma(`key = '${keyText(key)}'`)
}

/** As `ATTACH … KEY` takes it. An empty one says that the attached file is plain, whatever the main one is. */
export function keyText(key: StoreKey | null): string {
  if (key === null) return ''
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error('a store key is 64 hexadecimal digits')
  return `raw:${key}`
}

/** Writes every page of a closed file anew under another key. Not safe against a crash by itself: only for a copy nobody needs yet. */
export function changeKey(sqlite: Database.Database, to: StoreKey): void {
  sqlite.pragma(`cipher = '${cipher}'`)
  sqlite.pragma(`rekey = '${keyText(to)}'`)
}

/**
 * Whether the file is an SQLite database anybody can read. Only for a file that no connection of this process has open: closing a file
 * would let go of the locks SQLite holds on it.
 */
export function isPlainDatabase(path: string): boolean {
  const head = Buffer.alloc(16)
  const file = openSync(path, 'r')
  try {
    return readSync(file, head, 0, head.length, 0) === head.length && head.toString('latin1') === 'SQLite format 3\u0000'
  } finally {
    closeSync(file)
  }
}
