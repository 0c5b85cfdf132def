/** Sign-ins of one account name in one application and month. `days` has bit 0 for the 1st, so distinct days never count twice. */
export interface UsageMonth {
  successes: number
  failures: number
  days: number
  firstAt: string
  lastSuccessAt: string | null
}

/** `2026-03-09T…Z` → `2026-03`. */
export function monthOf(at: string): string {
  return at.slice(0, 7)
}

/** `2026-03-09T…Z` → bit 8. */
export function dayBit(at: string): number {
  return 2 ** (Number(at.slice(8, 10)) - 1)
}

/** Adds one sign-in. A failed attempt is counted, but it is no use of the access: it marks no day. `at` is UTC, ISO 8601, one format. */
export function addSignIn(month: UsageMonth, at: string, isSuccess: boolean): void {
  if (at < month.firstAt) month.firstAt = at
  if (!isSuccess) {
    month.failures++
    return
  }
  month.successes++
  month.days |= dayBit(at)
  if (month.lastSuccessAt === null || at > month.lastSuccessAt) month.lastSuccessAt = at
}

export function emptyUsageMonth(at: string): UsageMonth {
  return { successes: 0, failures: 0, days: 0, firstAt: at, lastSuccessAt: null }
}
