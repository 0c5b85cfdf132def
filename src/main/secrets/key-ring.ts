// The keys of a workspace's files, in one small file of its own: sealed under a master key, and the master key wrapped once for each way in
// (a passphrase, the operating system's store, a recovery code on paper). Changing a way in touches nothing else.
import { join } from 'node:path'
import { generateX25519Identity } from 'age-encryption'
import { z } from 'zod'
import { boxed, newDataKey, seal, unseal, unwrapByPassphrase, wrapByPassphrase, wrappedKey } from './data-key.ts'
import { keepJson, readJson } from './kept-json.ts'
import { SecretsError, wrapBySystem, type SystemVault } from './secret-store.ts'

/** What one generation of files is encrypted with: databases by 64 hexadecimal digits, kept originals by an age identity. */
const generation = z.object({ store: z.string().regex(/^[0-9a-f]{64}$/), files: z.string().startsWith('AGE-SECRET-KEY-1') })
const ring = z.array(generation).min(1)

const keyFile = z.object({
  format: z.literal('muster-workspace-key-1'),
  /** Files may still be plain, or under an earlier key: whoever opens the workspace goes on. */
  pending: z.enum(['encrypt', 'rekey']).nullable(),
  madeAt: z.string(),
  rekeyedAt: z.string().nullable(),
  recoveryMadeAt: z.string().nullable(),
  ways: z.object({ passphrase: wrappedKey.nullable(), system: wrappedKey.nullable(), recovery: wrappedKey.nullable() }),
  ring: boxed,
  /** Of an invented organisation only: everybody may open it, and its passphrase stands here. */
  publicPassphrase: z.string().exactOptional(),
})

export type Generation = z.infer<typeof generation>
export type KeyFile = z.infer<typeof keyFile>
export type Way = 'passphrase' | 'system' | 'recovery'

/** An opened key file. `ring`: first what everything should be under, then what earlier files and backups are under. */
export interface OpenedRing {
  readonly file: KeyFile
  readonly master: Uint8Array
  readonly ring: readonly Generation[]
}

/** A code of 257 bits needs no slowing down; the least that is taken. */
const recoveryCost = 2 ** 15
const place = 'workspace key ring'

export function keyFilePath(keysFolder: string): string {
  return join(keysFolder, 'workspace-key.json')
}

/** Null: the workspace is not encrypted. */
export async function readKeyFile(keysFolder: string): Promise<KeyFile | null> {
  const path = keyFilePath(keysFolder)
  const stored = await readJson(path)
  if (stored === null) return null
  const parsed = keyFile.safeParse(stored)
  if (parsed.success) return parsed.data
  throw new SecretsError('damaged', `${path} is damaged, and without it this workspace cannot be opened. Put it back from a copy of the keys folder; nothing was changed.`)
}

export async function writeKeyFile(keysFolder: string, file: KeyFile): Promise<void> {
  await keepJson(keyFilePath(keysFolder), file)
}

export async function newGeneration(): Promise<Generation> {
  return { store: Buffer.from(newDataKey()).toString('hex'), files: await generateX25519Identity() }
}

export interface NewWays {
  readonly passphrase: string | null
  readonly recoveryCode: string | null
  readonly vault: SystemVault | null
}

/** A key file under a new master key. At least one way in is needed. */
export async function makeKeyFile(
  generations: readonly Generation[], ways: NewWays, facts: Pick<KeyFile, 'pending' | 'madeAt' | 'rekeyedAt'> & { readonly at: string; readonly publicPassphrase?: string },
): Promise<OpenedRing> {
  if (ways.passphrase === null && ways.recoveryCode === null && ways.vault === null) throw new Error('a key nobody can open')
  const master = newDataKey()
  const { at, ...rest } = facts
  const file: KeyFile = {
    format: 'muster-workspace-key-1', ...rest, recoveryMadeAt: ways.recoveryCode === null ? null : at,
    ways: {
      passphrase: ways.passphrase === null ? null : await wrapByPassphrase(master, ways.passphrase),
      system: ways.vault === null ? null : await wrapBySystem(master, ways.vault),
      recovery: ways.recoveryCode === null ? null : await wrapByPassphrase(master, ways.recoveryCode, recoveryCost),
    },
    ring: seal(master, JSON.stringify(generations), place),
  }
  return { file, master, ring: generations }
}

/** The same keys with one way in made anew or taken away. */
export async function withWay(opened: OpenedRing, way: { readonly passphrase: string } | { readonly recoveryCode: string; readonly at: string } | { readonly vault: SystemVault }): Promise<OpenedRing> {
  const { file, master } = opened
  const { publicPassphrase: _, ...secret } = file
  if ('passphrase' in way) return { ...opened, file: { ...secret, ways: { ...file.ways, passphrase: await wrapByPassphrase(master, way.passphrase) } } }
  if ('vault' in way) return { ...opened, file: { ...file, ways: { ...file.ways, system: await wrapBySystem(master, way.vault) } } }
  const recovery = await wrapByPassphrase(master, way.recoveryCode, recoveryCost)
  return { ...opened, file: { ...file, recoveryMadeAt: way.at, ways: { ...file.ways, recovery } } }
}

/** Null: that way in does not open it. */
export async function openBySecret(file: KeyFile, way: 'passphrase' | 'recovery', secret: string): Promise<OpenedRing | null> {
  const wrapped = file.ways[way]?.wrapped
  if (wrapped?.by !== 'passphrase') return null
  const master = await unwrapByPassphrase(wrapped, secret)
  return master === null ? null : openedBy(file, master)
}

/** Null: this machine's store does not open it (another user or machine made it, or the store was emptied). */
export async function openBySystem(file: KeyFile, vault: SystemVault): Promise<OpenedRing | null> {
  const wrapped = file.ways.system?.wrapped
  if (wrapped?.by !== 'operating-system') return null
  let master: Uint8Array
  try {
    master = Buffer.from(await vault.reveal(wrapped.text), 'base64')
  } catch {
    return null
  }
  return openedBy(file, master)
}

function openedBy(file: KeyFile, master: Uint8Array): OpenedRing {
  const text = unseal(master, file.ring, place)
  const parsed = text === null ? null : ring.safeParse(JSON.parse(text))
  if (parsed?.success !== true) throw new SecretsError('damaged', 'The workspace\'s key file was changed or is damaged. Put it back from a copy of the keys folder; nothing was changed.')
  return { file, master, ring: parsed.data }
}
