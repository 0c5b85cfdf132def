import type { PersonDetail } from '../people-types.ts'

/** One bar; `days` null where nobody was looking. */
export interface MonthBar { readonly month: string; readonly days: number | null }

const monthsShown = 12

const shift = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + number - 1 + by
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** The last twelve months. A month some source read at least a part of, without an entry, had no use; one nobody read is unknown. */
export const monthBars = ({ months, covered }: PersonDetail['usage'], application: string | null, asOf: string): readonly MonthBar[] => {
  const daysOf = new Map(months.filter((one) => one.application === application).map((one) => [one.month, one.days]))
  return Array.from({ length: monthsShown }, (_, at) => {
    const month = shift(asOf.slice(0, 7), at - monthsShown + 1)
    const isCovered = covered.some(({ from, to }) => from.slice(0, 7) <= month && month <= to.slice(0, 7))
    return { month, days: daysOf.get(month) ?? (isCovered ? 0 : null) }
  })
}

export const applicationsIn = ({ months }: PersonDetail['usage']): readonly string[] =>
  [...new Set(months.flatMap(({ application }) => application ?? []))].toSorted((a, b) => a.localeCompare(b))
