import type { RecurrenceRule } from '../../../shared/model/calendar.ts'
import { addWorkingDays, type DaysOff } from './working-days.ts'

/** The day a recurring campaign comes for the nth time (0 = first): the same day of the month or the month's last, or the next working day. */
export function occurrence(rule: Pick<RecurrenceRule, 'firstOn' | 'everyMonths'>, n: number, off: DaysOff): string {
  const [year, month, day] = rule.firstOn.split('-').map(Number) as [number, number, number]
  const months = year * 12 + (month - 1) + n * rule.everyMonths
  const [inYear, inMonth] = [Math.floor(months / 12), (months % 12) + 1]
  const last = [31, isLeap(inYear) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][inMonth - 1] ?? 31
  return addWorkingDays(`${pad(inYear, 4)}-${pad(inMonth, 2)}-${pad(Math.min(day, last), 2)}`, 0, off)
}

/** The first time after a day, and which it is. Times that were slept through are passed over: nobody reviews last quarter twice. */
export function nextAfter(
  rule: Pick<RecurrenceRule, 'firstOn' | 'everyMonths'>, from: number, day: string, off: DaysOff,
): { readonly n: number; readonly on: string } {
  let n = from
  let on = occurrence(rule, n, off)
  while (on <= day) on = occurrence(rule, ++n, off)
  return { n, on }
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
