import { LiveSourceError } from '../live-connector.ts'
import { objectOf, textOf } from './json.ts'

const EXPIRED = /syncstate|resync/i
const LICENCE = /premium|licen[cs]e|NonPremium/i

/** What the network said, without addresses or anything that was sent: the code of the innermost cause. */
export function failureOf(error: unknown): string {
  let at: unknown = error
  let best = 'connection lost'
  for (let depth = 0; depth < 6 && at instanceof Error; depth += 1) {
    const { code } = at as { readonly code?: unknown }
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) best = code
    else if (at.name === 'TimeoutError' || code === 'TimeoutError') best = 'no answer in time'
    at = at.cause
  }
  return best
}

/** The fault behind an answer that asking again does not change. Quotes Graph's code only: its text may repeat what was sent. */
export function statusFault(status: number, body: unknown, path: string): LiveSourceError {
  const code = graphCode(body)
  const where = placeOf(path)
  const said = code === null ? `${status}` : `${status} ${code}`
  if (status === 410 || (status === 400 && code !== null && EXPIRED.test(code))) {
    return new LiveSourceError('expired-cursor', `Microsoft Graph no longer knows where the last reading of ${where} ended (${said}).`)
  }
  if (status === 401) return new LiveSourceError('sign-in-failed', `Microsoft Graph does not accept the sign-in for ${where} (${said}).`)
  if (status === 403 && code !== null && LICENCE.test(code)) {
    return new LiveSourceError('permission-missing', `The tenant's licence does not include ${where} (${said}).`)
  }
  if (status === 403) return new LiveSourceError('permission-missing', `The app may not read ${where} (${said}).`)
  if (status === 404) return new LiveSourceError('not-this-source', `Microsoft Graph knows nothing under ${where} (${said}).`)
  if (status === 400 && code !== null && LICENCE.test(code)) {
    return new LiveSourceError('permission-missing', `The tenant's licence does not include ${where} (${said}).`)
  }
  return new LiveSourceError('half-answer', `Microsoft Graph refused to answer ${where} (${said}).`)
}

/** Graph's error code, if it looks like one. */
export function graphCode(body: unknown): string | null {
  const code = textOf(objectOf(objectOf(body)?.['error'])?.['code'])
  return code !== null && /^[\w.-]{1,80}$/.test(code) ? code : null
}

/** The path alone: no query, no token. */
function placeOf(path: string): string {
  return path.replace(/^https:\/\/[^/]+\/v1\.0/, '').split('?')[0] ?? path
}
