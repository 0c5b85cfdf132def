import { LiveSourceError } from '../live-connector.ts'
import { faultOf, halfAnswer, networkFault, throttled, unreachable } from './faults.ts'
import { createRateLimits } from './rate-limits.ts'

/** What the SDK wants sent. */
export interface WireRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** The machine's proxy as the SDK found it. */
  readonly agent: unknown
  readonly signal: AbortSignal
}

export interface WireAnswer {
  readonly status: number
  readonly headers: { readonly get: (name: string) => string | null }
  readonly text: () => Promise<string>
}

/** Sends one request. Only tests bring their own; it alone may leave https. */
export type Requester = (request: WireRequest) => Promise<WireAnswer>

/** Waits, or throws the signal's reason as soon as it aborts. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

export interface TransportOptions {
  readonly requester: Requester
  readonly wait: Wait
  readonly localNow: () => number
}

/** A complete, readable answer. */
export interface Exchange {
  /** Method, path and query, without paging token. */
  readonly asked: string
  readonly url: string
  readonly status: number
  readonly body: string
  readonly json: unknown
  readonly headers: { readonly get: (name: string) => string | null }
}

/** One try may take so long; Okta's slowest listings (groups with thousands of rules) answer within. */
const TRY_MS = 60_000
const RETRY_WAITS_MS = [500, 1_000, 2_000, 4_000] as const
const MOST_REFUSALS = 5
/** Budgets renew every minute; a Reset further away than this is a mistake or a penalty, and the reading is better tried later. */
const LONGEST_WAIT_MS = 5 * 60_000

/**
 * Carries requests of the SDK: paces before a rate limit is reached, waits out a refusal, tries again after a lost connection, a 5xx or a
 * body that was cut off, and ends at once when `signal` aborts. Counts retries and waiting since `takeCounts` was last asked. Throws
 * `LiveSourceError`; other answers, good or bad, are returned.
 */
export function createTransport(orgUrl: string, signal: AbortSignal, options: TransportOptions) {
  const origin = new URL(orgUrl).origin
  const limits = createRateLimits(options.localNow)
  let retries = 0
  let throttledMs = 0

  async function pause(milliseconds: number): Promise<void> {
    throttledMs += milliseconds
    await options.wait(milliseconds, signal)
  }

  async function attempt(request: Omit<WireRequest, 'signal'>): Promise<Exchange | 'cut-off' | { readonly fault: string }> {
    const hasEnough = AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)])
    try {
      const answer = await options.requester({ ...request, signal: hasEnough })
      const body = await answer.text()
      const asked = askedOf(request.method, request.url)
      const isSuccess = answer.status >= 200 && answer.status < 300
      const json = parse(body)
      if (isSuccess && json === undefined && body !== '') return 'cut-off'
      if (isSuccess && body === '' && request.method === 'GET') return 'cut-off'
      return { asked, url: request.url, status: answer.status, body, json: json ?? null, headers: answer.headers }
    } catch (error) {
      signal.throwIfAborted()
      return { fault: hasEnough.aborted ? 'it took too long' : networkFault(error) }
    }
  }

  return {
    sourceNow: limits.sourceNow,

    /** Retries and milliseconds waited since the last call. */
    takeCounts(): { readonly retries: number; readonly throttledMs: number } {
      const counts = { retries, throttledMs }
      retries = 0
      throttledMs = 0
      return counts
    },

    async send(request: Omit<WireRequest, 'signal'>): Promise<Exchange> {
      const url = new URL(request.url)
      const asked = askedOf(request.method, request.url)
      // A next link is the server's word: followed elsewhere, it would carry the token there.
      if (url.origin !== origin) {throw new LiveSourceError(
        'not-this-source',
        `Okta pointed to another server (${url.host}); it was not asked.`,
      )}
      let refusals = 0
      for (let failures = 0; ;) {
        signal.throwIfAborted()
        const before = limits.waitBefore(url.pathname)
        if (before > LONGEST_WAIT_MS) throw throttled(asked, Math.ceil(before / 1_000))
        if (before > 0) await pause(before)
        const answer = await attempt(request)
        if (answer !== 'cut-off' && !('fault' in answer)) {
          limits.note(url.pathname, answer.headers)
          if (answer.status === 429) {
            const wait = limits.waitAfterRefusal(url.pathname, answer.headers) ?? (RETRY_WAITS_MS[refusals] ?? 4_000) * 10
            refusals += 1
            if (wait > LONGEST_WAIT_MS || refusals > MOST_REFUSALS) throw throttled(asked, Math.ceil(wait / 1_000))
            retries += 1
            await pause(wait)
            continue
          }
          if (answer.status < 500 && answer.status !== 408) return answer
        }
        const wait = RETRY_WAITS_MS[failures]
        if (wait === undefined) {
          if (answer === 'cut-off') throw halfAnswer(asked)
          if ('fault' in answer) throw unreachable(asked, url.host, answer.fault)
          throw faultOf(answer.status, errorCodeOf(answer.json), asked, '')
        }
        failures += 1
        retries += 1
        await options.wait(wait, signal)
      }
    },
  }
}

/** Okta's published error code, such as E0000006; nothing else of an error answer is repeated anywhere. */
export function errorCodeOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('errorCode' in json)) return null
  return typeof json.errorCode === 'string' && /^E\d{7}$/.test(json.errorCode) ? json.errorCode : null
}

/** As sent, without the paging token: it says nothing to a reader. */
export function askedOf(method: string, address: string): string {
  const url = new URL(address)
  url.searchParams.delete('after')
  const query = decodeURIComponent(url.search.replaceAll('+', ' '))
  return `${method.toUpperCase()} ${url.pathname}${query}`
}

function parse(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

export const waitOrAbort: Wait = (milliseconds, signal) => {
  if (signal.aborted) return Promise.reject(reasonOf(signal))
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(reasonOf(signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('stopped', { cause: signal.reason })
