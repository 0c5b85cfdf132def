import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecretName, SecretsState } from '../../shared/model/live-source.ts'
import { boxed, newDataKey, seal, unseal, unwrapByPassphrase, wrapByPassphrase, wrappedKey, type WrappedKey } from './data-key.ts'
import { keepJson, readJson } from './kept-json.ts'

// Secrets of live sources: one small encrypted file each under the workspace's keys, never in the store. An environment variable
// `MUSTER_SECRET_<SOURCE>_<NAME>` wins over a file, for machines that bring their secrets along.

export interface SecretOwner {
  readonly id: number
  readonly name: string
}

/** The operating system's own store for small secrets, where a host has one (Electron's safeStorage, never its plain-text backend). */
export interface SystemVault {
  readonly protect: (text: string) => Promise<string>
  /** Rejects when this machine or user cannot open it. */
  readonly reveal: (text: string) => Promise<string>
}

export interface SecretStore {
  readonly state: () => Promise<SecretsState>
  /** Opens the secrets with a passphrase; the first time they are made under it. Where the operating system keeps them, nothing is asked. */
  readonly open: (passphrase: string) => Promise<SecretsState>
  /** Null: there is none. Throws `SecretsError` where there is one and it cannot be read. */
  readonly read: (owner: SecretOwner, name: SecretName) => Promise<string | null>
  readonly save: (owner: SecretOwner, name: SecretName, value: string) => Promise<void>
  readonly remove: (owner: SecretOwner) => Promise<void>
  /** Deletes one secret; those of the environment stay where they are. */
  readonly forget: (owner: SecretOwner, name: SecretName) => Promise<void>
  /** The opened key, for a thread of this process only. */
  readonly key: () => Uint8Array | null
}

export interface SecretStoreOptions {
  /** Made when the first secret is kept. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly vault: SystemVault | null
  /** Already opened by the thread that started this one. */
  readonly key: Uint8Array | null
}

/** Why a secret cannot be read or kept, with what to do. */
export class SecretsError extends Error {
  readonly code: 'locked' | 'wrong-passphrase' | 'damaged' | 'elsewhere'
  constructor(code: SecretsError['code'], message: string) {
    super(message)
    this.name = 'SecretsError'
    this.code = code
  }
}

const passphraseVariable = 'MUSTER_SECRETS_PASSPHRASE'

/** `MUSTER_SECRET_ENTRA_PROD_CLIENT_SECRET` for the source “Entra prod”. */
export function secretVariable(owner: Pick<SecretOwner, 'name'>, name: SecretName): string {
  return `MUSTER_SECRET_${owner.name}_${name}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
}

export function createSecretStore({ folder, env, vault, key: given }: SecretStoreOptions): SecretStore {
  const keyFile = join(folder, 'key.json')
  const fileOf = (owner: SecretOwner, name: SecretName): string => join(folder, `${owner.id}-${name}.json`)
  const placeOf = (owner: SecretOwner, name: SecretName): string => `source ${owner.id} ${name}`
  let key = given

  async function state(): Promise<SecretsState> {
    const wrapped = await readWrapped(keyFile)
    const by = wrapped?.wrapped.by ?? (vault === null ? 'passphrase' : 'operating-system')
    if (by === 'operating-system') return { keptIn: 'operating-system', isOpen: vault !== null, exists: wrapped !== null }
    const isOpen = key !== null || (env[passphraseVariable] ?? '') !== ''
    if (wrapped === null && Object.keys(env).some((name) => name.startsWith('MUSTER_SECRET_'))) {
      return { keptIn: 'environment', isOpen: true, exists: true }
    }
    return { keptIn: 'passphrase-file', isOpen, exists: wrapped !== null }
  }

  async function open(passphrase: string): Promise<SecretsState> {
    const wrapped = await readWrapped(keyFile)
    if (wrapped === null) {
      const made = newDataKey()
      await keepJson(keyFile, vault === null ? await wrapByPassphrase(made, passphrase) : await wrapBySystem(made, vault))
      key = made
    } else if (wrapped.wrapped.by === 'passphrase') {
      key = await unwrapByPassphrase(wrapped.wrapped, passphrase)
      if (key === null) throw new SecretsError('wrong-passphrase', 'The passphrase does not open this workspace\'s secrets. Nothing was changed.')
    } else {
      key = await unwrapBySystem(wrapped.wrapped.text)
    }
    return state()
  }

  async function unwrapBySystem(text: string): Promise<Uint8Array> {
    if (vault === null) {
      throw new SecretsError(
        'elsewhere',
        'This workspace\'s secrets are kept by the operating system for the desktop app. Open the workspace there, or give them as environment variables.',
      )
    }
    try {
      return Buffer.from(await vault.reveal(text), 'base64')
    } catch {
      throw new SecretsError('elsewhere', 'The operating system\'s key store does not open these secrets: another user or machine made them. Enter them again.')
    }
  }

  /** The key, opened without asking anybody where that is possible. */
  async function opened(): Promise<Uint8Array> {
    if (key !== null) return key
    const passphrase = env[passphraseVariable]
    const wrapped = await readWrapped(keyFile)
    const isBySystem = wrapped === null ? vault !== null : wrapped.wrapped.by === 'operating-system'
    if (!isBySystem && (passphrase === undefined || passphrase === '')) {
      throw new SecretsError(
        'locked',
        wrapped === null
          ? `No passphrase was chosen for this workspace's secrets yet. Choose one, or set ${passphraseVariable}.`
          : `This workspace's secrets are locked. Open them with their passphrase, or set ${passphraseVariable}.`,
      )
    }
    await open(passphrase ?? '')
    if (key === null) throw new Error('the secrets were opened without a key')
    return key
  }

  async function read(owner: SecretOwner, name: SecretName): Promise<string | null> {
    const brought = env[secretVariable(owner, name)]
    if (brought !== undefined && brought !== '') return brought
    const stored = await readJson(fileOf(owner, name))
    if (stored === null) return null
    const parsed = boxed.safeParse(stored)
    const text = parsed.success ? unseal(await opened(), parsed.data, placeOf(owner, name)) : null
    if (text === null) throw new SecretsError('damaged', `The ${name} of “${owner.name}” cannot be read: its file was changed or damaged. Enter it again.`)
    return text
  }

  async function save(owner: SecretOwner, name: SecretName, value: string): Promise<void> {
    await keepJson(fileOf(owner, name), seal(await opened(), value, placeOf(owner, name)))
  }

  async function remove(owner: SecretOwner): Promise<void> {
    const entries = await readdir(folder).catch(() => [])
    for (const entry of entries) if (entry.startsWith(`${owner.id}-`)) await rm(join(folder, entry), { force: true })
  }

  const forget = (owner: SecretOwner, name: SecretName): Promise<void> => rm(fileOf(owner, name), { force: true })

  return { state, open, read, save, remove, forget, key: () => key }
}

/** The key as only this machine's store gives it back. */
export async function wrapBySystem(key: Uint8Array, vault: SystemVault): Promise<WrappedKey> {
  return { format: 'muster-secrets-1', wrapped: { by: 'operating-system', text: await vault.protect(Buffer.from(key).toString('base64')) } }
}

async function readWrapped(path: string): Promise<WrappedKey | null> {
  const stored = await readJson(path)
  if (stored === null) return null
  const parsed = wrappedKey.safeParse(stored)
  if (parsed.success) return parsed.data
  throw new SecretsError('damaged', `${path} is damaged. Put it back from a backup, or delete the folder and enter the secrets again.`)
}
