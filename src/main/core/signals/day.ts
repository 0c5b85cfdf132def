import type { IsoDate, IsoMonth } from '../../../shared/model/time.ts'

// Days are counted from 1970-01-01 (UTC) so that a million dates fit in one Int32Array and a difference is a subtraction.

const MILLISECONDS_PER_DAY = 86_400_000

/** "No date": below every real day, so that comparisons with it must be asked for on purpose. */
export const NO_DAY = -2_000_000_000

/** Day number of an ISO date or the date part of an ISO time; NO_DAY for null. */
export function dayOf(date: string | null): number {
  if (date === null) return NO_DAY
  const milliseconds = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)))
  return Number.isNaN(milliseconds) ? NO_DAY : milliseconds / MILLISECONDS_PER_DAY
}

/** ISO date of a day number. */
export function dateOf(day: number): IsoDate {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10)
}

/** Months since year 0, so that `2026-11` and `2026-12` are neighbours. */
export function monthOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

/** First day of a month counted as in `monthOf`. */
export function firstDayOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / MILLISECONDS_PER_DAY
}

export function monthText(month: number): IsoMonth {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}
