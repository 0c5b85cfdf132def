const hourMs = 3_600_000

/**
 * Does work now and every hour until it is told to stop; never twice at a time. What fails is tried again the next hour and goes to the
 * process's warnings, for nobody waits for it. Stopping waits for work that is under way, which is told by its signal.
 */
export function hourly(work: (signal: AbortSignal) => Promise<unknown>, everyMs = hourMs): { readonly stop: () => Promise<void> } {
  const stopper = new AbortController()
  let running: Promise<void> | null = null
  const begin = (): void => {
    running ??= work(stopper.signal).then(() => undefined, (error: unknown) => { process.emitWarning(error instanceof Error ? error : String(error)) })
      .finally(() => { running = null })
  }
  begin()
  const timer = setInterval(begin, everyMs)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      stopper.abort()
      await running
    },
  }
}
