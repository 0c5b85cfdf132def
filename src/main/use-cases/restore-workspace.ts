import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { toBase64 } from '../core/evidence/bytes.ts'
import { parseCheckpoint } from '../core/evidence/checkpoint.ts'
import { copyOfBackup, faultsOfCopy, foldLogIntoFile, isReadableDatabase, openCopy, removeCopy } from '../storage/backup.ts'
import { rememberCheckpoint, witnessedHeads } from '../storage/checkpoint-witness.ts'
import { changeCopyKey, keyOf } from '../storage/change-file-key.ts'
import { inTransaction, openStore, StoreError, type Store } from '../storage/database.ts'
import { allCheckpoints, lastCheckpoint } from '../storage/evidence-log.ts'
import { personByEmail, type Person } from '../storage/people.ts'
import type { StoreKey } from '../storage/store-key.ts'
import { removeRestoreDrafts, restoreDraft, swapDatabase } from '../storage/swap-database.ts'
import { loadSettings } from '../storage/workspace.ts'
import type { Checkpoint } from '../../shared/model/evidence.ts'
import { excusedHeads } from './excused-heads.ts'
import { Refusal, type Context, type WorkspacePaths } from './context.ts'
import { recordEvent } from './record-event.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { unlock } from './unlock-signer.ts'
import { walkLog, type Head, type WalkedLog } from './walk-log.ts'

export interface RestoreRequest {
  readonly file: string
  /** Who restores; null = the workspace's first officer. Their passphrase signs the record of it. */
  readonly officer: string | null
  readonly passphrase: string
  readonly reason: string
}

export interface RestoredWorkspace {
  readonly file: string
  readonly sha256: string
  /** How many events the backup held. */
  readonly events: number
  /** How many the replaced database held; null where it could not be read. */
  readonly replacedEvents: number | null
  /** Signed heads that are set aside with it. */
  readonly abandoned: number
  /** The folder that keeps the former database; null where there was none. */
  readonly setAside: string | null
  readonly eventSeq: number
}

/** What a closed workspace offers: `contextOn` makes the rest of a context around a store. For whoever holds the workspace's lock. */
export interface ClosedWorkspace {
  readonly paths: WorkspacePaths
  readonly contextOn: (store: Store, logId: string) => Context
  /** Of the workspace's files: what they should be under first, then earlier ones; none = they are plain. */
  readonly storeKeys: readonly StoreKey[]
}

/**
 * Puts a backup in the database's place: read and checked as a copy, held against what was signed here, recorded in its log and signed, and
 * only then swapped in by one rename. The former database is kept. Until the swap nothing of the workspace changes, whatever happens.
 */
export async function restoreWorkspace(workspace: ClosedWorkspace, request: RestoreRequest): Promise<RestoredWorkspace> {
  const { paths } = workspace
  const file = resolve(request.file)
  if (request.reason.trim() === '') throw new Refusal('invalid', 'Say why the backup is restored; it is written into the log. Nothing was changed.')
  if (!existsSync(file)) throw new Refusal('not-found', `${file} does not exist. Nothing was changed.`)
  await removeRestoreDrafts(paths.folder)
  const draft = restoreDraft(paths.folder, randomUUID())
  try {
    if ((await copyOfBackup(file, draft)) === 'in-use') {
      throw new Refusal('invalid', `${file} is a database in use, not a finished backup: part of it lies in a file beside it. Nothing was changed; make one with "muster backup".`)
    }
    const sha256 = await hashOf(draft)
    const { checkpoint, ...done } = await prepare(workspace, draft, { ...request, file }, sha256)
    const aside = join(paths.folder, 'set-aside', `${checkpoint.at.replaceAll(/[:.]/g, '-')}-${sha256.slice(0, 8)}`)
    const { kept } = await swapDatabase(paths.database, draft, aside)
    rememberCheckpoint(paths.folder, checkpoint.note)
    return { file, sha256, ...done, setAside: kept }
  } catch (error) {
    await removeCopy(draft)
    throw error
  }
}

async function prepare(
  workspace: ClosedWorkspace, draft: string, request: RestoreRequest, sha256: string,
): Promise<Omit<RestoredWorkspace, 'file' | 'sha256' | 'setAside'> & { checkpoint: Checkpoint }> {
  const copy = await openBackup(draft, request.file, workspace.storeKeys)
  try {
    const settings = await loadSettings(copy.db)
    if (settings === undefined) throw unfit(request.file, 'it holds no finished workspace')
    const context = workspace.contextOn(copy, settings.logId)
    const former = await formerLog(workspace, settings.logId, context)
    const outside = witnessedHeads(workspace.paths.folder, workspace.paths.bundles, settings.logId)
    const walked = await walkLog(copy.db, context.hash, [...outside, ...former.heads])
    const faults = [...faultsOfCopy(copy), ...walked.faults]
    if (faults.length > 0) throw unfit(request.file, faults.slice(0, 3).join('; '))
    const abandoned = await setAsideHeads(context, copy, walked, request.file)
    const own = await trustedCheckpoint(context, copy, request.file)
    const officer = await restoringOfficer(copy, request.officer ?? settings.createdBy)
    const { signer, fingerprint } = await unlock(context, officer.email, request.passphrase)
    const { seq, checkpoint } = await inTransaction(copy, async (queries) => {
      const recorded = await recordEvent(context, queries, officer.email, {
        kind: 'restored',
        body: {
          fileName: basename(request.file), sha256, events: walked.size, checkpoint: own, replaced: former.head, abandoned: [...abandoned],
          reason: request.reason.trim(), certificateFingerprint: fingerprint,
        },
      })
      return { seq: recorded.seq, checkpoint: await signCheckpoint(context, queries, signer, `backup over ${walked.size} events restored`, abandoned) }
    })
    return { events: walked.size, replacedEvents: former.head?.size ?? null, abandoned: abandoned.length, eventSeq: seq, checkpoint }
  } finally {
    await copy.close()
  }
}

/** The copy under the workspace's present key, whatever key it was made under. */
async function openBackup(draft: string, file: string, keys: readonly StoreKey[]): Promise<Store> {
  try {
    const found = keyOf(draft, keys)
    if (found === undefined) throw unfit(file, 'it is damaged, or not a Muster database, or encrypted with a key this workspace never had')
    const [wanted] = keys
    if (wanted !== undefined && found !== wanted) await changeCopyKey(draft, found, wanted)
    return await openCopy(draft, wanted ?? null)
  } catch (error) {
    if (error instanceof StoreError && error.code === 'newer-version') throw new Refusal('conflict', `The backup was written by a newer version of Muster. Nothing was changed; restore it with that version.`)
    if (error instanceof StoreError && (error.code === 'damaged' || error.code === 'not-a-store')) throw unfit(file, 'it is damaged, or not a Muster database')
    throw error
  }
}

function unfit(file: string, why: string): Refusal {
  return new Refusal('conflict', `${file} was not restored: ${why}. Nothing was changed; try an older backup.`)
}

/** What the database that is to be replaced says of its log. A damaged or missing one says nothing: what is remembered beside it still counts. */
async function formerLog(workspace: ClosedWorkspace, logId: string, context: Context): Promise<{ head: Head | null; heads: readonly Head[] }> {
  const { database } = workspace.paths
  const key = existsSync(database) ? keyOfFormer(database, workspace.storeKeys) : undefined
  if (key === undefined || !isReadableDatabase(database, key)) return { head: null, heads: [] }
  const store = await openStore(database, { mustExist: true, key })
  try {
    const settings = await loadSettings(store.db)
    if (settings !== undefined && settings.logId !== logId) {
      throw new Refusal('conflict', 'The backup belongs to another workspace: its log has another name. Nothing was changed.')
    }
    const { size, root } = await walkLog(store.db, context.hash)
    const heads = (await allCheckpoints(store.db)).map((head) => ({ size: head.size, root: head.root }))
    foldLogIntoFile(store)
    return { head: { size, root }, heads }
  } finally {
    await store.close()
  }
}

/** Undefined where no key opens it, or the damage reaches what every key has to read first. */
function keyOfFormer(database: string, keys: readonly StoreKey[]): StoreKey | null | undefined {
  try {
    return keyOf(database, keys)
  } catch (error) {
    if (error instanceof StoreError && (error.code === 'damaged' || error.code === 'not-a-store')) return undefined
    throw error
  }
}

/** Signed heads the backup does not lead to: those behind its end are set aside; one before its end means that it tells another story. */
async function setAsideHeads(context: Context, copy: Store, walked: WalkedLog, file: string): Promise<readonly Head[]> {
  const excused = await excusedHeads(context, copy.db)
  if (excused.doubtful.length > 0) throw unfit(file, excused.doubtful.join('; '))
  const missed = walked.missed.filter((head) => !excused.has(head))
  const contrary = missed.find((head) => head.size <= walked.size)
  if (contrary !== undefined) throw unfit(file, `its first ${contrary.size} events are not those that were signed in this workspace`)
  return [...new Map(missed.map(({ size, root }) => [`${size} ${root}`, { size, root }])).values()]
}

/** The backup's own last checkpoint, signed under this workspace's root: a database made up elsewhere has none. */
async function trustedCheckpoint(context: Context, copy: Store, file: string): Promise<Head | null> {
  const last = await lastCheckpoint(copy.db)
  const note = last === undefined ? undefined : parseCheckpoint(last.note)
  if (last === undefined || note === undefined) throw unfit(file, 'nothing in it was ever signed')
  const roots = await context.signing.trustedRoots(context.paths.keys)
  if (roots.length === 0) throw new Refusal('conflict', 'The organisation\'s root certificate is missing from the keys folder. Nothing was changed; put the keys folder back first.')
  const isOurs = roots.some((root) => context.signing.verifyContent(last.note, last.cms, { root, at: new Date(last.at) }).ok)
  const isItsOwn = note.origin === context.logId && note.size === last.size && toBase64(note.root) === last.root
  if (!isOurs || !isItsOwn) throw unfit(file, 'its last checkpoint is not signed under this workspace\'s root')
  return { size: last.size, root: last.root }
}

async function restoringOfficer(copy: Store, email: string): Promise<Person> {
  const person = await personByEmail(copy.db, email)
  if (person?.roles.includes('officer') === true) return person
  throw new Refusal('not-allowed', `${email} is not a compliance officer in the backup, so the restore could not be signed. Nothing was changed.`)
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
