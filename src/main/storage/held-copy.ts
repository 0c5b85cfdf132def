import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Store } from './database.ts'
import { useKey } from './store-key.ts'

/** How a long copy is followed: `share` of it is done, from 0 to 1. Aborted, it ends at once; what was written so far is the caller's to remove. */
export interface CopyWatch {
  readonly signal: AbortSignal
  readonly onShare: (share: number) => void
}

const chunkBytes = 4 << 20
const patienceMilliseconds = 10_000
const pauseMilliseconds = 20

/**
 * Copies an encrypted database page by page as it lies on the disk. While somebody reads the file itself and nothing of the write-ahead log,
 * SQLite moves nothing from the log into the file: it stays as it is to the byte, for as long as the copy takes, and what others write
 * meanwhile waits in the log. Nothing is decrypted; the tags in its pages are checked when the copy is read.
 */
export async function copyHeld(store: Store, path: string, watch: CopyWatch, patience = patienceMilliseconds): Promise<void> {
  const reader = new Database(store.path, { fileMustExist: true, timeout: 0 })
  try {
    useKey(reader, store.key)
    if (await isHeld(store, reader, watch.signal, patience)) await copyFile(store.path, path, sizeOf(reader), watch)
    // Others never stop reading: then in one go, during which this thread answers nobody. Reading goes on in every other.
    else store.sqlite.prepare('VACUUM INTO ?').run(path)
  } finally {
    reader.close()
  }
}

/** With nobody writing, the log is moved into the file; if all of it could be, a reader that begins now reads the file alone and keeps it as it is. */
async function isHeld(store: Store, reader: Database.Database, signal: AbortSignal, patience: number): Promise<boolean> {
  const until = performance.now() + patience
  for (;;) {
    signal.throwIfAborted()
    if (holdsNow(store, reader)) return true
    if (performance.now() > until) return false
    await sleep(pauseMilliseconds)
  }
}

function holdsNow(store: Store, reader: Database.Database): boolean {
  const writer = new Database(store.path, { fileMustExist: true, timeout: 0 })
  try {
    useKey(writer, store.key)
    writer.exec('BEGIN IMMEDIATE')
    const [log] = reader.pragma('wal_checkpoint(PASSIVE)') as readonly { busy: number; log: number; checkpointed: number }[]
    if (log === undefined || log.busy !== 0 || log.log !== log.checkpointed) return false
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM sqlite_schema').get()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return false
    throw error
  } finally {
    writer.close()
  }
}

function sizeOf(reader: Database.Database): number {
  const [pages, bytes] = ['page_count', 'page_size'].map((name) => reader.pragma(name, { simple: true }) as number)
  return (pages ?? 0) * (bytes ?? 0)
}

/**
 * Closing a file lets go of the locks this process holds on it. That would matter to another process with the key in its hands only, and the
 * workspace's own lock keeps every other engine out.
 */
async function copyFile(from: string, to: string, size: number, { signal, onShare }: CopyWatch): Promise<void> {
  const source = await open(from, 'r')
  try {
    const copy = await open(to, 'wx', 0o600)
    try {
      const buffer = Buffer.alloc(Math.min(chunkBytes, size))
      for (let at = 0; at < size;) {
        signal.throwIfAborted()
        const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, size - at), at)
        if (bytesRead === 0) throw new Error('the database is shorter than it says')
        for (let done = 0; done < bytesRead;) done += (await copy.write(buffer, done, bytesRead - done, at + done)).bytesWritten
        at += bytesRead
        onShare(at / size)
      }
      await copy.sync()
    } finally {
      await copy.close()
    }
  } finally {
    await source.close()
  }
}
