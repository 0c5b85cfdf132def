import { ORPCError } from '@orpc/client'
import { contractErrors, type ContractErrorCode } from '../../shared/contract/errors.ts'
import type { KeptWork as Shown, WorkKind, WorkOutcome, WorkResult, WorkStanding } from '../../shared/contract/work.ts'
import type { Steps } from './progress-stream.ts'

/** What work is called. `name` is its kind and what it is done to, so that the same is not done twice at a time. */
export interface Ticket<K extends WorkKind> {
  readonly kind: K
  readonly name: string
  readonly subject: string
  readonly campaign: number | null
  /** E-mail address of who asked. */
  readonly by: string
}

/** What lies on the disk while work goes on, for the next engine to tell what this one could not finish. It is readable, so it names nobody. */
export interface WorkMark {
  readonly kind: WorkKind
  readonly campaign: number | null
  readonly startedAt: string
}

/**
 * Long work that belongs to the engine instead of to whoever asked for it: it goes on when nobody reads its progress any more (a tab was
 * closed), can be seen and stopped from anywhere, and ends by itself or when it is told to. How it ended is kept for who began it.
 */
export interface KeptWork {
  /**
   * Begins work and reads it: its steps from the latest one on, to its result or its error; whoever stops reading leaves it going.
   * Null when work of this name goes on already, or the engine is closing; then nothing is begun.
   */
  readonly begin: <K extends WorkKind>(
    ticket: Ticket<K>, run: (signal: AbortSignal) => AsyncIterable<Steps<WorkResult<K>>>, reader?: AbortSignal,
  ) => AsyncGenerator<Steps<WorkResult<K>>, void, void> | null
  /** What goes on, what ended of this person's, and what was cut off. The oldest first. */
  readonly list: (person: string) => Shown[]
  /** Stops it and waits until it has really ended; false when nothing goes on under this name. */
  readonly stop: (name: string) => Promise<boolean>
  /** Forgets such ended work; false when there is none of this name. */
  readonly dismiss: (name: string, person: string) => boolean
  /** Stops everything and begins nothing more. What was cut off by it stays marked. */
  readonly close: () => Promise<void>
}

export interface KeptWorkOptions {
  readonly now: () => string
  /** What a former engine could not finish. */
  readonly cutOff: readonly Shown[]
  /** Called whenever other work than before would have to be told as cut off. */
  readonly mark: (going: readonly WorkMark[]) => void
}

/** Ended work nobody put away; the oldest goes first. */
const mostEnded = 30

interface Kept {
  readonly ticket: Ticket<WorkKind>
  readonly startedAt: string
  readonly control: AbortController
  /** The latest step, in the words of `standing`, as it came. */
  latest: Steps<unknown> | null
  standing: WorkStanding
  failure: { readonly error: unknown } | null
  wake: () => void
  ended: Promise<void>
}

export function keptWork({ now, cutOff, mark }: KeptWorkOptions): KeptWork {
  const going = new Map<string, Kept>()
  const over = new Map<string, Shown>(cutOff.map((one) => [one.name, one]))
  let isClosed = false

  // A sign-in that was tried and a bundle that was checked change nothing: nobody misses them. An engine that closes leaves its marks.
  const markGoing = (): void => {
    if (isClosed) return
    mark([...going.values()].filter(({ ticket: { kind } }) => kind !== 'test' && kind !== 'verify')
      .map(({ ticket: { kind, campaign }, startedAt }) => ({ kind, campaign, startedAt })))
  }

  const drive = async (work: Kept, steps: AsyncIterable<Steps<unknown>>): Promise<void> => {
    const { kind } = work.ticket
    let outcome: WorkOutcome | null = null
    try {
      for await (const step of steps) {
        work.latest = step
        if (step.state === 'working') work.standing = { ...step, isStopping: work.control.signal.aborted }
        // The result is of the ticket's kind: `begin` takes them together.
        else outcome = { kind, result: step.result } as WorkOutcome
        work.wake()
      }
    } catch (error) {
      work.failure = { error }
    } finally {
      work.standing = outcome === null ? endOf(work, now()) : { state: 'done', at: now(), outcome }
      going.delete(work.ticket.name)
      over.set(work.ticket.name, shown(work))
      for (const name of [...over.keys()].slice(0, -mostEnded)) over.delete(name)
      markGoing()
      work.wake()
    }
  }

  const end = (work: Kept): Promise<void> => {
    work.control.abort()
    if (work.standing.state === 'working') work.standing = { ...work.standing, isStopping: true }
    return work.ended
  }

  return {
    begin: <K extends WorkKind>(ticket: Ticket<K>, run: (signal: AbortSignal) => AsyncIterable<Steps<WorkResult<K>>>, reader?: AbortSignal) => {
      if (isClosed || going.has(ticket.name)) return null
      const work: Kept = {
        ticket, startedAt: now(), control: new AbortController(), latest: null, standing: { state: 'working', step: '', share: null, isStopping: false }, failure: null,
        wake: () => undefined, ended: Promise.resolve(),
      }
      over.delete(ticket.name)
      going.set(ticket.name, work)
      markGoing()
      work.ended = drive(work, run(work.control.signal))
      return read(work, reader) as AsyncGenerator<Steps<WorkResult<K>>, void, void>
    },
    list: (person) => [...[...over.values()].filter((one) => isOf(person, one)), ...[...going.values()].map(shown)],
    stop: async (name) => {
      const work = going.get(name)
      if (work === undefined) return false
      await end(work)
      return true
    },
    dismiss: (name, person) => {
      const one = over.get(name)
      return one !== undefined && isOf(person, one) && over.delete(name)
    },
    close: async () => {
      isClosed = true
      await Promise.all([...going.values()].map(end))
    },
  }
}

/** Whose work was cut off is not known any more: everybody hears of it. */
const isOf = (person: string, { by, standing }: Shown): boolean => by === person || standing.state === 'cut-off'

const shown = ({ ticket: { name, kind, subject, campaign, by }, startedAt, standing }: Kept): Shown => ({ name, kind, subject, campaign, by, startedAt, standing })

/** How work ended that came to no result. */
function endOf({ control, failure }: Kept, at: string): WorkStanding {
  const error = failure?.error
  const code = error instanceof ORPCError && Object.hasOwn(contractErrors, error.code) ? (error.code as ContractErrorCode) : 'INTERNAL'
  if (control.signal.aborted || code === 'CANCELLED') return { state: 'stopped', at }
  return { state: 'failed', at, code, message: error instanceof ORPCError ? error.message : 'Something failed that Muster did not foresee.' }
}

/** Steps nobody had time to read are left out; the last one never is. */
async function* read(work: Kept, signal: AbortSignal | undefined): AsyncGenerator<Steps<unknown>, void, void> {
  let seen: Steps<unknown> | null = null
  signal?.addEventListener('abort', () => work.wake(), { once: true })
  while (signal?.aborted !== true) {
    if (work.latest !== null && work.latest !== seen) {
      seen = work.latest
      yield seen
    } else if (work.failure !== null) {
      throw work.failure.error
    } else if (work.standing.state !== 'working') {
      return
    } else {
      await new Promise<void>((resolve) => { work.wake = resolve })
    }
  }
}
