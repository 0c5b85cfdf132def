import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { backupStore, faultsOfCopy, openCopy, removeCopy } from '../storage/backup.ts'
import { StoreError, inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'
import { walkLog } from './walk-log.ts'

export interface Backup {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly events: number
}

/** Nobody follows it, nobody stops it. */
const unwatched: Watch = { signal: new AbortController().signal, onProgress: () => undefined }

/**
 * Copies the open database while it is in use, checks the copy, and only then gives it its name. The keys folder and the raw extracts are
 * files of their own and are not in it; nor are the mirrors of live sources, which are read anew when they are missing. Stopped or failed, it
 * leaves nothing.
 */
export async function backupWorkspace(context: Context, actor: Actor, input: { readonly file: string }, { signal, onProgress }: Watch = unwatched): Promise<Backup> {
  mustBeOfficer(actor)
  const file = resolve(input.file)
  if (existsSync(file)) throw new Refusal('conflict', `${file} exists already and was not overwritten. Choose another name.`)
  if (!existsSync(dirname(file))) throw new Refusal('invalid', `The folder of ${file} does not exist. No backup was made.`)
  const draft = `${file}.part`
  let made: { readonly events: number; readonly sha256: string }
  try {
    await removeCopy(draft)
    await backupStore(context.store, draft, { signal, onShare: (share) => onProgress({ step: 'Copying the database', share }) })
    signal.throwIfAborted()
    onProgress({ step: 'Reading the copy again', share: null })
    const events = await verifiedEvents(context, draft)
    signal.throwIfAborted()
    made = { events, sha256: await hashOf(draft) }
    signal.throwIfAborted()
    await rename(draft, file)
    await flush(dirname(file))
  } catch (error) {
    await removeCopy(draft)
    throw asRefusal(error, file)
  }
  await inTransaction(context.store, (queries) =>
    recordEvent(context, queries, actor.email, { kind: 'backup-made', body: { fileName: basename(file), ...made } }),
  )
  return { file, bytes: (await stat(file)).size, ...made }
}

/** Reads the whole copy: SQLite's pages, and the log from its lines up to every checkpoint signed in it. Returns how many events it holds. */
async function verifiedEvents(context: Pick<Context, 'hash' | 'store'>, draft: string): Promise<number> {
  const copy = await openCopy(draft, context.store.key)
  try {
    const walked = await walkLog(copy.db, context.hash)
    const faults = [...faultsOfCopy(copy), ...walked.faults]
    if (faults.length > 0) throw new Refusal('conflict', `The copy does not pass its check, so no backup was made: ${faults.slice(0, 3).join('; ')}. Run "muster log check".`)
    return walked.size
  } finally {
    await copy.close()
  }
}

async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

function asRefusal(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof StoreError && error.code === 'damaged') return new Refusal('conflict', 'The copy cannot be read again, so no backup was made. Look at the disk it was written to.')
  if (code === 'EACCES' || code === 'EROFS' || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY') return new Refusal('not-allowed', `${file} cannot be written: the folder is read-only. No backup was made.`)
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return new Refusal('conflict', `The disk is full. No backup was made; the workspace is unharmed.`)
  return error
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
