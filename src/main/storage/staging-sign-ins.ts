import type { SignInRecord } from '../core/inventory/records.ts'
import { foldKey } from '../core/inventory/fold-key.ts'
import { addSignIn, emptyUsageMonth, monthOf, type UsageMonth } from '../core/inventory/usage-months.ts'
import type { StagingFile } from './staging-file.ts'
import type { StagedTotals } from './staging-grants.ts'

/** A stretch of time, both ends included, UTC ISO 8601. */
export interface Span { readonly from: string; readonly to: string }

/** Sums kept in memory before they are added to the file's: 10 million events must fit where 10 thousand do. */
const sumsInMemory = 100_000

/** How sums of the same account, application and month become one, in every table that keeps them. */
export const addSums = `successes = successes + excluded.successes, failures = failures + excluded.failures, days = days | excluded.days,
  first_at = min(first_at, excluded.first_at),
  last_success_at = max(coalesce(last_success_at, excluded.last_success_at), coalesce(excluded.last_success_at, last_success_at))`

/**
 * Adds sign-ins up per account name, application and month. Events inside `covered` were counted by an earlier run of the same
 * source (exports overlap): they count as repeated, not twice.
 */
export function signInStaging(
  { sqlite }: StagingFile, covered: readonly Span[],
): { take: (records: readonly SignInRecord[]) => void; finish: () => StagedTotals } {
  const add = sqlite.prepare<[string, string, string, number, number, number, string, string | null]>(
    `INSERT INTO staged_usage (account_key, application, month, successes, failures, days, first_at, last_success_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account_key, application, month) DO UPDATE SET ${addSums}`,
  )
  const setWindow = sqlite.prepare<[string, string]>('INSERT INTO staged_window (one, from_at, to_at) VALUES (1, ?, ?)')
  const sums = new Map<string, Map<string, UsageMonth>>()
  const keys = new Map<string, string>()
  const totals = { imported: 0, repeated: 0, records: 0, conflicts: 0 }
  let held = 0
  let from: string | null = null
  let to: string | null = null

  function flush(): void {
    for (const [place, months] of sums) {
      const [key = '', application = ''] = place.split('\u0000')
      for (const [month, sum] of months) {
        add.run(key, application, month, sum.successes, sum.failures, sum.days, sum.firstAt, sum.lastSuccessAt)
      }
    }
    sums.clear()
    held = 0
  }

  function keyOf(account: string): string {
    let key = keys.get(account)
    if (key === undefined) {
      if (keys.size >= sumsInMemory) keys.clear()
      key = foldKey(account) ?? account
      keys.set(account, key)
    }
    return key
  }

  function take(records: readonly SignInRecord[]): void {
    for (const { account, application, at, isSuccess } of records) {
      if (from === null || at < from) from = at
      if (to === null || at > to) to = at
      if (covered.some((span) => at >= span.from && at <= span.to)) {
        totals.repeated++
        continue
      }
      totals.imported++
      const place = `${keyOf(account)}\u0000${application}`
      let months = sums.get(place)
      if (months === undefined) sums.set(place, (months = new Map()))
      let month = months.get(monthOf(at))
      if (month === undefined) {
        months.set(monthOf(at), (month = emptyUsageMonth(at)))
        held++
      }
      addSignIn(month, at, isSuccess)
      if (held >= sumsInMemory) flush()
    }
  }

  function finish(): StagedTotals {
    flush()
    if (from !== null && to !== null) setWindow.run(from, to)
    return { ...totals, records: totals.imported + totals.repeated }
  }

  return { take, finish }
}
