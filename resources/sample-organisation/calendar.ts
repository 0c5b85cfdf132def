/** A calendar day as the number of days since 1970-01-01 (UTC). Whole numbers, so that sums and differences are days. */
export type Day = number

const MS_PER_DAY = 86_400_000

/** How many days before the end of a quarter count as its closing days, the last one included. */
export const QUARTER_END_DAYS = 7

/** @throws RangeError when the text is not a real calendar day written YYYY-MM-DD. */
export function dayOf(text: string): Day {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  const day = parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / MS_PER_DAY : Number.NaN
  if (Number.isNaN(day) || isoDay(day) !== text) throw new RangeError(`Not a calendar day (YYYY-MM-DD): ${text}`)
  return day
}

export function isoDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** A time of day as the end of an ISO moment, `T09:05:00Z`; seconds outside the day are brought to its first or last one. */
export function isoTimeOfDay(second: number): string {
  const inDay = Math.max(0, Math.min(86_399, second))
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
  return `T${two(Math.floor(inDay / 3600))}:${two(Math.floor(inDay / 60) % 60)}:${two(inDay % 60)}Z`
}

/** 0 = Sunday … 6 = Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The same day of the month, `months` earlier; the last day of that month where it is shorter. */
export function monthsBefore(day: Day, months: number): Day {
  const date = new Date(day * MS_PER_DAY)
  const month = date.getUTCMonth() - months
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastOfMonth)) / MS_PER_DAY
}

/** 1 to 12. */
export function monthOf(day: Day): number {
  return new Date(day * MS_PER_DAY).getUTCMonth() + 1
}

/** 1 to 31. */
export function dayOfMonth(day: Day): number {
  return new Date(day * MS_PER_DAY).getUTCDate()
}

/** Days left until the month is over: 0 on its last day. */
export function daysToMonthEnd(day: Day): number {
  const date = new Date(day * MS_PER_DAY)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / MS_PER_DAY - day
}

export function isQuarterEnd(day: Day): boolean {
  return monthOf(day) % 3 === 0 && daysToMonthEnd(day) < QUARTER_END_DAYS
}

/** Weekends and the three days on which every site is closed. */
export function isDayOff(day: Day): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6) return true
  const monthAndDay = isoDay(day).slice(5)
  return monthAndDay === '01-01' || monthAndDay === '12-25' || monthAndDay === '12-26'
}
