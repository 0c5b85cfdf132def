import type { WorkspaceKeyState } from '../../shared/model/workspace-key.ts'
import { makeKeyFile, newGeneration, withWay, writeKeyFile, type OpenedRing } from './key-ring.ts'
import { newRecoveryCode } from './recovery-code.ts'
import { SecretsError, type SystemVault } from './secret-store.ts'
import { trySecret } from './unlock-ring.ts'

/** The opened workspace's own key. `current` is its passphrase or recovery code; null only where it has neither yet. */
export interface WorkspaceKey {
  readonly state: () => WorkspaceKeyState
  readonly changePassphrase: (current: string | null, next: string) => Promise<void>
  /** Makes a new kit; an earlier one no longer opens anything. The code is told once and kept nowhere. */
  readonly makeRecoveryCode: (current: string | null, at: string) => Promise<string>
  /** A new key for everything, and a new kit with it. Files follow when the workspace is opened next. */
  readonly beginRekey: (current: string | null, next: string | null, at: string) => Promise<string>
  /** Every file is where it should be. */
  readonly settled: () => Promise<void>
}

export interface WorkspaceKeyOptions {
  readonly keysFolder: string
  /** Null = the workspace is plain. */
  readonly opened: OpenedRing | null
  readonly unfinished: string | null
  readonly vault: SystemVault | null
}

const leastLength = 8

export function workspaceKey({ keysFolder, opened: first, unfinished, vault }: WorkspaceKeyOptions): WorkspaceKey {
  let opened = first

  function mustBeEncrypted(): OpenedRing {
    if (opened === null) throw new SecretsError('elsewhere', 'This workspace is not encrypted. Encrypt it first with "muster workspace encrypt".')
    return opened
  }

  /** Who changes how it opens proves once more that they may open it. Tells the passphrase where that was it. */
  async function prove(current: string | null): Promise<{ passphrase: string | null }> {
    const { file } = mustBeEncrypted()
    if (file.ways.passphrase === null && file.ways.recovery === null) return { passphrase: null }
    if (current === null || current === '') throw new SecretsError('locked', 'Type the workspace\'s passphrase or its recovery code first. Nothing was changed.')
    const tried = await trySecret(file, current)
    if (typeof tried === 'string') throw new SecretsError('wrong-passphrase', tried)
    return { passphrase: tried.by === 'passphrase' ? current : null }
  }

  async function keep(changed: OpenedRing): Promise<void> {
    await writeKeyFile(keysFolder, changed.file)
    opened = changed
  }

  return {
    state: () => stateOf(opened, unfinished),
    changePassphrase: async (current, next) => {
      mustBeLong(next)
      await prove(current)
      await keep(await withWay(mustBeEncrypted(), { passphrase: next }))
    },
    makeRecoveryCode: async (current, at) => {
      await prove(current)
      const recoveryCode = newRecoveryCode()
      await keep(await withWay(mustBeEncrypted(), { recoveryCode, at }))
      return recoveryCode
    },
    beginRekey: async (current, next, at) => {
      const { passphrase } = await prove(current)
      if (next !== null) mustBeLong(next)
      const { file, ring } = mustBeEncrypted()
      if (file.pending !== null) throw new SecretsError('elsewhere', 'An earlier change of the key is not finished yet: close the workspace and open it again first. Nothing was changed.')
      const kept = next ?? passphrase
      if (kept === null && file.ways.passphrase !== null) throw new SecretsError('locked', 'The recovery code opens the workspace, but its passphrase is not known: choose a new one with it. Nothing was changed.')
      const recoveryCode = newRecoveryCode()
      await keep(await makeKeyFile([await newGeneration(), ...ring], { passphrase: kept, recoveryCode, vault: file.ways.system === null ? null : vault }, {
        pending: 'rekey', madeAt: file.madeAt, rekeyedAt: at, at,
        ...(file.publicPassphrase === undefined || kept !== file.publicPassphrase ? {} : { publicPassphrase: file.publicPassphrase }),
      }))
      return recoveryCode
    },
    settled: async () => {
      const now = mustBeEncrypted()
      await keep({ ...now, file: { ...now.file, pending: null } })
    },
  }
}

function mustBeLong(passphrase: string): void {
  if (passphrase.length < leastLength) throw new SecretsError('locked', `The workspace's passphrase needs at least ${leastLength} characters. Nothing was changed.`)
}

function stateOf(opened: OpenedRing | null, unfinished: string | null): WorkspaceKeyState {
  if (opened === null) {
    return { isEncrypted: false, opensWith: { passphrase: false, computer: false, recovery: null }, madeAt: null, rekeyedAt: null, pending: null, unfinished, isPublic: false }
  }
  const { ways, madeAt, rekeyedAt, recoveryMadeAt, pending, publicPassphrase } = opened.file
  return {
    isEncrypted: true, madeAt, rekeyedAt, pending, unfinished, isPublic: publicPassphrase !== undefined,
    opensWith: { passphrase: ways.passphrase !== null, computer: ways.system !== null, recovery: recoveryMadeAt },
  }
}
