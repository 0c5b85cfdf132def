export type DateOrder = 'day-first' | 'month-first' | 'undecided'

export interface DateFault {
  readonly fault: 'not-a-date' | 'impossible' | 'ambiguous' | 'out-of-range'
}

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Two-digit years: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999 (the rule of POSIX strptime). */
const PIVOT = 69
const FIRST_YEAR = 1900
/** Directories write the years 2999 and 9999 for "no end"; as an end date they are none. */
const NO_END_YEAR = 2900

const faults = {
  notADate: { fault: 'not-a-date' },
  impossible: { fault: 'impossible' },
  ambiguous: { fault: 'ambiguous' },
  outOfRange: { fault: 'out-of-range' },
} as const satisfies Record<string, DateFault>

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/
const DAY_NAMED = /^(\d{1,2})[-/. ]{1,2}(\p{L}{3,9})\.?[-/. ]{1,2}(\d{4}|\d{2})$/u
const NAMED_DAY = /^(\p{L}{3,9})\.?[ -](\d{1,2}),?[ -](\d{4})$/u
const TIME_BEHIND = /^(.*?\d)[T ,]{1,2}\d{1,2}[:.]\d{2}.*$/

const MONTHS: Readonly<Record<string, number>> = {
  jan: 1, feb: 2, mar: 3, mrz: 3, mär: 3, apr: 4, may: 5, mai: 5, jun: 6, jul: 7,
  aug: 8, sep: 9, oct: 10, okt: 10, nov: 11, dec: 12, dez: 12,
}

/**
 * A calendar day as `2026-11-22`. Reads ISO, `20261122`, M/D/YYYY, D/M/YYYY, D.M.YYYY, `22-Nov-2026`, `Nov 22, 2026`; a time of day
 * behind it is left off. Points always mean day first unless the mapping says otherwise. Where day and month cannot be told apart
 * the answer is `ambiguous`, never a guess.
 */
export function parseDate(text: string, order: DateOrder): string | DateFault {
  const date = text.length <= 10 ? text : (TIME_BEHIND.exec(text)?.[1] ?? text)
  const iso = ISO.exec(date) ?? COMPACT.exec(date)
  if (iso !== null) return valid({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) })
  const numeric = NUMERIC.exec(date)
  if (numeric !== null) return fromNumeric(numeric, order)
  const dayNamed = DAY_NAMED.exec(date)
  if (dayNamed !== null) return named(dayNamed[2], Number(dayNamed[1]), dayNamed[3])
  const namedDay = NAMED_DAY.exec(date)
  if (namedDay !== null) return named(namedDay[1], Number(namedDay[2]), namedDay[3])
  return faults.notADate
}

/** An end date; null where it stands for "no end". */
export const endDate = (date: string | null): string | null => (date !== null && Number(date.slice(0, 4)) >= NO_END_YEAR ? null : date)

/**
 * The order of day and month in a column, from values that can be read one way only. None, or some of each: `undecided`, and then only
 * values that can be read one way are taken.
 */
export function decideDateOrder(values: Iterable<string>): DateOrder {
  let isDayFirst = false
  let isMonthFirst = false
  for (const text of values) {
    const numeric = NUMERIC.exec(TIME_BEHIND.exec(text)?.[1] ?? text)
    if (numeric === null || numeric[2] === '.') continue
    const [first, second] = [Number(numeric[1]), Number(numeric[3])]
    if (first > 12 && first <= 31 && second <= 12) isDayFirst = true
    if (second > 12 && second <= 31 && first <= 12) isMonthFirst = true
  }
  if (isDayFirst === isMonthFirst) return 'undecided'
  return isDayFirst ? 'day-first' : 'month-first'
}

function fromNumeric(match: RegExpExecArray, order: DateOrder): string | DateFault {
  const [first, second, year] = [Number(match[1]), Number(match[3]), fullYear(match[4] ?? '')]
  const dayFirst = { year, month: second, day: first }
  const monthFirst = { year, month: first, day: second }
  const decided = order === 'undecided' && match[2] === '.' ? 'day-first' : order
  if (decided === 'day-first') return valid(dayFirst)
  if (decided === 'month-first') return valid(monthFirst)
  const [one, other] = [valid(dayFirst), valid(monthFirst)]
  if (typeof one === 'string' && typeof other === 'string') return one === other ? one : faults.ambiguous
  return typeof one === 'string' ? one : other
}

function named(month: string | undefined, day: number, year: string | undefined): string | DateFault {
  const number = MONTHS[(month ?? '').toLowerCase().slice(0, 3)]
  return number === undefined ? faults.notADate : valid({ year: fullYear(year ?? ''), month: number, day })
}

const fullYear = (text: string): number => (text.length === 4 ? Number(text) : Number(text) + (Number(text) < PIVOT ? 2000 : 1900))

function valid({ year, month, day }: Parts): string | DateFault {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return faults.impossible
  if (year < FIRST_YEAR) return faults.outOfRange
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
