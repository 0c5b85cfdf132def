import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { backupStore } from '../storage/backup.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

export interface Backup {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly events: number
}

/**
 * Copies the open database with SQLite's own backup, checks the copy, and only then gives it its name. The keys folder and the raw
 * extracts are files of their own and are not in it; nor are the mirrors of live sources, which are read anew when they are missing.
 */
export async function backupWorkspace(context: Context, actor: Actor, input: { readonly file: string }): Promise<Backup> {
  mustBeOfficer(actor)
  const file = resolve(input.file)
  if (existsSync(file)) throw new Refusal('conflict', `${file} exists already and was not overwritten. Choose another name.`)
  if (!existsSync(dirname(file))) throw new Refusal('invalid', `The folder of ${file} does not exist. No backup was made.`)
  const draft = `${file}.part`
  let events: number
  try {
    await rm(draft, { force: true })
    events = await backupStore(context.store, draft)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw asRefusal(error, file)
  }
  const sha256 = await hashOf(file)
  await inTransaction(context.store, (queries) =>
    recordEvent(context, queries, actor.email, { kind: 'backup-made', body: { fileName: basename(file), sha256, events } }),
  )
  return { file, bytes: (await stat(file)).size, sha256, events }
}

function asRefusal(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EROFS' || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY') return new Refusal('not-allowed', `${file} cannot be written: the folder is read-only. No backup was made.`)
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return new Refusal('conflict', `The disk is full. No backup was made; the workspace is unharmed.`)
  return error
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
