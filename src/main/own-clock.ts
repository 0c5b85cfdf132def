import { randomUUID } from 'node:crypto'
import type { Clock } from './use-cases/context.ts'

/** This machine's clock, and the name of this start of the app. */
export function clockOf(): Clock {
  return { now: () => new Date().toISOString(), mono: () => Math.floor(performance.now()), boot: randomUUID() }
}
