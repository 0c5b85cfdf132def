import type { SignalOf } from '../../../../shared/model/signal.ts'

/** One bar of the chart; `days` is null where nothing is on record. */
export interface UsageMonth { readonly month: string; readonly days: number | null }

const shift = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + number - 1 + by
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** How many months the chart shows, the review's own month included. */
export const chartMonths = 12

/**
 * The last twelve months up to the review day. A month within the covered window but without an entry had no use; one before the
 * window is unknown, which is not the same.
 */
export const toUsageMonths = (facts: SignalOf<'usage-frequency'>['facts'], asOf: string): readonly UsageMonth[] => {
  const last = asOf.slice(0, 7)
  const daysOf = new Map(facts.months.map((entry) => [entry.month, entry.days]))
  return Array.from({ length: chartMonths }, (_, at): UsageMonth => {
    const back = chartMonths - 1 - at
    const month = shift(last, -back)
    return { month, days: daysOf.get(month) ?? (back < facts.coveredMonths ? 0 : null) }
  })
}
