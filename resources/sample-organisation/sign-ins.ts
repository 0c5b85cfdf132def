import {
  dayOfMonth, daysToMonthEnd, isDayOff, isoDay, isoTimeOfDay, isQuarterEnd, monthOf, weekdayOf, type Day,
} from './calendar.ts'
import type { Account, Organisation, SourceName, UsagePlan, Worker } from './model.ts'
import { mix, streamKey } from './random.ts'

/** How far back the sign-in logs reach. */
export const SIGN_IN_DAYS = 365

export type SignIn = { source: SourceName; account: string; application: string; at: string; isSuccess: boolean }

type Use = { plan: UsagePlan; account: Account; worker: Worker | null; key: number }
type Moment = { second: number; order: number; use: Use; isSuccess: boolean }

/** What a day is, worked out once for everybody. */
type DayFacts = {
  day: Day
  isOff: boolean
  weekday: number
  month: number
  toMonthEnd: number
  dayOfMonth: number
  isClosing: boolean
  isLastWorkdayOfMonth: boolean
}

function factsOf(day: Day): DayFacts {
  const toMonthEnd = daysToMonthEnd(day)
  const laterThisMonth = Array.from({ length: Math.min(toMonthEnd, 8) }, (_, at) => day + at + 1)
  return {
    day,
    isOff: isDayOff(day),
    weekday: weekdayOf(day),
    month: monthOf(day),
    toMonthEnd,
    dayOfMonth: dayOfMonth(day),
    isClosing: isQuarterEnd(day),
    isLastWorkdayOfMonth: !isDayOff(day) && laterThisMonth.every(isDayOff) && toMonthEnd < 8,
  }
}

function isAway(worker: Worker | null, day: Day): boolean {
  // Who has left takes no holiday: what still happens with their login happens on any day.
  if (!worker || (worker.left !== null && day > worker.left)) return false
  const covers = (absence: { from: Day; to: Day | null }): boolean => absence.from <= day && (absence.to === null || day < absence.to)
  return worker.vacations.some(covers) || worker.leaves.some(covers)
}

/** Whether the cadence calls for a sign-in on this day; `draw` is 0 … 999. */
function isUsedOn({ plan, worker }: Use, facts: DayFacts, draw: number): boolean {
  const { cadence } = plan
  if (cadence.kind === 'never') return false
  if (cadence.kind === 'every-night') return true
  if (facts.isOff) return false
  switch (cadence.kind) {
    case 'quarter-end':
      // The last working day of a quarter is never missed: closing does not wait for anybody's holiday.
      return facts.isClosing && (draw < cadence.perMille || facts.isLastWorkdayOfMonth)
    case 'month-end':
      return (facts.toMonthEnd < 3 || facts.dayOfMonth <= 3) && draw < cadence.perMille && !isAway(worker, facts.day)
    case 'weekly':
      return facts.weekday === cadence.weekday && draw < cadence.perMille && !isAway(worker, facts.day)
    case 'seasonal':
      return cadence.months.includes(facts.month) && draw < cadence.perMille && !isAway(worker, facts.day)
    case 'workdays':
    case 'rare':
      return draw < cadence.perMille && !isAway(worker, facts.day)
  }
}

function addMoments(moments: Moment[], use: Use, facts: DayFacts): void {
  const { plan, key } = use
  if (facts.day < plan.from) return
  const draw = mix(key, facts.day, 1)
  const isOver = plan.to !== null && facts.day >= plan.to
  if (isOver && (!plan.failsAfterwards || facts.isOff || draw % 1000 >= 80)) return
  if (!isOver && !isUsedOn(use, facts, draw % 1000)) return
  const time = mix(key, facts.day, 2)
  // Office hours at the person's site: from half past seven, most of it in the morning.
  const workSecond = 27_000 + Math.min(time % 34_000, (time >>> 8) % 34_000) - plan.utcOffsetMinutes * 60
  const second = plan.cadence.kind === 'every-night' ? plan.cadence.second + (time % 240) : workSecond
  if (isOver) {
    moments.push({ second, order: moments.length, use, isSuccess: false })
    return
  }
  if (time % 41 === 0) moments.push({ second: second - 15 - (time % 40), order: moments.length, use, isSuccess: false })
  moments.push({ second, order: moments.length, use, isSuccess: true })
  const comesBack = plan.cadence.kind === 'workdays' && plan.cadence.perMille > 700 && (time >>> 4) % 10 === 0
  if (comesBack) moments.push({ second: second + 9000 + (time % 5000), order: moments.length, use, isSuccess: true })
}

/** All sign-ins of the year before the as-of day, day by day in the order they happened; never all in memory at once. */
export function* signInsByDay(organisation: Organisation): Generator<SignIn[]> {
  const { seed, usage, accounts, workers, directoryDays } = organisation
  const asOf = directoryDays.at(-1) ?? 0
  const key = streamKey(seed, 'sign-ins')
  const uses = usage.map((plan, at): Use => {
    const account = accounts[plan.account] as Account
    return { plan, account, worker: account.worker === null ? null : (workers[account.worker] ?? null), key: mix(key, at, plan.account) }
  })
  for (let day = asOf - SIGN_IN_DAYS; day < asOf; day += 1) {
    const facts = factsOf(day)
    const moments: Moment[] = []
    for (const use of uses) addMoments(moments, use, facts)
    moments.sort((a, b) => a.second - b.second || a.order - b.order)
    const date = isoDay(day)
    yield moments.map(({ second, use, isSuccess }) => ({
      source: use.account.source, account: use.account.name, application: use.plan.application, at: date + isoTimeOfDay(second), isSuccess,
    }))
  }
}
