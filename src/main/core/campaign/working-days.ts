import { dateOf, dayOf } from '../signals/day.ts'

// Days are ISO dates (YYYY-MM-DD); holidays are the organisation's own list.

/** Days that are not worked: a list of holidays, and the days of the week, 0 = Sunday; without them Saturday and Sunday. */
export interface DaysOff {
  has(day: string): boolean
  readonly weekend?: ReadonlySet<number>
}

const usualWeekend: ReadonlySet<number> = new Set([0, 6])

export function addDays(day: string, days: number): string {
  return dateOf(dayOf(day) + days)
}

export function isWorkingDay(day: string, off: DaysOff): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((dayOf(day) + 4) % 7) + 7) % 7
  return !(off.weekend ?? usualWeekend).has(weekday) && !off.has(day)
}

/** The day `days` working days after (or, negative, before) a day; 0 = the day itself, or the next working day. */
export function addWorkingDays(day: string, days: number, off: DaysOff): string {
  const step = days < 0 ? -1 : 1
  let at = day
  for (let left = Math.abs(days); left > 0;) {
    at = addDays(at, step)
    if (isWorkingDay(at, off)) left -= 1
  }
  while (!isWorkingDay(at, off)) at = addDays(at, step)
  return at
}
