import type { Mapping } from '../../../shared/model/source.ts'
import { headerKey } from '../table/normalise-name.ts'
import { parseResult } from '../values/words.ts'

/** A log that holds more than sign-ins, known by its columns; `refuse` says in a sentence why a row is none. */
export interface SignInFormat {
  readonly name: string
  /** Column that says what a row is about. */
  readonly column: string
  readonly refuse: (value: string) => string | null
  /** Its columns by field, where their names alone would mislead. */
  readonly columns: Readonly<Record<string, string>>
  /** Where the result stands when the result column is empty. */
  readonly spareResult: string | null
}

const OKTA = new Set(['user.session.start', 'user.authentication.sso'])
const ENTRA = /^(NonInteractiveUser|ServicePrincipal|ManagedIdentity)?SignIn(Logs)?$/i
const PING = new Set(['AUTHENTICATION.SUCCESS', 'AUTHENTICATION.FAILED', 'USER.ACCESS_ALLOWED', 'USER.ACCESS_DENIED', 'SSO', 'AUTHN_ATTEMPT'])

const formats: readonly (SignInFormat & { readonly knownBy: readonly string[] })[] = [
  {
    name: 'Okta System Log', column: 'eventType', knownBy: ['eventType', 'actor.alternateId', 'published'], columns: {}, spareResult: null,
    refuse: (type) => (OKTA.has(type) ? null : 'The event is not a sign-in: only the start of a session and single sign-on tell of use.'),
  },
  {
    name: 'Entra diagnostic log', column: 'category', knownBy: ['category', 'properties.userPrincipalName', 'time'],
    columns: { account: 'properties.userPrincipalName', application: 'properties.appDisplayName', at: 'time', result: 'resultType' },
    spareResult: 'properties.status.errorCode',
    refuse: (category) => (ENTRA.test(category) ? null : 'The entry is not from a sign-in log.'),
  },
  {
    name: 'PingOne audit log', column: 'action.type', knownBy: ['action.type', 'recordedAt'], columns: {}, spareResult: null,
    refuse: (type) => (PING.has(type.toUpperCase()) ? null : 'The event is not a sign-in: it tells of something else.'),
  },
]

/** Null: every row of the file is taken for a sign-in. */
export const signInFormat = (header: readonly string[]): SignInFormat | null =>
  formats.find(({ knownBy }) => knownBy.every((column) => header.includes(column))) ?? null

/** Microsoft's sign-in logs tell the result as a number: 0 is success, every other one a failure. */
const ERROR_CODES = new Set(['statuserrorcode', 'resulttype', 'propertiesstatuserrorcode', 'errorcode'])

/** A guess made better by what is known of the format; columns the file does not have are left as guessed. */
export function withFormat(guess: Mapping, header: readonly string[]): Mapping {
  const known = Object.entries(signInFormat(header)?.columns ?? {}).filter(([, column]) => header.includes(column))
  return known.length === 0 ? guess : { ...guess, columns: { ...guess.columns, ...Object.fromEntries(known) } }
}

/** How a result column's words are to be read. */
export function resultReader(column: string | undefined): (text: string) => 'success' | 'failure' | null {
  if (column === undefined || !ERROR_CODES.has(headerKey(column))) return parseResult
  return (text) => parseResult(text) ?? (/^\d{1,9}$/.test(text) ? (Number(text) === 0 ? 'success' : 'failure') : null)
}
