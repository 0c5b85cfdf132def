import type { Surroundings } from './surroundings.ts'

/** What Graph counts together. Reports: 5 requests in 10 s per app and tenant. Conditional Access: one a second. */
export type Family = 'directory' | 'reports' | 'policies'

const allowances: Readonly<Record<Family, { readonly requests: number; readonly withinMs: number } | null>> = {
  directory: null,
  reports: { requests: 5, withinMs: 10_000 },
  policies: { requests: 1, withinMs: 1_000 },
}

/** Holds requests back before the source has to: whoever is refused by it waits longer. */
export type Pacer = (family: Family, signal: AbortSignal) => Promise<number>

/** One pacer per app and tenant, shared by all its readings. Resolves to the milliseconds waited. */
export function pacer(world: Pick<Surroundings, 'clock' | 'pause'>): Pacer {
  const sent = new Map<Family, number[]>()
  return async (family, signal) => {
    const allowance = allowances[family]
    if (allowance === null) return 0
    const times = sent.get(family) ?? []
    const recent = times.filter((time) => time > world.clock() - allowance.withinMs)
    const oldest = recent.length < allowance.requests ? undefined : recent[recent.length - allowance.requests]
    const wait = oldest === undefined ? 0 : Math.ceil(oldest + allowance.withinMs - world.clock())
    if (wait > 0) await world.pause(wait, signal)
    sent.set(family, [...recent, world.clock()].slice(-allowance.requests))
    return Math.max(0, wait)
  }
}
