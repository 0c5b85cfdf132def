import type { SignalOf } from '../../../shared/model/signal.ts'
import { dateOf, firstDayOfMonth, monthText } from './day.ts'
import type { DayRange, Population } from './population.ts'
import type { Watched } from './watched.ts'

/** What is known about one subject's use of one application. */
export interface UsagePattern {
  /** The unbroken stretch of days, up to the latest seen, in which a use would have been noticed. Null: nobody was looking. */
  readonly covered: DayRange | null
  /** Day of the last use seen; null = none. */
  readonly lastUsed: number | null
  /** 1 when the log's name fits several subjects. */
  readonly isAmbiguous: boolean
  readonly rhythm: Rhythm | null
}

export interface Rhythm {
  readonly name: SignalOf<'usage-frequency'>['facts']['rhythm']
  readonly typicalGap: number
  readonly activeDays: number
  readonly months: readonly { month: string; days: number }[]
}

/** Days closer than this belong to one spell of work: a quarter-end is a few days in a row, then nothing for weeks. */
const SPELL_GAP_DAYS = 21

export function usagePattern(population: Population, watched: Watched, subject: number, application: number): UsagePattern {
  const covered = application < 0 ? null : watched.subject(subject, application)
  const { usage } = population
  const bitmaps: { month: number; bits: number }[] = []
  let isAmbiguous = false
  for (let row = usage.start[subject] as number; row < (usage.start[subject + 1] as number); row++) {
    if (application < 0 || usage.application[row] !== application) continue
    isAmbiguous ||= usage.isAmbiguous[row] === 1
    const [month, bits] = [usage.month[row] as number, usage.days[row] as number]
    const last = bitmaps.at(-1)
    // Two accounts of one person may each have a row for the month; a day counts once.
    if (last?.month === month) last.bits |= bits
    else bitmaps.push({ month, bits })
  }
  const perMonth = bitmaps.map(({ month, bits }) => ({ month: monthText(month), days: daysIn(month, bits) }))
  const days = perMonth.flatMap((one) => one.days)
  const months = perMonth.map((one) => ({ month: one.month, days: one.days.length }))
  return { covered, lastUsed: days.at(-1) ?? null, isAmbiguous, rhythm: rhythmOf(days, months) }
}

function daysIn(month: number, bits: number): readonly number[] {
  const first = firstDayOfMonth(month)
  const days: number[] = []
  for (let day = 0; day < 31; day++) if ((bits & (1 << day)) !== 0) days.push(first + day)
  return days
}

/**
 * The subject's own cadence. Where most of the time lies between spells of work, the gap that counts is from spell to spell
 * (a quarter-end user's is about 90 days although they sign in four days running); else it is from day to day.
 */
function rhythmOf(days: readonly number[], months: readonly { month: string; days: number }[]): Rhythm | null {
  if (days.length < 2) return null
  const starts = days.filter((day, at) => at === 0 || day - (days[at - 1] as number) > SPELL_GAP_DAYS)
  const idle = days.reduce(
    (sum, day, at) => (at > 0 && day - (days[at - 1] as number) > SPELL_GAP_DAYS ? sum + day - (days[at - 1] as number) : sum), 0,
  )
  const span = (days.at(-1) as number) - (days[0] as number)
  const isInSpells = starts.length >= 2 && idle * 2 >= span
  const typicalGap = medianGap(isInSpells ? starts : days)
  const name = typicalGap < 4
    ? 'daily'
    : typicalGap <= 14
    ? 'weekly'
    : typicalGap <= 59
    ? 'monthly'
    : typicalGap <= 135
    ? 'quarterly'
    : 'seldom'
  return { name, typicalGap, activeDays: days.length, months }
}

function medianGap(days: readonly number[]): number {
  const gaps = days.slice(1).map((day, at) => day - (days[at] as number)).sort((a, b) => a - b)
  return gaps[gaps.length >> 1] ?? 0
}

/**
 * Is a silence of this many days nothing unusual for the cadence? Half a gap of lateness and two weeks of holiday are granted;
 * a month of silence never counts against anybody.
 */
export function isWithinRhythm(silence: number, typicalGap: number): boolean {
  return silence <= Math.max(30, Math.floor(typicalGap * 1.5) + 14)
}

/** Months touched by a range of days. */
export function monthsIn(range: DayRange): number {
  const [from, to] = [dateOf(range.from), dateOf(range.to)]
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
}
