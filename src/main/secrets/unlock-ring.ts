import { openBySecret, openBySystem, type KeyFile, type OpenedRing, type Way } from './key-ring.ts'
import { readRecoveryCode } from './recovery-code.ts'
import { SecretsError, type SystemVault } from './secret-store.ts'

export const passphraseVariable = 'MUSTER_WORKSPACE_PASSPHRASE'

/** What a host can offer to open a workspace with, tried in this order. */
export interface WaysIn {
  readonly vault: SystemVault | null
  /** From the environment, or given with the request. A recovery code counts as one. */
  readonly passphrases: readonly string[]
  /** Passphrases given for something else, which may be the same; never used to encrypt with. */
  readonly guesses: readonly string[]
  /** Asks a person; null = there is nobody. `why` says what was wrong with the last answer. */
  readonly ask: ((why: string | null) => Promise<string>) | null
}

export interface Unlocked extends OpenedRing {
  readonly by: Way
}

const mostQuestions = 3

/** Throws `SecretsError`: `locked` where nobody could be asked, `wrong-passphrase` where nothing that was offered fits. */
export async function unlockRing(file: KeyFile, { vault, passphrases, guesses, ask }: WaysIn): Promise<Unlocked> {
  const known = vault === null ? null : await openBySystem(file, vault)
  if (known !== null) return { ...known, by: 'system' }
  let why: string | null = null
  for (const secret of [...(file.publicPassphrase === undefined ? [] : [file.publicPassphrase]), ...new Set([...passphrases, ...guesses])]) {
    const tried = await trySecret(file, secret)
    if (typeof tried !== 'string') return tried
    why = tried
  }
  for (let question = 0; ask !== null && question < mostQuestions; question += 1) {
    const tried = await trySecret(file, await ask(why))
    if (typeof tried !== 'string') return tried
    why = tried
  }
  if (why !== null) throw new SecretsError('wrong-passphrase', `${why} ${whatElse(file)}`)
  throw new SecretsError('locked', `This workspace is encrypted and nobody can be asked for its passphrase here. Give it in ${passphraseVariable}, or type it in a terminal.`)
}

/** A passphrase, or the code of the recovery kit in its place. A sentence where it does not open the workspace. */
export async function trySecret(file: KeyFile, secret: string): Promise<Unlocked | string> {
  const code = readRecoveryCode(secret)
  if (code.kind === 'code' && file.ways.recovery !== null) {
    const opened = await openBySecret(file, 'recovery', code.code)
    if (opened !== null) return { ...opened, by: 'recovery' }
  }
  const opened = secret === '' ? null : await openBySecret(file, 'passphrase', secret)
  if (opened !== null) return { ...opened, by: 'passphrase' }
  if (code.kind === 'mistyped') return `The recovery code was mistyped in group ${code.groups.join(', ')}. Nothing was changed.`
  if (code.kind === 'code') return 'This recovery code is not of this workspace\'s present kit. Nothing was changed.'
  return file.ways.passphrase === null
    ? 'This workspace has no passphrase; the computer it was encrypted on opens it. Nothing was changed.'
    : 'The passphrase does not open this workspace. Nothing was changed.'
}

function whatElse(file: KeyFile): string {
  return file.recoveryMadeAt !== null
    ? `If it is lost, the code of the recovery kit made on ${file.recoveryMadeAt.slice(0, 10)} opens it: type it in the passphrase's place.`
    : 'If it is lost, nobody can read this workspace or its backups again: no recovery kit was made.'
}
