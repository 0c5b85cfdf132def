import { copyFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { openStore, type Store } from './database.ts'
import { copyHeld, type CopyWatch } from './held-copy.ts'
import { useKey, type StoreKey } from './store-key.ts'

const pagesAtOnce = 2_048

/** Copies the open database to a new file, under the same key: what is being written meanwhile is in it whole or not at all. */
export async function backupStore(store: Store, path: string, watch: CopyWatch): Promise<void> {
  watch.onShare(0)
  // SQLite's own backup knows only plain files.
  if (store.key !== null) return copyHeld(store, path, watch)
  await store.sqlite.backup(path, {
    progress: ({ totalPages, remainingPages }) => {
      watch.signal.throwIfAborted()
      watch.onShare(1 - remainingPages / Math.max(1, totalPages))
      return pagesAtOnce
    },
  })
}

/** Opens a copy beside which nobody works, to look at it; `close` leaves one file, not three. */
export async function openCopy(path: string, key: StoreKey | null): Promise<Store> {
  const store = await openStore(path, { mustExist: true, key })
  return {
    ...store,
    close: async () => {
      // The copy inherits the write-ahead log's mode; a file that is to be carried or renamed must not have a part beside it.
      store.sqlite.pragma('journal_mode = DELETE')
      await store.close()
    },
  }
}

/** What SQLite itself has to say against a file's pages and its references; empty when nothing. */
export function faultsOfCopy(store: Store): readonly string[] {
  const verdict = store.sqlite.pragma('integrity_check(3)', { simple: true })
  const references = store.sqlite.pragma('foreign_key_check') as readonly { table: string }[]
  return [
    ...(verdict === 'ok' ? [] : [`SQLite's integrity check says: ${String(verdict)}`]),
    ...(references.length === 0 ? [] : [`${references.length} rows point to rows that are not there (first in ${references[0]?.table ?? ''})`]),
  ]
}

/** Copies a finished backup to `draft`. A file with a write-ahead log beside it is a database in use, and half of it would be missing. */
export async function copyOfBackup(file: string, draft: string): Promise<'copied' | 'in-use'> {
  if (existsSync(`${file}-wal`)) return 'in-use'
  await removeCopy(draft)
  await copyFile(file, draft)
  return 'copied'
}

/** Removes a copy and what SQLite may have left beside it. */
export async function removeCopy(path: string): Promise<void> {
  for (const part of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) await rm(part, { force: true })
}

/** Writes everything of a store into its one file, so that this file alone is the whole of it. */
export function foldLogIntoFile(store: Store): void {
  const [answer] = store.sqlite.pragma('wal_checkpoint(TRUNCATE)') as readonly { busy: number }[]
  if (answer?.busy !== 0) throw new Error('the database is in use by another program, so its last writes could not be gathered')
}

/** Whether the file is a database whose pages can be read at all. */
export function isReadableDatabase(path: string, key: StoreKey | null): boolean {
  if (!existsSync(path)) return false
  let file: Database.Database | undefined
  try {
    file = new Database(path, { fileMustExist: true, timeout: 0 })
    useKey(file, key)
    return file.pragma('integrity_check(1)', { simple: true }) === 'ok'
  } catch {
    return false
  } finally {
    file?.close()
  }
}
