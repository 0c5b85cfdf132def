// Walks a log line by line, so that a file of any length is checked in constant memory.
import { fromHex } from './bytes.ts'
import type { Hash } from './bytes.ts'
import { parseCanonical } from './canonical-json.ts'
import type { CanonicalValue } from './canonical-json.ts'
import { EVENT_VERSION, NO_EVENT, isTimestamp, lineHashes } from './event-chain.ts'
import type { ChainEvent } from './event-chain.ts'
import type { EventStub } from './event-stub.ts'
import { EMPTY_FRONTIER, appendLeaf, frontierRoot } from './merkle-tree.ts'
import type { Frontier } from './merkle-tree.ts'

export type FaultReason = 'not-canonical' | 'not-an-event' | 'other-log' | 'gap' | 'reordered' | 'wrong-prev'

/** The first place where the log is not what it claims. `seq` is the number that was expected there; `line` counts from 1. */
export type ChainFault = { readonly seq: number; readonly line: number; readonly reason: FaultReason; readonly detail: string }

/** Oddities of the clock. They make times doubtful, not the order: so they are told, and the chain still holds. */
export type ClockFinding = { readonly seq: number; readonly reason: 'clock-went-back' | 'start-resumed'; readonly detail: string }

export type ChainResult = {
  readonly log: string | undefined
  readonly size: number
  readonly head: string
  readonly root: Uint8Array
  readonly fault: ChainFault | undefined
  readonly findings: readonly ClockFinding[]
}

export type ParsedLine = { kind: 'event'; event: ChainEvent } | { kind: 'stub'; stub: EventStub } | undefined

export type ChainCheck = {
  /** Takes the next line (without line break) and returns what it holds, undefined if it is neither event nor stub. */
  readonly add: (line: string) => ParsedLine
  /** Root over the lines so far: for comparing with checkpoints seen earlier, while walking. */
  readonly rootSoFar: () => Uint8Array
  readonly size: () => number
  readonly result: () => ChainResult
}

/** Wall clocks are corrected by seconds all the time; only more than this within one app start is worth telling. */
const CLOCK_SLACK_MS = 5000

/** `hashesOf`: the same as `lineHashes` gives, for callers that have a quicker way to it. */
export function startChainCheck(hash: Hash, hashesOf: (line: string) => ReturnType<typeof lineHashes> = (line) => lineHashes(line, hash)): ChainCheck {
  let frontier: Frontier = EMPTY_FRONTIER
  let log: string | undefined
  let head: string | undefined = NO_EVENT
  let lines = 0
  let fault: ChainFault | undefined
  const clock = startClockCheck()

  function blame(reason: FaultReason, detail: string): void {
    fault ??= { seq: lines - 1, line: lines, reason, detail }
  }

  function add(line: string): ParsedLine {
    lines++
    const expected = lines - 1
    const parsed = parseCanonical(line)
    const found = parsed.ok ? readLine(parsed.value) : undefined
    if (!parsed.ok) blame('not-canonical', `line ${lines} was changed or damaged: ${parsed.detail}`)
    else if (found === undefined) blame('not-an-event', `line ${lines} is neither an event nor a stub`)
    if (found === undefined) {
      frontier = appendLeaf(frontier, hashesOf(line).leaf, hash)
      head = undefined
      return undefined
    }
    const seq = found.kind === 'event' ? found.event.seq : found.stub.seq
    if (fault?.reason === 'gap' && seq === fault.seq) {
      fault = { ...fault, reason: 'reordered', detail: `event ${seq} stands on line ${lines}, not on line ${fault.line}` }
    } else if (seq > expected) {
      blame('gap', `event ${expected} is missing: line ${lines} holds event ${seq}`)
    } else if (seq < expected) {
      blame('reordered', `line ${lines} holds event ${seq} where event ${expected} belongs`)
    }
    if (found.kind === 'event') {
      const { event } = found
      log ??= event.log
      if (event.log !== log) blame('other-log', `event ${seq} belongs to another log`)
      if (head !== undefined && event.prev !== head) {
        blame('wrong-prev', `event ${seq} does not follow from the line before it: one of the two was changed`)
      }
      clock.add(event)
      const hashes = hashesOf(line)
      head = hashes.event
      frontier = appendLeaf(frontier, hashes.leaf, hash)
    } else {
      head = found.stub.hash
      frontier = appendLeaf(frontier, fromHex(found.stub.leaf) ?? new Uint8Array(32), hash)
    }
    return found
  }

  return {
    add,
    rootSoFar: () => frontierRoot(frontier, hash),
    size: () => frontier.size,
    result: () => ({
      log, size: frontier.size, head: head ?? NO_EVENT, root: frontierRoot(frontier, hash), fault, findings: clock.findings(),
    }),
  }
}

/** Checks a whole log held in memory. Longer ones go through startChainCheck line by line. */
export function checkChain(lines: Iterable<string>, hash: Hash): ChainResult {
  const check = startChainCheck(hash)
  for (const line of lines) check.add(line)
  return check.result()
}

const MAX_FINDINGS = 100

/** What the clock has to do with: nothing else of an event is looked at. */
export type TimedEvent = Pick<ChainEvent, 'seq' | 'ts' | 'boot' | 'mono'>

/** Looks at one event after the other, stubs left out, and tells where time did not go on. */
export function startClockCheck(): { add: (event: TimedEvent) => void; findings: () => ClockFinding[] } {
  const findings: ClockFinding[] = []
  const ended = new Set<string>()
  let last: TimedEvent | undefined
  function tell(finding: ClockFinding): void {
    if (findings.length < MAX_FINDINGS) findings.push(finding)
  }
  function add(event: TimedEvent): void {
    const before = last
    last = event
    if (before === undefined) return
    const wall = Date.parse(event.ts) - Date.parse(before.ts)
    if (event.boot !== before.boot) {
      ended.add(before.boot)
      if (ended.has(event.boot)) {
        tell({ seq: event.seq, reason: 'start-resumed', detail: `event ${event.seq} claims an app start that had already ended` })
      }
      if (wall < 0) tell(wentBack(event, before, -wall))
      return
    }
    if (event.mono < before.mono) {
      const detail = `the monotonic clock of one app start ran backwards at event ${event.seq}`
      tell({ seq: event.seq, reason: 'start-resumed', detail })
    }
    // Forward jumps are ordinary (a laptop that slept); backward ones are not.
    const lost = Math.max(0, event.mono - before.mono) - wall
    if (lost > CLOCK_SLACK_MS) tell(wentBack(event, before, lost))
  }
  return { add, findings: () => [...findings] }
}

function wentBack(event: TimedEvent, before: TimedEvent, byMs: number): ClockFinding {
  const seconds = Math.ceil(byMs / 1000)
  const detail = `the computer's clock was turned back by about ${seconds} s between events ${before.seq} and ${event.seq}`
  return { seq: event.seq, reason: 'clock-went-back', detail }
}

const HASH_HEX = /^[0-9a-f]{64}$/
const EVENT_KEYS = 'actor,body,boot,kind,log,mono,prev,seq,ts,v'
const STUB_KEYS = 'hash,leaf,seq,stub'

function readLine(value: CanonicalValue): ParsedLine {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  // Parsed canonical text has its keys in order already.
  const keys = Object.keys(value).join(',')
  if (keys === EVENT_KEYS && isEvent(value as Record<string, unknown>)) return { kind: 'event', event: value as unknown as ChainEvent }
  if (keys === STUB_KEYS && isStub(value as Record<string, unknown>)) return { kind: 'stub', stub: value as unknown as EventStub }
  return undefined
}

function isEvent(value: Record<string, unknown>): boolean {
  return value['v'] === EVENT_VERSION && isText(value['log']) && isCount(value['seq']) && isText(value['ts'])
    && isTimestamp(value['ts']) && isText(value['boot']) && isCount(value['mono']) && isText(value['kind'])
    && isText(value['prev']) && HASH_HEX.test(value['prev'])
}

function isStub(value: Record<string, unknown>): boolean {
  return value['stub'] === 1 && isCount(value['seq']) && isText(value['hash']) && HASH_HEX.test(value['hash'])
    && isText(value['leaf']) && HASH_HEX.test(value['leaf'])
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
