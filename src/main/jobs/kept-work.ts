import type { Steps } from './progress-stream.ts'

/**
 * Long work that belongs to the engine instead of to whoever asked for it: it goes on when nobody reads its progress any more (a tab was
 * closed), can be followed again from anywhere, and ends by itself or when it is told to.
 */
export interface KeptWork<T> {
  /** Begins work under a name; false when work under this name goes on already, and then nothing is begun. */
  readonly begin: (name: string, run: (signal: AbortSignal) => AsyncIterable<Steps<T>>) => boolean
  /** The work's steps from its latest one on, to its result or its error; undefined when nothing goes on under this name. */
  readonly follow: (name: string, signal?: AbortSignal) => AsyncGenerator<Steps<T>, void, void> | undefined
  /** Stops it and waits until it has really ended; false when nothing goes on under this name. */
  readonly stop: (name: string) => Promise<boolean>
  readonly names: () => readonly string[]
  /** Stops everything and begins nothing more. */
  readonly close: () => Promise<void>
}

interface Kept<T> {
  readonly control: AbortController
  readonly readers: Set<() => void>
  latest: Steps<T> | null
  failure: { readonly error: unknown } | null
  isOver: boolean
  ended: Promise<void>
}

export function keptWork<T>(): KeptWork<T> {
  const kept = new Map<string, Kept<T>>()
  let isClosed = false

  const wake = (work: Kept<T>): void => {
    for (const reader of work.readers) reader()
  }

  const drive = async (name: string, work: Kept<T>, steps: AsyncIterable<Steps<T>>): Promise<void> => {
    try {
      for await (const step of steps) {
        work.latest = step
        wake(work)
      }
    } catch (error) {
      // Told to whoever follows; with nobody there, the work's own record says how it ended.
      work.failure = { error }
    } finally {
      work.isOver = true
      kept.delete(name)
      wake(work)
    }
  }

  const end = (work: Kept<T>): Promise<void> => {
    work.control.abort()
    return work.ended
  }

  return {
    begin: (name, run) => {
      if (isClosed || kept.has(name)) return false
      const work: Kept<T> = { control: new AbortController(), readers: new Set(), latest: null, failure: null, isOver: false, ended: Promise.resolve() }
      kept.set(name, work)
      work.ended = drive(name, work, run(work.control.signal))
      return true
    },
    follow: (name, signal) => {
      const work = kept.get(name)
      return work === undefined ? undefined : read(work, signal)
    },
    stop: async (name) => {
      const work = kept.get(name)
      if (work === undefined) return false
      await end(work)
      return true
    },
    names: () => [...kept.keys()],
    close: async () => {
      isClosed = true
      await Promise.all([...kept.values()].map(end))
    },
  }
}

/** Steps nobody had time to read are left out; the last one never is. */
async function* read<T>(work: Kept<T>, signal: AbortSignal | undefined): AsyncGenerator<Steps<T>, void, void> {
  let seen: Steps<T> | null = null
  while (signal?.aborted !== true) {
    if (work.latest !== null && work.latest !== seen) {
      seen = work.latest
      yield seen
    } else if (work.isOver) {
      if (work.failure !== null) throw work.failure.error
      return
    } else {
      await nextNews(work, signal)
    }
  }
}

function nextNews<T>(work: Kept<T>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const heard = (): void => {
      work.readers.delete(heard)
      signal?.removeEventListener('abort', heard)
      resolve()
    }
    work.readers.add(heard)
    signal?.addEventListener('abort', heard)
  })
}
