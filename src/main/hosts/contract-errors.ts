import { mapEventIterator, ORPCError } from '@orpc/client'
import { contractErrors, type ContractErrorCode } from '../../shared/contract/errors.ts'
import type { ErrorLog } from './error-log.ts'

interface Call {
  readonly path: readonly string[]
  readonly signal?: AbortSignal | undefined
  readonly next: () => Promise<unknown>
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const isContractCode = (code: string): code is ContractErrorCode => Object.hasOwn(contractErrors, code)

const answer = (code: ContractErrorCode, message: string, data?: object): ORPCError<string, unknown> =>
  new ORPCError<string, unknown>(code, { status: contractErrors[code].status, message, ...(data === undefined ? {} : { data }) })

const placeOf = (issue: Issue): string =>
  (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')

const issuesOf = (error: ORPCError<string, unknown>): readonly Issue[] => {
  const data = error.data
  return typeof data === 'object' && data !== null && 'issues' in data && Array.isArray(data.issues) ? (data.issues as Issue[]) : []
}

const sentenceFor = (issues: readonly Issue[]): string => {
  const told = issues.slice(0, 3).map((issue) => `${placeOf(issue) || 'the input'}: ${issue.message}`)
  const more = issues.length > told.length ? ` and ${issues.length - told.length} more` : ''
  return `The request was not understood (${told.join('; ')}${more}); nothing was changed.`
}

/** Any thrown value → one of the contract's errors. Only what nobody foresaw is written to the log. */
export const toContractError = (error: unknown, where: string, signal: AbortSignal | undefined, log: ErrorLog): ORPCError<string, unknown> => {
  if (error instanceof ORPCError) {
    if (isContractCode(error.code)) return error
    if (error.code === 'BAD_REQUEST') return answer('INVALID', sentenceFor(issuesOf(error)))
  }
  if (signal?.aborted === true) return answer('CANCELLED', 'Stopped as asked; nothing half-done was kept.')
  const logId = log(where, error)
  return answer('INTERNAL', `Something failed that Muster did not foresee; the details are in the workspace's log under ${logId}.`, { logId })
}

/**
 * Interceptor for every host, in process, over HTTP and over a port, so that all callers see the same closed set of errors, also
 * from the middle of a stream.
 */
export const contractErrorsOnly = (log: ErrorLog) => async (call: Call): Promise<unknown> => {
  const where = call.path.join('.')
  const mend = (error: unknown): ORPCError<string, unknown> => toContractError(error, where, call.signal, log)
  try {
    const output = await call.next()
    return isAsyncIterator(output) ? mapEventIterator(output, { value: async (value) => value, error: async (error) => mend(error) }) : output
  } catch (error) {
    throw mend(error)
  }
}

const isAsyncIterator = (value: unknown): value is AsyncIterator<unknown> & AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
