import Database from 'better-sqlite3'
import type { Store } from './database.ts'

/** Copies the open database to a new file and checks the copy as SQLite would. Returns the number of events in it. */
export async function backupStore(store: Store, path: string): Promise<number> {
  await store.sqlite.backup(path)
  const copy = new Database(path)
  try {
    // The copy inherits the write-ahead log's mode; a backup is one file, not three.
    copy.pragma('journal_mode = DELETE')
    const verdict = copy.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new Error(`the copy failed SQLite's integrity check: ${String(verdict)}`)
    const row = copy.prepare<[], { events: number }>('SELECT count(*) AS events FROM evidence_event').get()
    return row?.events ?? 0
  } finally {
    copy.close()
  }
}
