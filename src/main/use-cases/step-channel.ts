/** Hands steps from whoever makes them to one reader. The newest replaces what nobody had time to read. */
export interface StepChannel<T> {
  readonly push: (step: T) => void
  /** The last step; nothing follows it. */
  readonly end: (step: T) => void
  readonly fail: (error: unknown) => void
  readonly read: () => AsyncGenerator<T, void, void>
}

export function stepChannel<T>(): StepChannel<T> {
  let latest: { readonly step: T } | null = null
  let last: { readonly step: T } | null = null
  let failed: { readonly error: unknown } | null = null
  let wake = (): void => undefined
  const change = (apply: () => void): void => {
    apply()
    wake()
  }
  return {
    push: (step) => change(() => { latest = { step } }),
    end: (step) => change(() => { last = { step } }),
    fail: (error) => change(() => { failed = { error } }),
    read: async function* () {
      for (;;) {
        const newest: { readonly step: T } | null = latest
        latest = null
        if (newest !== null) yield (newest as { readonly step: T }).step
        else if (failed !== null) throw (failed as { readonly error: unknown }).error
        else if (last !== null) return yield (last as { readonly step: T }).step
        else await new Promise<void>((resolve) => { wake = resolve })
      }
    },
  }
}
