import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { asStoreError, StoreError } from './database.ts'
import { useKey, type StoreKey } from './store-key.ts'

// What a run reads goes into a database file of its own first, so that a run that is cancelled, killed or refused leaves nothing
// behind in the store. The file is scratch: no journal, no flushing; whoever finds one of a dead process deletes it.

export interface StagingFile {
  readonly runId: number
  readonly path: string
  readonly sqlite: Database.Database
}

export function stagingPath(folder: string, runId: number): string {
  return join(folder, `run-${runId}.db`)
}

const schema = `
  CREATE TABLE staged_account (
    id INTEGER PRIMARY KEY, native_id TEXT NOT NULL UNIQUE, native_key TEXT NOT NULL, display_name TEXT, email TEXT, email_key TEXT,
    employee_id TEXT, employee_key TEXT, kind TEXT, is_enabled INTEGER, login TEXT, login_key TEXT) STRICT;
  CREATE TABLE staged_entitlement (
    id INTEGER PRIMARY KEY, native_id TEXT NOT NULL UNIQUE, name TEXT, application TEXT, description TEXT, owner_email TEXT,
    privilege TEXT, risk TEXT, traits TEXT NOT NULL DEFAULT '[]') STRICT;
  CREATE TABLE staged_path (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE staged_grant (
    account INTEGER NOT NULL, entitlement INTEGER NOT NULL, path INTEGER NOT NULL, granted_at TEXT, expires_at TEXT, last_used TEXT,
    PRIMARY KEY (account, entitlement, path)) STRICT, WITHOUT ROWID;
  -- Where only some accounts' grants are staged: these. Everybody else's stay as they are.
  CREATE TABLE staged_touched (native_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE staged_person (
    employee_id TEXT PRIMARY KEY, display_name TEXT NOT NULL, email TEXT, email_key TEXT, employee_key TEXT, kind TEXT NOT NULL,
    status TEXT NOT NULL, title TEXT, department TEXT, division TEXT, cost_center TEXT, location TEXT, manager_employee_id TEXT,
    hire_date TEXT, termination_date TEXT) STRICT, WITHOUT ROWID;
  CREATE TABLE staged_usage (
    account_key TEXT NOT NULL, application TEXT NOT NULL, month TEXT NOT NULL, successes INTEGER NOT NULL, failures INTEGER NOT NULL,
    days INTEGER NOT NULL, first_at TEXT NOT NULL, last_success_at TEXT,
      PRIMARY KEY (account_key, application, month)) STRICT, WITHOUT ROWID;
  CREATE TABLE staged_window (one INTEGER PRIMARY KEY CHECK (one = 1), from_at TEXT NOT NULL, to_at TEXT NOT NULL) STRICT;
  CREATE TABLE staged_reject (
    id INTEGER PRIMARY KEY, row_number INTEGER NOT NULL, column_name TEXT, code TEXT NOT NULL, reason TEXT NOT NULL, effect TEXT NOT NULL,
    raw TEXT NOT NULL) STRICT;`

const scratchPragmas = [
  'journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -65536', 'temp_store = MEMORY',
]

/** Opens a run's staging file for writing and keeps it locked until `closeStaging`: the lock is what says its process is alive. */
export function openStaging(folder: string, runId: number, key: StoreKey | null): StagingFile {
  const path = stagingPath(folder, runId)
  const sqlite = newFile(folder, runId)
  try {
    useKey(sqlite, key)
    for (const pragma of scratchPragmas) sqlite.pragma(pragma)
    sqlite.exec(schema)
    // One transaction to the end: nothing here is ever rolled back, the file is thrown away instead.
    sqlite.exec('BEGIN IMMEDIATE')
    return { runId, path, sqlite }
  } catch (error) {
    sqlite.close()
    throw asStoreError(error, path)
  }
}

function newFile(folder: string, runId: number): Database.Database {
  try {
    mkdirSync(folder, { recursive: true })
    removeStaging(folder, runId)
    return new Database(stagingPath(folder, runId))
  } catch {
    throw new StoreError('read-only', `The folder ${folder}, where files are read into, cannot be written. Nothing was imported.`)
  }
}

/**
 * Writes everything out, so that the store can attach and read the file. A shared lock stays, so that whoever tidies up still sees that
 * somebody is at work; the merging transaction must therefore begin deferred (an immediate one wants to write every attached file).
 */
export function finishStaging({ sqlite }: StagingFile): void {
  sqlite.exec('COMMIT')
  sqlite.pragma('locking_mode = NORMAL')
  // The mode changes with the next access; the open read transaction then keeps the shared lock.
  sqlite.exec('SELECT 1 FROM staged_account LIMIT 1')
  sqlite.exec('BEGIN; SELECT 1 FROM staged_account LIMIT 1')
}

export function closeStaging({ sqlite }: StagingFile): void {
  sqlite.close()
}

export function hasStaging(folder: string, runId: number): boolean {
  return existsSync(stagingPath(folder, runId))
}

export function removeStaging(folder: string, runId: number): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${stagingPath(folder, runId)}${suffix}`, { force: true })
}

/** Runs that have a file in the folder. */
export function stagedRuns(folder: string): readonly number[] {
  return namesIn(folder).flatMap((name) => {
    const match = /^run-(\d+)\.db$/.exec(name)
    return match === null ? [] : [Number(match[1])]
  })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Not made yet, or not readable: opening a staging file there will say so, tidying up has nothing to do.
    return []
  }
}

/** True while another connection, in this process or another, is writing the run's staging file. A dead process holds no lock. */
export function isStagingHeld(folder: string, runId: number, key: StoreKey | null): boolean {
  if (!hasStaging(folder, runId)) return false
  const probe = new Database(stagingPath(folder, runId), { timeout: 0 })
  try {
    useKey(probe, key)
    probe.exec('BEGIN EXCLUSIVE')
    probe.exec('ROLLBACK')
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
  } finally {
    probe.close()
  }
}
