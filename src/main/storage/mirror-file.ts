import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { asStoreError } from './database.ts'
import { useKey, type StoreKey } from './store-key.ts'

// A live source is read into a database file of its own: what it has named so far, and where each collection goes on. It is never a
// snapshot; the inventory takes over whole readings only. It can be thrown away at any time: everything is then read anew.

/** Raised when the tables change: a mirror of another format is read anew. */
const format = '1'

const schema = `
  CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  -- is_reading: 0 no, 1 asking for changes, 2 reading from the beginning. generation: counts readings; a row carries the one in which its collection last named it. cursor: while reading, behind the last page
  -- that is in here; else where the next reading asks for changes (null = lists everything). completed_*: the run that read it to its end,
  -- until the inventory takes that over.
  -- window_*: what a log covers that the inventory has not taken over yet.
  CREATE TABLE collection (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, generation INTEGER NOT NULL, is_reading INTEGER NOT NULL, cursor TEXT,
    completed_at TEXT, completed_by TEXT, window_from TEXT, window_to TEXT) STRICT;
  -- What each run's pages said, in the words of its record.
  CREATE TABLE page_record (
    reader TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (reader, name)) STRICT, WITHOUT ROWID;
  CREATE TABLE page_reject (
    id INTEGER PRIMARY KEY, reader TEXT NOT NULL, row_number INTEGER NOT NULL, column_name TEXT, code TEXT NOT NULL, reason TEXT NOT NULL,
    effect TEXT NOT NULL, raw TEXT NOT NULL) STRICT;
  -- Accounts and entitlements by number, named before or after they are described: a hold may come first.
  CREATE TABLE node (n INTEGER PRIMARY KEY, of_kind TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (of_kind, id)) STRICT;
  CREATE TABLE account (
    n INTEGER PRIMARY KEY, collection INTEGER NOT NULL, generation INTEGER NOT NULL, login TEXT, display_name TEXT, email TEXT,
    employee_id TEXT, kind TEXT, is_enabled INTEGER) STRICT;
  CREATE INDEX account_by_employee ON account (employee_id) WHERE employee_id IS NOT NULL;
  CREATE TABLE entitlement (
    n INTEGER PRIMARY KEY, collection INTEGER NOT NULL, generation INTEGER NOT NULL, name TEXT NOT NULL, application TEXT NOT NULL,
    description TEXT, owner_email TEXT, privilege TEXT NOT NULL, risk TEXT NOT NULL, traits TEXT NOT NULL) STRICT;
  CREATE TABLE hold (
    entitlement INTEGER NOT NULL, holder INTEGER NOT NULL, collection INTEGER NOT NULL, generation INTEGER NOT NULL, granted_at TEXT,
    expires_at TEXT, how TEXT, PRIMARY KEY (entitlement, holder)) STRICT, WITHOUT ROWID;
  CREATE INDEX hold_by_holder ON hold (holder);
  CREATE TABLE person (
    employee_id TEXT PRIMARY KEY, collection INTEGER NOT NULL, generation INTEGER NOT NULL, account INTEGER, record TEXT NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE INDEX person_by_account ON person (account) WHERE account IS NOT NULL;
  CREATE TABLE usage_sum (
    collection INTEGER NOT NULL, account_key TEXT NOT NULL, application TEXT NOT NULL, month TEXT NOT NULL, successes INTEGER NOT NULL,
    failures INTEGER NOT NULL, days INTEGER NOT NULL, first_at TEXT NOT NULL, last_success_at TEXT,
    PRIMARY KEY (collection, account_key, application, month)) STRICT, WITHOUT ROWID;
  -- Holders whose access may differ from what the inventory last took over.
  CREATE TABLE touched (n INTEGER PRIMARY KEY) STRICT;
  -- The content hash of each account as the inventory last took it over; only a saving, worked out anew where it is missing.
  CREATE TABLE account_content (n INTEGER PRIMARY KEY, grants INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;`

const pragmas = ['journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -65536', 'temp_store = MEMORY']

export interface Mirror {
  readonly sqlite: Database.Database
  readonly path: string
  readonly key: StoreKey | null
}

/**
 * `origin`: which system under which settings is mirrored. `merged`: the reading the inventory last took over. `merging`: the one it is
 * taking over. `reader`: the run that reads or read last. `extract`: its raw extract and how much of it is certain.
 */
export interface MirrorState {
  readonly origin: string
  readonly merged: string | null
  readonly merging: string | null
  readonly reader: string | null
  readonly extract: { readonly file: string; readonly storedBytes: number } | null
}

export function mirrorPath(folder: string, sourceId: number): string {
  return join(folder, `source-${sourceId}.db`)
}

export function hasMirror(folder: string, sourceId: number): boolean {
  return existsSync(mirrorPath(folder, sourceId))
}

export function removeMirror(folder: string, sourceId: number): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${mirrorPath(folder, sourceId)}${suffix}`, { force: true })
}

/**
 * Opens a source's mirror, or makes an empty one. One that is damaged, of another format or of another origin is thrown away:
 * `discarded` then says why, as a sentence for the run's record.
 */
export function openMirror(folder: string, sourceId: number, origin: string, key: StoreKey | null): { readonly mirror: Mirror; readonly discarded: string | null } {
  const path = mirrorPath(folder, sourceId)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const existed = existsSync(path)
    const mirror = tryOpen(path, key)
    if (mirror === null) {
      removeMirror(folder, sourceId)
      return { mirror: make(path, origin, key), discarded: 'What had been read before was damaged or of another version of Muster. Everything was read anew.' }
    }
    if (!existed) return { mirror: initialise(mirror, origin), discarded: null }
    if (mirrorState(mirror).origin === origin) return { mirror, discarded: null }
    closeMirror(mirror)
    removeMirror(folder, sourceId)
    return { mirror: make(path, origin, key), discarded: 'The source\'s settings changed. Everything was read anew.' }
  } catch (error) {
    throw asStoreError(error, path)
  }
}

/** The mirror as the last run left it, whatever it is of; null when there is none that can be read. */
export function openMirrorAsLeft(folder: string, sourceId: number, key: StoreKey | null): Mirror | null {
  return hasMirror(folder, sourceId) ? tryOpen(mirrorPath(folder, sourceId), key) : null
}

/** Throws a mirror's content away and begins an empty one in its place. */
export function restartMirror(folder: string, sourceId: number, mirror: Mirror, origin: string): Mirror {
  closeMirror(mirror)
  removeMirror(folder, sourceId)
  return make(mirror.path, origin, mirror.key)
}

export function closeMirror({ sqlite }: Mirror): void {
  sqlite.close()
}

function make(path: string, origin: string, key: StoreKey | null): Mirror {
  return initialise({ sqlite: connect(path, key), path, key }, origin)
}

function connect(path: string, key: StoreKey | null): Database.Database {
  const sqlite = new Database(path)
  useKey(sqlite, key)
  for (const pragma of pragmas) sqlite.pragma(pragma)
  return sqlite
}

function initialise(mirror: Mirror, origin: string): Mirror {
  mirror.sqlite.transaction(() => {
    mirror.sqlite.exec(schema)
    setState(mirror, { format, origin })
  })()
  return mirror
}

/** Null: there is something, but not a mirror that could be gone on with. */
function tryOpen(path: string, key: StoreKey | null): Mirror | null {
  const isNew = !existsSync(path)
  let sqlite: Database.Database | null = null
  try {
    sqlite = connect(path, key)
    if (isNew) return { sqlite, path, key }
    const found = sqlite.prepare<[], string>(`SELECT value FROM state WHERE key = 'format'`).pluck(true).get()
    if (found === format) return { sqlite, path, key }
    sqlite.close()
    return null
  } catch (error) {
    sqlite?.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (/^SQLITE_(NOTADB|CORRUPT|ERROR)/.test(code)) return null
    throw error
  }
}

type StateKey = 'format' | 'origin' | 'merged' | 'merging' | 'reader' | 'extract'

/** Writes some of the state; null removes. */
export function setState({ sqlite }: Mirror, values: { readonly [K in StateKey]?: string | null }): void {
  const write = sqlite.prepare('INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const remove = sqlite.prepare('DELETE FROM state WHERE key = ?')
  for (const [key, value] of Object.entries(values)) {
    if (value === null) remove.run(key)
    else write.run(key, value)
  }
}

export function mirrorState({ sqlite }: Mirror): MirrorState {
  const rows = sqlite.prepare<[], { key: StateKey; value: string }>('SELECT key, value FROM state').all()
  const value = (wanted: StateKey): string | null => rows.find(({ key }) => key === wanted)?.value ?? null
  const [bytes, file] = (value('extract') ?? '').split(' ')
  return {
    origin: value('origin') ?? '', merged: value('merged'), merging: value('merging'), reader: value('reader'),
    extract: file === undefined || bytes === undefined ? null : { file, storedBytes: Number(bytes) },
  }
}

/** True until the inventory took a reading over: then everything counts as touched, and nothing needs to be listed. */
export function isAllTouched(mirror: Mirror): boolean {
  return mirrorState(mirror).merged === null
}
