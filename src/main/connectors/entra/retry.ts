import { LiveSourceError } from '../live-connector.ts'

/** Why an attempt has to be made again. */
export type Trouble =
  | { readonly kind: 'throttled' | 'server'; readonly status: number; readonly retryAfter: string | null }
  | { readonly kind: 'network'; readonly error: string }
  | { readonly kind: 'half' }

const MAX_RETRIES = 8
/** A single request waits this long for the source in all; then the run ends and says so, and the next one goes on from here. */
const MAX_WAIT_MS = 15 * 60_000
const LONGEST_MS = 60_000

/**
 * Milliseconds to wait before attempt `retries + 2`: what the source asks for, or doubling from a second with jitter where it does not
 * say (Conditional Access never does). A LiveSourceError once patience has an end.
 */
export function waitBefore(trouble: Trouble, retries: number, waitedMs: number, chance: number, nowMs: number): number | LiveSourceError {
  const asked = trouble.kind === 'throttled' || trouble.kind === 'server' ? readRetryAfter(trouble.retryAfter, nowMs) : null
  const wait = asked ?? Math.round(Math.min(LONGEST_MS, 1_000 * 2 ** retries) * (0.5 + chance / 2))
  if (retries >= MAX_RETRIES || waitedMs + wait > MAX_WAIT_MS) return exhausted(trouble, retries)
  return wait
}

/** `Retry-After` in milliseconds: seconds or a date; null where there is none or it makes no sense. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000)
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs)
}

function exhausted(trouble: Trouble, retries: number): LiveSourceError {
  const times = `${retries + 1} ${retries === 0 ? 'attempt' : 'attempts'}`
  switch (trouble.kind) {
    case 'throttled':
      return new LiveSourceError('throttled', `Microsoft Graph kept asking to wait, after ${times}. The next run goes on from here.`)
    case 'server':
      return new LiveSourceError('unreachable', `Microsoft Graph answered with fault ${trouble.status}, ${times}. The next run goes on from here.`)
    case 'network':
      return new LiveSourceError('unreachable', `Microsoft Graph could not be reached, ${times} (${trouble.error}). The next run goes on from here.`)
    case 'half':
      return new LiveSourceError('half-answer', `Microsoft Graph's answer ended in the middle, ${times}. The next run goes on from here.`)
  }
}
