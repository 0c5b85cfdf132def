import { LiveSourceError } from '../live-connector.ts'

// Okta's own error texts and the SDK's error objects may quote a request with its token: nothing of them is passed on but the error
// code (`E0000011`), whose meaning is published, and the place that was asked.

/** What a refused request means for the officer. `scope`: the permission this request takes. */
export function faultOf(status: number, errorCode: string | null, asked: string, scope: string): LiveSourceError {
  const code = errorCode === null ? `HTTP ${String(status)}` : `${errorCode}, HTTP ${String(status)}`
  if (status === 401) {
    return new LiveSourceError(
      'sign-in-failed', `Okta does not accept the token or key (${code}): it is wrong, was revoked, or has expired. Enter a new one.`,
    )
  }
  if (status === 403) {
    return new LiveSourceError('permission-missing', `Okta refuses ${asked} (${code}): the permission ${scope} is missing.`)
  }
  if (status >= 300 && status < 400) {
    return new LiveSourceError(
      'not-this-source', `${asked} was sent elsewhere (${code}). Enter the organisation's own address, such as https://company.okta.com.`,
    )
  }
  if (status === 404) return new LiveSourceError('not-this-source', `Okta knows nothing at ${asked} (${code}).`)
  return new LiveSourceError('half-answer', `Okta could not answer ${asked} (${code}).`)
}

export const unreachable = (asked: string, host: string, why: string): LiveSourceError =>
  new LiveSourceError('unreachable', `${host} did not answer ${asked} after several tries: ${why}. Check the address and the network.`)

export const halfAnswer = (asked: string): LiveSourceError =>
  new LiveSourceError('half-answer', `Okta's answer to ${asked} was cut off or is not JSON, also when asked again.`)

export const throttled = (asked: string, seconds: number): LiveSourceError =>
  new LiveSourceError(
    'throttled', `Okta's rate limit is used up for ${asked} and free again in ${String(seconds)} seconds, longer than a reading waits. ` +
    'Read again later; it goes on from here.',
  )

/** Network faults in words; Node's messages name addresses but never headers, yet only the code is used. */
export function networkFault(error: unknown): string {
  const code = codeOf(error)
  switch (code) {
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'its name is not known to the network'
    case 'ECONNREFUSED': return 'the connection was refused'
    case 'ECONNRESET': case 'EPIPE': case 'UND_ERR_SOCKET': return 'the connection was lost'
    case 'ETIMEDOUT': case 'UND_ERR_CONNECT_TIMEOUT': return 'it took too long'
    case 'CERT_HAS_EXPIRED': case 'DEPTH_ZERO_SELF_SIGNED_CERT': case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE': case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `its certificate is not trusted (${code})`
    default: return code === null ? 'the connection failed' : `the connection failed (${code})`
  }
}

function codeOf(error: unknown): string | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z0-9_]{3,40}$/.test(at.code)) return at.code
  }
  return null
}
