import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StoreError, asStoreError } from './database.ts'

/** Held while one Muster has the workspace open. The operating system lets go of it when the process dies, however it dies. */
export interface WorkspaceLock {
  readonly release: () => void
}

/**
 * One workspace, one engine: two would write two logs. The lock is SQLite's own file lock on a small file of its own, so that it
 * works on every system and never goes stale as a file with a process id would.
 */
export function lockWorkspace(folder: string): WorkspaceLock {
  const path = join(folder, 'workspace.lock')
  const note = join(folder, 'workspace.lock.pid')
  let file: Database.Database
  try {
    file = new Database(path, { timeout: 0 })
    file.pragma('journal_mode = DELETE')
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    const known = asStoreError(error, path)
    if (known instanceof StoreError && known.code === 'locked') {
      throw new StoreError('locked', `Another Muster${holder(note)} has this workspace open: ${folder}. Nothing was changed; close the other one, or use it.`)
    }
    throw known
  }
  try {
    writeFileSync(note, String(process.pid))
  } catch {
    // Only a courtesy to whoever meets the lock.
  }
  return {
    release: () => {
      file.close()
    },
  }
}

function holder(note: string): string {
  try {
    return ` (process ${Number.parseInt(readFileSync(note, 'utf8'), 10)})`
  } catch {
    return ''
  }
}
