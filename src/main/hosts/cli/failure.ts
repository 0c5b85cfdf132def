import { ORPCError } from '@orpc/client'
import { CommanderError } from 'commander'

/** What a command refuses by itself, before or besides the engine: always a usage or configuration error. */
export class CommandRefusal extends Error {
  readonly code: string
  constructor(message: string, code = 'usage') {
    super(message)
    this.name = 'CommandRefusal'
    this.code = code
  }
}

export interface Failure {
  readonly code: string
  readonly message: string
  /** 2 = usage or configuration, 130 = stopped by Ctrl+C as shells expect. 1 is kept for checks that failed. */
  readonly exit: 2 | 130
  /** False for errors nobody foresaw, whose sentence says too little without the log. */
  readonly isForeseen: boolean
}

const codeOf = (error: Error): string | null => ('code' in error && typeof error.code === 'string' ? error.code : null)

const systemSentence = (error: Error, code: string): string | null => {
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'The file'
  if (code === 'ENOENT') return `${path} does not exist; nothing was changed.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${path} may not be read or written by this user; nothing was changed.`
  if (code === 'EISDIR') return `${path} is a folder; a file was expected.`
  if (code === 'ENOSPC') return 'The disk is full; what was finished before is kept. Make room and run the command again.'
  if (code === 'EADDRINUSE') return 'The port is already in use; choose another with --port or leave --port out.'
  return null
}

/** Any thrown value → the one or two sentences a person gets on stderr, and the exit code. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof ORPCError) {
    const code = String(error.code).toLowerCase().replaceAll('_', '-')
    return { code, message: error.message, exit: code === 'cancelled' ? 130 : 2, isForeseen: code !== 'internal' }
  }
  if (error instanceof CommandRefusal) return { code: error.code, message: error.message, exit: 2, isForeseen: true }
  if (error instanceof CommanderError) return { code: 'usage', message: error.message.replace(/^error: /, ''), exit: 2, isForeseen: true }
  if (!(error instanceof Error)) return { code: 'internal', message: `Something failed that Muster did not foresee: ${String(error)}`, exit: 2, isForeseen: false }
  const code = codeOf(error)
  if (error.name === 'AbortError') return { code: 'cancelled', message: 'Stopped as asked; nothing half-done was kept.', exit: 130, isForeseen: true }
  // What the engine refuses outside the contract, such as a bundle that is not there.
  if (error.name === 'Refusal') return { code: code ?? 'refused', message: error.message, exit: code === 'cancelled' ? 130 : 2, isForeseen: true }
  if (error.name === 'StartError') return { code: code ?? 'start', message: error.message, exit: 2, isForeseen: true }
  const sentence = code === null ? null : systemSentence(error, code)
  if (code !== null && sentence !== null) return { code: code.toLowerCase(), message: sentence, exit: 2, isForeseen: true }
  return { code: 'internal', message: `Something failed that Muster did not foresee: ${error.message}`, exit: 2, isForeseen: false }
}
