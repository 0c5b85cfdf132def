import { SecretsError } from './secrets/secret-store.ts'
import { StoreError } from './storage/database.ts'

/** Why a workspace could not be opened or made, as a sentence for people. */
export class StartError extends Error {
  readonly code: 'not-a-workspace' | 'locked' | 'read-only' | 'not-empty' | 'passphrase-needed' | 'wrong-passphrase' | 'other'
  constructor(code: StartError['code'], message: string) {
    super(message)
    this.name = 'StartError'
    this.code = code
  }
}

const startCodes = { locked: 'passphrase-needed', 'wrong-passphrase': 'wrong-passphrase', damaged: 'other', elsewhere: 'other' } as const

export function orStartError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asStartError(error)
  }
}

export function asStartError(error: unknown): unknown {
  if (error instanceof StoreError) return new StartError(error.code === 'locked' || error.code === 'read-only' ? error.code : 'other', error.message)
  if (error instanceof SecretsError) return new StartError(startCodes[error.code], error.message)
  if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EROFS')) {
    return new StartError('read-only', `${'path' in error ? String(error.path) : 'The folder'} cannot be written: it is read-only or belongs to somebody else. Nothing was changed.`)
  }
  return error
}
