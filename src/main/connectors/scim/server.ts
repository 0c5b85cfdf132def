import type { ScimConfig } from '../../../shared/model/live-source.ts'
import { LiveSourceError, type LiveInput } from '../live-connector.ts'

export interface ScimAnswer {
  /** Method, path and query. */
  readonly asked: string
  readonly body: string
  readonly json: unknown
}

export interface ScimServer {
  readonly host: string
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<ScimAnswer>
  /** Retries and milliseconds waited since the last call. */
  readonly takeCounts: () => { readonly retries: number; readonly throttledMs: number }
}

/** How requests leave; only tests bring another way, and it alone may leave https. */
export interface ScimOptions {
  readonly requester: ((address: string, request: RequestInit) => Promise<Response>) | null
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const TRY_MS = 60_000
const RETRY_WAITS_MS = [500, 1_000, 2_000, 4_000] as const
const LONGEST_WAIT_MS = 5 * 60_000
const MOST_BYTES = 64 * 1024 * 1024

/** Opens a SCIM server: looks the secret up and asks nothing yet. Throws `LiveSourceError` in plain words, never with the secret. */
export async function openScim(input: LiveInput, options: ScimOptions): Promise<ScimServer> {
  const config = scimConfigOf(input)
  const base = baseOf(config.baseUrl, options.requester !== null)
  const authorization = await authorizationOf(config, input)
  input.signal.throwIfAborted()
  const send = options.requester ?? fetch
  let retries = 0
  let throttledMs = 0

  async function attempt(address: URL): Promise<{ readonly status: number; readonly headers: Headers; readonly body: string; readonly json: unknown } | { readonly fault: string }> {
    const enough = AbortSignal.any([input.signal, AbortSignal.timeout(TRY_MS)])
    try {
      const headers = { Authorization: authorization, Accept: 'application/scim+json, application/json' }
      const answer = await send(address.href, { headers, signal: enough, redirect: 'manual' })
      const body = await answer.text()
      if (body.length > MOST_BYTES) return { fault: 'its answer is too large' }
      const json = parse(body)
      if (answer.ok && json === undefined) return { fault: 'its answer was cut off or is not JSON' }
      return { status: answer.status, headers: answer.headers, body, json: json ?? null }
    } catch {
      input.signal.throwIfAborted()
      return { fault: enough.aborted ? 'it took too long' : 'the connection failed or was lost' }
    }
  }

  return {
    host: base.host,

    takeCounts() {
      const counts = { retries, throttledMs }
      retries = 0
      throttledMs = 0
      return counts
    },

    async get(path, query = {}) {
      const address = new URL(base.href + path)
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
      const asked = `GET ${address.pathname}${decodeURIComponent(address.search.replaceAll('+', ' '))}`
      for (let failures = 0; ;) {
        input.signal.throwIfAborted()
        const answer = await attempt(address)
        if (!('fault' in answer) && answer.status >= 200 && answer.status < 300) return { asked, body: answer.body, json: answer.json }
        if (!('fault' in answer) && answer.status !== 429 && answer.status !== 408 && answer.status < 500) throw faultOf(answer.status, asked, address.host)
        const pause = RETRY_WAITS_MS[failures]
        if (pause === undefined) {
          if ('fault' in answer) {
            const isHalf = answer.fault.startsWith('its answer')
            throw new LiveSourceError(isHalf ? 'half-answer' : 'unreachable', `${address.host} gave no usable answer to ${asked} after several tries: ${answer.fault}.`)
          }
          throw new LiveSourceError(answer.status === 429 ? 'throttled' : 'half-answer', `${address.host} could not answer ${asked} after several tries (HTTP ${String(answer.status)}).`)
        }
        failures += 1
        retries += 1
        const asksFor = 'fault' in answer ? null : retryAfter(answer.headers)
        if (asksFor !== null && asksFor > LONGEST_WAIT_MS) {
          throw new LiveSourceError(
            'throttled',
            `${address.host} wants no more requests for ${String(Math.ceil(asksFor / 1_000))} seconds. Read again later.`,
          )
        }
        if (!('fault' in answer) && answer.status === 429) throttledMs += asksFor ?? pause
        await options.wait(asksFor ?? pause, input.signal)
      }
    },
  }
}

export function scimConfigOf(input: LiveInput): ScimConfig {
  if (input.config.from !== 'scim') throw new LiveSourceError('not-this-source', 'This source is not a SCIM server.')
  return input.config
}

function baseOf(address: string, isCarried: boolean): URL {
  if (!URL.canParse(address)) throw new LiveSourceError('not-this-source', 'The server\'s address is not a web address.')
  const url = new URL(address.replace(/\/+(?:Users\/?)?$/i, ''))
  if (url.protocol !== 'https:' && !isCarried) {
    throw new LiveSourceError('not-this-source', `${url.host} would be asked without encryption. Enter the address with https://.`)
  }
  if (url.username !== '' || url.password !== '') {throw new LiveSourceError(
    'not-this-source',
    'Name and password do not belong into the address.',
  )}
  return url
}

async function authorizationOf(config: ScimConfig, input: LiveInput): Promise<string> {
  const secret = (await input.credentials.read(config.signIn === 'bearer' ? 'api-token' : 'password'))?.trim() ?? ''
  if (secret === '') {
    throw new LiveSourceError(
      'secret-missing',
      config.signIn === 'bearer' ? 'No token is stored for this source.' : 'No password is stored for this source.',
    )
  }
  if (/[\r\n]/.test(secret)) throw new LiveSourceError('sign-in-failed', 'The stored secret has more than one line and cannot be sent.')
  if (config.signIn === 'bearer') return `Bearer ${secret}`
  if ((config.userName ?? '') === '') throw new LiveSourceError('secret-missing', 'Signing in with a password needs a user name.')
  return `Basic ${Buffer.from(`${config.userName ?? ''}:${secret}`).toString('base64')}`
}

function faultOf(status: number, asked: string, host: string): LiveSourceError {
  const code = `HTTP ${String(status)}`
  if (status === 401) {return new LiveSourceError(
    'sign-in-failed',
    `${host} does not accept the sign-in (${code}): the secret is wrong, was revoked, or has expired.`,
  )}
  if (status === 403) {return new LiveSourceError(
    'permission-missing',
    `${host} refuses ${asked} (${code}): the account may not read people.`,
  )}
  if (status === 404) {return new LiveSourceError(
    'not-this-source',
    `${host} knows nothing at ${asked} (${code}). The address ends before /Users, often in /scim/v2.`,
  )}
  if (status >= 300 && status < 400) {return new LiveSourceError(
    'not-this-source',
    `${host} sends ${asked} elsewhere (${code}). Enter the address it leads to.`,
  )}
  return new LiveSourceError('half-answer', `${host} could not answer ${asked} (${code}).`)
}

/** Seconds or a date; milliseconds here. */
function retryAfter(headers: Headers): number | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isFinite(at) ? Math.max(0, at - Date.parse(headers.get('date') ?? text)) : null
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
