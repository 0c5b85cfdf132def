import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where the details of an unforeseen error go. Returns the id under which they can be found again. */
export type ErrorLog = (where: string, error: unknown) => string

const describe = (error: unknown): { name: string; message: string; stack: string | null; cause: string | null } =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack ?? null, cause: error.cause instanceof Error ? error.cause.message : null }
    : { name: 'NotAnError', message: String(error), stack: null, cause: null }

/**
 * One JSON line per error in `<workspace>/logs/errors.jsonl`. Holds what failed and where, never what was asked: inputs can carry
 * passphrases. A log that cannot be written (disk full, read-only) must not hide the error itself, so that is swallowed.
 */
export const errorLogIn = (workspace: string): ErrorLog => {
  const folder = join(workspace, 'logs')
  return (where, error) => {
    const id = randomBytes(6).toString('hex')
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      appendFileSync(join(folder, 'errors.jsonl'), `${JSON.stringify({ id, at: new Date().toISOString(), where, ...describe(error) })}\n`, { mode: 0o600 })
    } catch {
      // Nothing more can be kept; the caller still gets the id and the sentence.
    }
    return id
  }
}
