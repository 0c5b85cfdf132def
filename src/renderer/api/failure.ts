import { ORPCError } from '@orpc/client'
import type { ContractErrorCode } from '../../shared/contract/errors.ts'
import { engineSentence } from '../texts/engine-sentences.ts'

/** What went wrong, as far as a screen has to tell it apart. `message` is the engine's own sentence for people, or null. */
export interface Failure {
  readonly kind: ContractErrorCode | 'NO_ANSWER' | 'NO_SESSION'
  readonly message: string | null
  readonly logId: string | null
}

const codes: readonly ContractErrorCode[] = [
  'NOT_FOUND', 'NOT_ALLOWED', 'INVALID', 'CONFLICT', 'WRONG_PASSPHRASE', 'SOURCE', 'STORE', 'CANCELLED', 'INTERNAL',
]

const logIdOf = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'logId' in data && typeof data.logId === 'string' ? data.logId : null

/** A closed set of failures out of whatever a call threw: contract errors keep their code, a silent engine is `NO_ANSWER`. */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof ORPCError) {
    const code = codes.find((known) => known === error.code)
    if (code !== undefined) return { kind: code, message: engineSentence(error.message), logId: logIdOf(error.data) }
    // Before the contract is reached: the loopback server's own token and origin checks.
    if (error.status === 401 || error.status === 403) return { kind: 'NO_SESSION', message: null, logId: null }
    return { kind: 'INTERNAL', message: null, logId: null }
  }
  return { kind: 'NO_ANSWER', message: null, logId: null }
}

/** Asking again can help only where nobody answered. */
export const isWorthRetrying = (error: unknown): boolean => toFailure(error).kind === 'NO_ANSWER'
