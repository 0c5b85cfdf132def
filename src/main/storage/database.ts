import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, sql, type SqliteDatabase, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from './migrations/index.ts'
import { useKey, type StoreKey } from './store-key.ts'
import type { Tables } from './tables.ts'

/** An open store. `db` for queries; `sqlite` for prepared bulk paths inside storage/ only. */
export interface Store {
  readonly db: Kysely<Tables>
  readonly sqlite: Database.Database
  readonly path: string
  /** Of this file, and of the files beside it that hold the same things for a while; null = they are plain. */
  readonly key: StoreKey | null
  readonly close: () => Promise<void>
}

export type Queries = Kysely<Tables> | Transaction<Tables>

/** Why a store could not be opened or written, as a sentence for people. */
export class StoreError extends Error {
  readonly code: 'locked' | 'read-only' | 'disk-full' | 'disk-failed' | 'damaged' | 'not-a-store' | 'newer-version' | 'missing'
  constructor(code: StoreError['code'], message: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}

const busyMilliseconds = 5_000
/** How long a write waits for another connection's: longer than any merge takes, short enough to say so when a foreign program is the reason. */
const lockPatienceMilliseconds = 40_000
const lockPauseMilliseconds = 20

/**
 * Opens (or makes) the SQLite file and brings its tables up to date.
 * Every commit is flushed to disk (`synchronous=FULL`): a decision that was acknowledged survives a power cut.
 */
export async function openStore(path: string, options: { readonly mustExist: boolean; readonly key?: StoreKey | null }): Promise<Store> {
  const sqlite = openFile(path, options.mustExist)
  const key = options.key ?? null
  try {
    useKey(sqlite, key)
    for (const pragma of [
      'journal_mode = WAL',
      'synchronous = FULL',
      // A migration may make a table anew that others point to; each such one checks what it left behind before it commits.
      'foreign_keys = OFF',
      // Without it INSERT OR REPLACE would walk past the DELETE triggers of the evidence tables.
      'recursive_triggers = ON',
      'trusted_schema = OFF',
      'temp_store = MEMORY',
      'cache_size = -65536',
    ]) {
      sqlite.pragma(pragma)
    }
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withForgivingRollback(sqlite) }) })
    await migrate(db)
    sqlite.pragma('foreign_keys = ON')
    return { db, sqlite, path, key, close: () => db.destroy() }
  } catch (error) {
    sqlite.close()
    throw asStoreError(error, path)
  }
}

function openFile(path: string, mustExist: boolean): Database.Database {
  try {
    return new Database(path, { fileMustExist: mustExist, timeout: busyMilliseconds })
  } catch (error) {
    throw asStoreError(error, path)
  }
}

/**
 * A full disk makes SQLite roll back by itself. Kysely rolls back all the same, and that failing would hide the error that matters.
 */
function withForgivingRollback(sqlite: Database.Database): SqliteDatabase {
  return {
    prepare: (text) => sqlite.prepare(text === 'rollback' && !sqlite.inTransaction ? 'SELECT 1 WHERE false' : text),
    close: () => {
      sqlite.close()
    },
  }
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    throw new StoreError('newer-version', 'This workspace was written by a newer version of Muster. Nothing was changed; open it with that version.')
  }
  throw error
}

/**
 * Turns what SQLite says, or the file system about a file beside the database, into a sentence that names what happened and what was kept.
 * Other errors pass unchanged.
 */
export function asStoreError(error: unknown, path: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StoreError('locked', `The database ${path} is locked by another program. Nothing was written; close the other program and try again.`)
  }
  if (code.startsWith('SQLITE_READONLY') || (code.startsWith('SQLITE_CANTOPEN') && existsSync(path))) {
    return new StoreError('read-only', `The database ${path} cannot be written: the file or its folder is read-only. Nothing was changed.`)
  }
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return diskFull(path)
  if (code.startsWith('SQLITE_CORRUPT')) {
    const advice = 'Nothing was changed; put the last backup in its place, and keep the damaged file.'
    return new StoreError('damaged', `The database ${path} is damaged. ${advice}`)
  }
  if (code.startsWith('SQLITE_IOERR')) {
    const advice = 'The last step may be missing, everything before it is kept; look at the disk and start again.'
    return new StoreError('disk-failed', `The disk holding ${path} failed to read or write. ${advice}`)
  }
  if (code === 'SQLITE_NOTADB') return new StoreError('not-a-store', `${path} is not a Muster database, or it is encrypted with another key. Nothing was changed.`)
  if (code.startsWith('SQLITE_CANTOPEN')) return new StoreError('missing', `There is no database at ${path}, or its folder cannot be read or written.`)
  const file = 'path' in error && typeof error.path === 'string' ? error.path : path
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(file)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StoreError('read-only', `${file} cannot be written: it or its folder is read-only or belongs to somebody else. Nothing was changed.`)
  }
  return error
}

function diskFull(path: string): StoreError {
  const advice = 'The last step was not saved, everything before it was; free some space and repeat it.'
  return new StoreError('disk-full', `The disk holding ${path} is full. ${advice}`)
}

/**
 * All or nothing. The write lock is taken at once, so that what was read inside cannot have gone stale. While another connection holds it
 * (long work merges a million grants in one transaction) this one waits its turn without holding up the thread: reads go on being answered.
 */
export async function inTransaction<T>(store: Store, work: (queries: Transaction<Tables>) => Promise<T>): Promise<T> {
  const patientUntil = performance.now() + lockPatienceMilliseconds
  for (;;) {
    try {
      return await store.db.transaction().execute(async (queries) => {
        await takeWriteLock(store, queries)
        return work(queries)
      })
    } catch (error) {
      if (!(error instanceof LockHeld)) throw asStoreError(error, store.path)
      if (performance.now() > patientUntil) throw asStoreError(error.cause, store.path)
    }
    await sleep(lockPauseMilliseconds)
  }
}

class LockHeld extends Error {}

/**
 * Kysely begins without the write lock. A transaction that read first would be refused when it writes, without any waiting, if another
 * connection wrote in between; a write that touches nothing takes the lock before anything is read. SQLite's own waiting would put the
 * whole thread to sleep, so it is asked to answer at once.
 */
async function takeWriteLock(store: Store, queries: Queries): Promise<void> {
  store.sqlite.pragma('busy_timeout = 0')
  try {
    await sql`DELETE FROM workspace WHERE false`.execute(queries)
  } catch (error) {
    const isHeld = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
    throw isHeld ? new LockHeld('the write lock is held', { cause: error }) : error
  } finally {
    store.sqlite.pragma(`busy_timeout = ${busyMilliseconds}`)
  }
}
