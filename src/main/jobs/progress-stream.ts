/** What long work tells while it runs. */
export interface Progress {
  step: string
  share: number | null
  prompt?: { url: string; code: string; expiresAt: string }
}

/** The same and the result at the end, in the contract's shape. */
export type Steps<T> = ({ state: 'working' } & Progress) | { state: 'done'; result: T }

interface Watch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/**
 * Runs work and yields its progress as it comes, dropping what nobody had time to read. Whoever stops reading, or aborts
 * `outer`, cancels the work; the stream ends only after the work has really stopped.
 */
export async function* progressStream<T>(work: (watch: Watch) => Promise<T>, outer?: AbortSignal): AsyncGenerator<Steps<T>, void, void> {
  const stop = new AbortController()
  const signal = outer === undefined ? stop.signal : AbortSignal.any([stop.signal, outer])
  let latest: Progress | undefined
  let wake: () => void = () => undefined
  let isDone = false
  const running = work({
    signal,
    onProgress: (progress) => {
      latest = progress
      wake()
    },
  }).finally(() => {
    isDone = true
    wake()
  })
  // The rejection is handed on below; this keeps it from counting as unhandled while nobody awaits it yet.
  running.catch(() => undefined)
  try {
    for (;;) {
      if (latest !== undefined) {
        const progress = latest
        latest = undefined
        yield { state: 'working', ...progress }
      } else if (isDone) {
        break
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    yield { state: 'done', result: await running }
  } finally {
    stop.abort()
    await running.catch(() => undefined)
  }
}
