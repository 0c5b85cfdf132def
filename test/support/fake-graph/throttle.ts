import { fault, type Answered } from './query.ts'

export type Throttle = (path: string) => Answered | undefined

/** Graph's documented limits: reports 5 requests in 10 s with Retry-After, Conditional Access one a second without. */
export function throttle(clock: (() => number) | undefined): Throttle {
  const times: Record<'reports' | 'policies', number[]> = { reports: [], policies: [] }
  return (path) => {
    if (clock === undefined) return undefined
    const family = path.startsWith('/auditLogs') ? 'reports' : path.startsWith('/identity/conditionalAccess') ? 'policies' : null
    if (family === null) return undefined
    const [requests, withinMs] = family === 'reports' ? [5, 10_000] : [1, 1_000]
    const recent = times[family].filter((time) => time > clock() - withinMs)
    if (recent.length >= requests) {
      return fault(429, 'TooManyRequests', 'Too many requests.', family === 'reports' ? { 'retry-after': String(Math.ceil(((recent[0] ?? 0) + withinMs - clock()) / 1_000)) } : {})
    }
    times[family] = [...recent, clock()]
    return undefined
  }
}
