/** Sign-ins of one login in one application and month; `days` has bit 0 for the 1st. */
export interface MonthOfUse { readonly month: string; readonly application: string; readonly days: number }

/** Distinct days with use, per application and (`application` null) over all of them. */
export interface DaysOfUse { readonly month: string; readonly application: string | null; readonly days: number }

/** Adds up logins and sources without counting a day twice; by month, then all together before each application. */
export function usageByMonth(rows: Iterable<MonthOfUse>): readonly DaysOfUse[] {
  const months = new Map<string, Map<string | null, number>>()
  for (const { month, application, days } of rows) {
    const there = months.get(month) ?? new Map<string | null, number>()
    months.set(month, there)
    for (const key of [null, application]) there.set(key, (there.get(key) ?? 0) | days)
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([month, byApplication]) =>
    [...byApplication].sort(([a], [b]) => (a === null ? -1 : b === null ? 1 : a < b ? -1 : 1))
      .map(([application, bits]) => ({ month, application, days: bitsIn(bits) })).filter(({ days }) => days > 0))
}

/** `2026-11` and −11 → `2025-12`. */
export function addMonths(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + number - 1 + by
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

function bitsIn(bits: number): number {
  let n = 0
  for (let left = bits >>> 0; left !== 0; left &= left - 1) n++
  return n
}
