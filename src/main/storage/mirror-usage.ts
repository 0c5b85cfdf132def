import { foldKey } from '../core/inventory/fold-key.ts'
import type { SignInRecord } from '../core/inventory/records.ts'
import { addSignIn, emptyUsageMonth, monthOf, type UsageMonth } from '../core/inventory/usage-months.ts'
import type { Mirror } from './mirror-file.ts'
import { addSums } from './staging-sign-ins.ts'

/** A stretch of time, `to` exclusive, UTC ISO 8601. */
export interface HalfOpenSpan { readonly from: string; readonly to: string }

export interface UsageWriter {
  /** Inside the caller's transaction. Returns how many lay in a time that was counted before. */
  readonly take: (collection: number, signIns: readonly SignInRecord[], counted: readonly HalfOpenSpan[]) => { readonly repeated: number }
}

/** Adds a log's sign-ins up per account, application and month, a commit's worth at a time: ten million events fit where ten thousand do. */
export function usageWriter({ sqlite }: Mirror): UsageWriter {
  const add = sqlite.prepare<[number, string, string, string, number, number, number, string, string | null]>(
    `INSERT INTO usage_sum (collection, account_key, application, month, successes, failures, days, first_at, last_success_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (collection, account_key, application, month) DO UPDATE SET ${addSums}`,
  )
  return {
    take: (collection, signIns, counted) => {
      const sums = new Map<string, Map<string, Map<string, UsageMonth>>>()
      const spans = counted.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))
      const isCounted = (at: string): boolean => {
        const time = Date.parse(at)
        return spans.some(({ from, to }) => time >= from && time < to)
      }
      let repeated = 0
      for (const { account, application, at, isSuccess } of signIns) {
        if (spans.length > 0 && isCounted(at)) repeated++
        else addSignIn(monthIn(sums, foldKey(account) ?? account, application, at), at, isSuccess)
      }
      for (const [key, applications] of sums) {
        for (const [application, months] of applications) {
          for (const [month, sum] of months) {
            add.run(collection, key, application, month, sum.successes, sum.failures, sum.days, sum.firstAt, sum.lastSuccessAt)
          }
        }
      }
      return { repeated }
    },
  }
}

function monthIn(sums: Map<string, Map<string, Map<string, UsageMonth>>>, key: string, application: string, at: string): UsageMonth {
  const applications = sums.get(key) ?? new Map<string, Map<string, UsageMonth>>()
  sums.set(key, applications)
  const months = applications.get(application) ?? new Map<string, UsageMonth>()
  applications.set(application, months)
  const month = months.get(monthOf(at)) ?? emptyUsageMonth(at)
  months.set(monthOf(at), month)
  return month
}
