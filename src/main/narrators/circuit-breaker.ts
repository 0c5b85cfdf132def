import type { ModelFailureCode } from '../../shared/model/language-model.ts'

/** Failures that say the server is in trouble; a bad answer says something about the model only. */
const troubles: ReadonlySet<ModelFailureCode> = new Set(['no-server', 'busy', 'slow', 'cut-stream', 'server-error', 'not-ollama'])

const FAILURES_UNTIL_REST = 3
const REST_MILLISECONDS = 60_000

/** Stops asking a server that failed three times in a row; after a minute one question may try again. */
export interface CircuitBreaker {
  /** Milliseconds until the next question is allowed; 0 = now. */
  readonly restsFor: () => number
  readonly succeeded: () => void
  readonly failed: (code: ModelFailureCode) => void
  readonly reset: () => void
}

export function circuitBreaker(now: () => number): CircuitBreaker {
  let failures = 0
  let restsUntil = 0
  const reset = (): void => {
    failures = 0
    restsUntil = 0
  }
  return {
    restsFor: () => Math.max(0, restsUntil - now()),
    succeeded: reset,
    failed: (code) => {
      if (!troubles.has(code)) return
      failures += 1
      if (failures >= FAILURES_UNTIL_REST) restsUntil = now() + REST_MILLISECONDS
    },
    reset,
  }
}
