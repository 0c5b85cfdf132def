import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { asStoreError, StoreError } from './database.ts'
import { changeKey, isPlainDatabase, useKey, type StoreKey } from './store-key.ts'

// Bringing a closed database file under another key. SQLite could do that in place, but a file that is half under one key and half under the
// other depends on its journal; here a copy is brought under the new key, read through, and takes the file's place by one rename.

/** Names of what a cut-off change may have left in a folder. */
export const rekeyDraft = /\.rekey-draft(-wal|-shm|-journal)?$/

/** What takes its time: a copy, the copy under its new key, and both read through. */
export type KeyStep = 'copying' | 'rewriting' | 'comparing'

/** Which key opens a closed file: null = it is plain, undefined = none of these. */
export function keyOf(path: string, keys: readonly StoreKey[]): StoreKey | null | undefined {
  if (isPlainDatabase(path)) return null
  return keys.find((key) => opensWith(path, key))
}

function opensWith(path: string, key: StoreKey): boolean {
  const file = new Database(path, { fileMustExist: true, timeout: 0 })
  try {
    useKey(file, key)
    file.prepare('SELECT count(*) FROM sqlite_schema').get()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') return false
    throw asStoreError(error, path)
  } finally {
    file.close()
  }
}

/** Brings a copy that nobody needs yet under another key. After a failure it is worth nothing. */
export async function changeCopyKey(path: string, from: StoreKey | null, to: StoreKey): Promise<void> {
  const file = new Database(path, { fileMustExist: true, timeout: 0 })
  try {
    useKey(file, from)
    for (const pragma of ['journal_mode = DELETE', 'synchronous = OFF', 'temp_store = MEMORY']) file.pragma(pragma)
    changeKey(file, to)
  } catch (error) {
    throw asStoreError(error, path)
  } finally {
    file.close()
  }
  await flushFile(path)
}

/**
 * Brings a closed file under another key. Cut off at any point it is whole under the former key or whole under the new one; a full disk
 * leaves the former. Needs room for a second and, while it writes, a third copy. Only for whoever holds the workspace's lock. Each step holds
 * up this thread; `tell` is awaited before it.
 */
export async function changeFileKey(path: string, from: StoreKey | null, to: StoreKey, tell: (step: KeyStep) => Promise<void> = async () => undefined): Promise<void> {
  const draft = `${path}.rekey-draft`
  try {
    gatherLog(path, from)
    removeDraft(draft)
    await tell('copying')
    copyFileSync(path, draft)
    await tell('rewriting')
    await changeCopyKey(draft, from, to)
    await tell('comparing')
    mustBeSame(path, from, draft, to)
    renameSync(draft, path)
  } catch (error) {
    removeDraft(draft)
    throw asStoreError(error, path)
  }
  await flushFolder(dirname(path))
}

/** A log beside the file belongs to the key it was written under; the file alone must be the whole. */
function gatherLog(path: string, key: StoreKey | null): void {
  const file = new Database(path, { fileMustExist: true, timeout: 0 })
  try {
    useKey(file, key)
    file.pragma('journal_mode = DELETE')
  } finally {
    file.close()
  }
  if (existsSync(`${path}-wal`)) throw new StoreError('locked', `The database ${path} is open in another program. Nothing was changed; close it and try again.`)
}

/** Before the former file is let go: the copy reads through and holds the same tables with as many rows. */
function mustBeSame(path: string, from: StoreKey | null, draft: string, to: StoreKey): void {
  const [before, after] = [[path, from] as const, [draft, to] as const].map(([file, key]) => {
    const sqlite = new Database(file, { fileMustExist: true, timeout: 0, readonly: true })
    try {
      useKey(sqlite, key)
      if (file === draft && sqlite.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw new StoreError('damaged', `The copy of ${path} under the new key does not read through. Nothing was changed.`)
      const tables = sqlite.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`).pluck(true).all()
      return tables.map((name) => `${name} ${sqlite.prepare<[], number>(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`).pluck(true).get() ?? 0}`).join('\n')
    } finally {
      sqlite.close()
    }
  })
  if (before !== after) throw new StoreError('damaged', `The copy of ${path} under the new key does not hold the same. Nothing was changed.`)
}

function removeDraft(draft: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${part}`, { force: true })
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync().finally(() => file.close())
}

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
