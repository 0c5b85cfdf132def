// One log per workspace. A line is the canonical JSON of an event and never rewritten; its hash goes into the next one's `prev`.
import { canonicalJson } from './canonical-json.ts'
import type { CanonicalValue } from './canonical-json.ts'
import { toHex, utf8Bytes } from './bytes.ts'
import type { Hash } from './bytes.ts'
import { LEAF_PREFIX } from './merkle-tree.ts'

export const EVENT_VERSION = 1

/** What the first event carries as `prev`. */
export const NO_EVENT = '0'.repeat(64)

// The prefix keeps a line's hash from ever being mistaken for the hash of anything else that is signed or listed.
export const EVENT_DOMAIN = 'muster-event-v1\n'
const DOMAIN = utf8Bytes(EVENT_DOMAIN)

/**
 * `ts`: wall clock, ISO 8601 in UTC with milliseconds. `boot`: id of this app start. `mono`: milliseconds of that start's monotonic
 * clock, so that a wall clock turned back between two events of one start shows.
 */
export type EventFields = {
  readonly ts: string
  readonly boot: string
  readonly mono: number
  readonly actor: CanonicalValue
  readonly kind: string
  readonly body: CanonicalValue
}

export type ChainEvent = EventFields & { readonly v: 1; readonly log: string; readonly seq: number; readonly prev: string }

/** Where the log ends: `size` events so far, `hash` of the last one (NO_EVENT when there is none). The next seq is `size`. */
export type ChainHead = { readonly log: string; readonly size: number; readonly hash: string }

export type AppendedEvent = { readonly line: string; readonly hash: string; readonly event: ChainEvent; readonly head: ChainHead }

export function emptyChain(log: string): ChainHead {
  return { log, size: 0, hash: NO_EVENT }
}

/** SHA-256("muster-event-v1\n" ‖ line) in hex. `line` without its line break. */
export function eventHash(line: string, hash: Hash): string {
  return toHex(hash(utf8Bytes(line, DOMAIN)))
}

/** A line's chain hash in hex and its RFC 6962 leaf hash. Both prefixes take turns before one copy of the line: logs are long. */
export function lineHashes(line: string, hash: Hash): { readonly event: string; readonly leaf: Uint8Array } {
  const bytes = utf8Bytes(line, DOMAIN)
  const event = toHex(hash(bytes))
  bytes[DOMAIN.length - 1] = LEAF_PREFIX
  return { event, leaf: hash(bytes.subarray(DOMAIN.length - 1)) }
}

/** The next line of the log. Throws NotCanonicalError when the body has no canonical form, and on a malformed time. */
export function appendEvent(head: ChainHead, fields: EventFields, hash: Hash): AppendedEvent {
  if (!isTimestamp(fields.ts)) throw new Error(`An event's time is ISO 8601 in UTC with milliseconds, not "${fields.ts}"`)
  if (!Number.isSafeInteger(fields.mono) || fields.mono < 0) throw new Error('An event\'s monotonic time is whole milliseconds')
  const { ts, boot, mono, actor, kind, body } = fields
  const event: ChainEvent = { v: EVENT_VERSION, log: head.log, seq: head.size, ts, boot, mono, actor, kind, body, prev: head.hash }
  const line = canonicalJson(event)
  const lineHash = eventHash(line, hash)
  return { line, hash: lineHash, event, head: { log: head.log, size: head.size + 1, hash: lineHash } }
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

export function isTimestamp(text: string): boolean {
  return TIMESTAMP.test(text) && !Number.isNaN(Date.parse(text))
}
