import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileKeys } from './jobs/engine-thread.ts'
import { makeKeyFile, newGeneration, openBySystem, readKeyFile, withWay, writeKeyFile, type Generation, type KeyFile, type NewWays, type OpenedRing } from './secrets/key-ring.ts'
import { newRecoveryCode } from './secrets/recovery-code.ts'
import { fileSeals, type FileSeals } from './secrets/sealed-files.ts'
import { sealRawFolder } from './secrets/raw-folder.ts'
import { SecretsError, type SystemVault } from './secrets/secret-store.ts'
import { workspaceKey } from './secrets/workspace-key.ts'
import { passphraseVariable, unlockRing, type WaysIn } from './secrets/unlock-ring.ts'
import { settleFiles, type TellSettling } from './storage/settle-files.ts'
import { isPlainDatabase, type StoreKey } from './storage/store-key.ts'
import type { Protection } from './engine-context.ts'
import { StartError } from './start-error.ts'
import { recordSettledKey } from './use-cases/change-workspace-key.ts'
import type { Context, WorkspacePaths } from './use-cases/context.ts'

export type { FileKeys }

/** An unlocked workspace; `opened` null = it is plain. */
export interface OwnKey {
  readonly opened: OpenedRing | null
  readonly keys: FileKeys | null
  /** Why not all of it is encrypted as it should be, as a sentence. */
  readonly unfinished: string | null
}

/** Of a workspace that is not encrypted. */
export const plainKey: OwnKey = { opened: null, keys: null, unfinished: null }

/** How a new workspace is to be protected. */
export interface NewProtection {
  readonly passphrase: string
  /** Its code is told once, when the workspace is made. */
  readonly hasRecoveryKit: boolean
  /** Of an invented organisation: the passphrase is written beside the key, so that nobody has to be asked. */
  readonly isPublic?: boolean
}

/** Whether a file of a keys folder goes along with whoever holds the keys: the workspace's own key and its secrets stay where they are. */
export function isKeyOfPerson(path: string): boolean {
  return !['workspace-key.json', 'secrets'].includes(basename(path))
}

/** Keys for a workspace that is being made. */
export async function protectNew(keysFolder: string, { passphrase, hasRecoveryKit, isPublic }: NewProtection): Promise<{ own: OwnKey; recoveryCode: string | null }> {
  const recoveryCode = hasRecoveryKit ? newRecoveryCode() : null
  const opened = await newOwnKey(keysFolder, { passphrase, recoveryCode, vault: null }, null, isPublic === true ? passphrase : undefined)
  return { own: { opened, keys: { store: storeKeysOf(opened.ring)[0], ring: opened.ring }, unfinished: null }, recoveryCode }
}

/** Makes the key of a workspace that is being made, or is plain until now (`pending`). */
async function newOwnKey(keysFolder: string, ways: NewWays, pending: KeyFile['pending'], publicPassphrase?: string): Promise<OpenedRing> {
  const at = new Date().toISOString()
  const opened = await makeKeyFile([await newGeneration()], ways, {
    pending, madeAt: at, rekeyedAt: null, at, ...(publicPassphrase === undefined ? {} : { publicPassphrase }),
  })
  // A store that does not give back what it took must not be the only way in.
  if (ways.vault !== null && (await openBySystem(opened.file, ways.vault)) === null) {
    throw new SecretsError('elsewhere', 'The operating system\'s key store does not give back what it is given, so nothing was encrypted.')
  }
  await writeKeyFile(keysFolder, opened.file)
  return opened
}

/**
 * Unlocks a closed workspace and brings its databases to where they should be: encrypts a plain one, finishes what was cut off. A plain one
 * that nothing was offered for stays plain. Only for whoever holds the workspace's lock.
 */
export async function openOwnKey(paths: WorkspacePaths, ways: WaysIn, tell?: TellSettling): Promise<OwnKey> {
  const file = await readKeyFile(paths.keys)
  const isPlain = existsSync(paths.database) && isPlainDatabase(paths.database)
  if (file === null && !isPlain) {
    throw new StartError('other', `${paths.database} is not a Muster database, or it is encrypted and there is no key file keys/workspace-key.json. Put the keys folder back from a copy, or restore a backup; nothing was changed.`)
  }
  const opened = file === null ? await firstKey(paths, ways) : await unlocked(paths.keys, file, isPlain, ways)
  if (opened === null) return plainKey
  const { key, unfinished } = await settleFiles(paths, storeKeysOf(opened.ring), tell)
  return { opened, keys: { store: key, ring: opened.ring }, unfinished }
}

/** On a computer with a store of its own, or where a passphrase was given, a workspace of an earlier version is encrypted at once. */
async function firstKey(paths: WorkspacePaths, { vault, passphrases }: WaysIn): Promise<OpenedRing | null> {
  const [passphrase = null] = passphrases
  if (vault === null && passphrase === null) return null
  try {
    return await newOwnKey(paths.keys, { passphrase, recoveryCode: null, vault }, 'encrypt')
  } catch (error) {
    // It opens as it was; nobody asked for anything else.
    if (vault !== null && error instanceof SecretsError) return null
    throw error
  }
}

/** Null: encrypting was cut off before it touched anything and nobody can go on with it here, so the workspace opens as it was. */
async function unlocked(keysFolder: string, file: KeyFile, isPlain: boolean, ways: WaysIn): Promise<OpenedRing | null> {
  try {
    const unlocked = await unlockRing(file, ways)
    // From now on this computer's own store opens it.
    if (ways.vault === null || unlocked.by === 'system') return unlocked
    const known = await withWay(unlocked, { vault: ways.vault })
    await writeKeyFile(keysFolder, known.file)
    return known
  } catch (error) {
    if (isPlain && file.pending === 'encrypt' && error instanceof SecretsError && error.code === 'locked') return null
    throw error
  }
}

/** What comes after the databases and their own tidying up: kept originals. Clears the mark when all of it is done, and records it. */
export async function settleOwnKey(context: Context, { opened, unfinished }: OwnKey, tell: TellSettling = () => undefined): Promise<void> {
  const pending = opened?.file.pending ?? null
  if (opened === null || pending === null || unfinished !== null) return
  const seals = await sealsOf(opened.ring)
  const [present] = opened.ring
  if (seals !== null && present !== undefined) {
    await sealRawFolder(context.paths.raw, seals, await fileSeals([present.files]), (share) => tell({ change: pending, step: 'originals', share, bytes: 0 }))
  }
  await recordSettledKey(context, pending === 'encrypt' ? 'encrypted' : 'rekeyed')
  await context.workspaceKey.settled()
}

/** What a context needs of it. */
export async function protectionOf(paths: WorkspacePaths, { opened, keys, unfinished }: OwnKey, vault: SystemVault | null): Promise<Protection> {
  return { seals: await sealsOf(keys?.ring ?? []), key: workspaceKey({ keysFolder: paths.keys, opened, unfinished, vault }) }
}

export interface OfferedWays {
  readonly vault?: SystemVault
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly passphrase?: string
  readonly askPassphrase?: (why: string | null) => Promise<string>
}

export function waysInto({ vault, env = process.env, passphrase, askPassphrase }: OfferedWays): WaysIn {
  const given = (texts: readonly (string | undefined)[]): readonly string[] => texts.filter((text) => text !== undefined && text !== '') as string[]
  return {
    vault: vault ?? null, passphrases: given([passphrase, env[passphraseVariable]]),
    // A workspace opens with its officer's passphrase unless another was chosen when it was made.
    guesses: given([env['MUSTER_OFFICER_PASSPHRASE'], env['MUSTER_PASSPHRASE']]),
    ask: askPassphrase ?? null,
  }
}

/** For a workspace whose database may be damaged or missing: its keys alone. Null: it is plain. */
export async function unlockedRing(keysFolder: string, ways: WaysIn): Promise<OpenedRing | null> {
  const file = await readKeyFile(keysFolder)
  return file === null ? null : unlockRing(file, ways)
}

export async function sealsOf(ring: readonly Generation[]): Promise<FileSeals | null> {
  const [first, ...rest] = ring.map(({ files }) => files)
  return first === undefined ? null : fileSeals([first, ...rest])
}

export function storeKeysOf(ring: readonly Generation[]): readonly [StoreKey, ...StoreKey[]] {
  const [first, ...rest] = ring.map(({ store }) => store)
  if (first === undefined) throw new Error('a key ring without a key')
  return [first, ...rest]
}
