import { dateOf, dayOf } from '../signals/day.ts'

// Days are ISO dates (YYYY-MM-DD); weeks end on Saturday and Sunday; holidays are the organisation's own list.

export function addDays(day: string, days: number): string {
  return dateOf(dayOf(day) + days)
}

export function isWorkingDay(day: string, holidays: ReadonlySet<string>): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((dayOf(day) + 4) % 7) + 7) % 7
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/** The day `days` working days after (or, negative, before) a day; 0 = the day itself, or the next working day. */
export function addWorkingDays(day: string, days: number, holidays: ReadonlySet<string>): string {
  const step = days < 0 ? -1 : 1
  let at = day
  for (let left = Math.abs(days); left > 0;) {
    at = addDays(at, step)
    if (isWorkingDay(at, holidays)) left -= 1
  }
  while (!isWorkingDay(at, holidays)) at = addDays(at, step)
  return at
}
