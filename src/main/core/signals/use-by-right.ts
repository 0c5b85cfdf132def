import type { SignalOf } from '../../../shared/model/signal.ts'
import { firstAtLeast } from './columns.ts'
import { firstDayOfMonth, NO_DAY } from './day.ts'
import { pairedGroups, PEERS_NEEDED } from './peer-groups.ts'
import { statuses, subjectOf } from './population.ts'
import type { DayRange, Population } from './population.ts'
import { isPeer } from './rights.ts'
import type { Watched } from './watched.ts'

// How much the people who hold a right use the application behind it. Everybody is measured over the same days of one application; the
// counts are sorted once by right (and by job and right), so that the middle of any group, the person judged left out, is a binary search.

/** Half a year shows quarterly work at least once; less than two months compares moods. */
const WINDOW_DAYS = 180
const SHORTEST_DAYS = 60
/** More than any count of days in the window. */
const SPAN = 256

export interface UseComparison {
  readonly basis: SignalOf<'usage-vs-peers'>['facts']['basis']
  readonly peers: number
  readonly ownDays: number
  readonly medianDays: number
  readonly window: DayRange
}

export interface UseByRight {
  /** Null: the holder was not watched all the time, has held the right for a part of it only, or too few others do. */
  readonly compare: (grant: number) => UseComparison | null
}

export function useByRight(population: Population, watched: Watched): UseByRight {
  const { grants, entitlements, identities } = population
  const windows = windowsOf(population)
  const job = pairedGroups(identities.department, identities.title).group
  const rights = entitlements.count

  /** Days with use, or -1 where the grant is not comparable. */
  const daysOf = (grant: number): number => {
    const application = entitlements.application[grants.entitlement[grant] as number] as number
    const window = windows[application]
    if (window === undefined || window === null) return -1
    const granted = grants.granted[grant] as number
    if (granted !== NO_DAY && granted > window.from) return -1
    const subject = subjectOf(population, grants.account[grant] as number)
    const seen = watched.subject(subject, application)
    if (seen === null || seen.from > window.from || seen.to < window.to) return -1
    return daysWithin(population, subject, application, window)
  }
  /** Those who count as others: people at work, each right once however many paths lead to it. */
  const isCounted = (identity: number): boolean =>
    identity >= 0 && isPeer(population, identity) && statuses[identities.status[identity] as number] !== 'on-leave'

  const byRight = new Float64Array(grants.count)
  const byJob = new Float64Array(grants.count)
  let [length, jobs] = [0, 0]
  const last = new Int32Array(rights).fill(-1)
  for (let grant = 0; grant < grants.count; grant++) {
    const identity = population.accounts.identity[grants.account[grant] as number] as number
    const right = grants.entitlement[grant] as number
    if (!isCounted(identity) || last[right] === identity) continue
    const days = daysOf(grant)
    if (days < 0) continue
    last[right] = identity
    byRight[length++] = right * SPAN + days
    const group = job[identity] as number
    if (group >= 0) byJob[jobs++] = (group * rights + right) * SPAN + days
  }
  const [allOfRight, allOfJob] = [byRight.slice(0, length).sort(), byJob.slice(0, jobs).sort()]

  return {
    compare: (grant) => {
      const own = daysOf(grant)
      if (own < 0) return null
      const right = grants.entitlement[grant] as number
      const identity = population.accounts.identity[grants.account[grant] as number] as number
      const window = windows[entitlements.application[right] as number] as DayRange
      const left = isCounted(identity) ? own : -1
      const group = identity < 0 ? -1 : (job[identity] as number)
      const same = group < 0 ? null : middleOf(allOfJob, (group * rights + right) * SPAN, left)
      if (same !== null) return { basis: 'department-and-title', ...same, ownDays: own, window }
      const all = middleOf(allOfRight, right * SPAN, left)
      return all === null ? null : { basis: 'holders', ...all, ownDays: own, window }
    },
  }
}

/** Lower median of the values at `base … base + SPAN - 1`, one `left` out of them (-1 = none is in there); null for too few. */
function middleOf(values: Float64Array, base: number, left: number): { readonly peers: number; readonly medianDays: number } | null {
  const from = firstAtLeast(values, base)
  const peers = firstAtLeast(values, base + SPAN) - from - (left < 0 ? 0 : 1)
  if (peers < PEERS_NEEDED) return null
  const middle = from + ((peers - 1) >> 1)
  const at = left >= 0 && middle >= firstAtLeast(values, base + left) ? middle + 1 : middle
  return { peers, medianDays: (values[at] as number) - base }
}

/** The days everybody is compared on, by application: the latest half-year of what its sources saw. */
function windowsOf(population: Population): readonly (DayRange | null)[] {
  return population.labels.map((_, application) => {
    const latest = population.coverage.filter((source) => source.applications.has(application)).map(({ ranges }) => ranges.at(-1))
      .filter((range) => range !== undefined).sort((a, b) => b.to - a.to)[0]
    if (latest === undefined) return null
    const from = Math.max(latest.from, latest.to - WINDOW_DAYS + 1)
    return latest.to - from + 1 >= SHORTEST_DAYS ? { from, to: latest.to } : null
  })
}

function daysWithin({ usage }: Population, subject: number, application: number, window: DayRange): number {
  let days = 0
  let lastMonth = -1
  let seen = 0
  for (let row = usage.start[subject] as number; row < (usage.start[subject + 1] as number); row++) {
    if (usage.application[row] !== application) continue
    const month = usage.month[row] as number
    // Two accounts of one person may each have a row for the month; a day counts once.
    if (month !== lastMonth) seen = 0
    lastMonth = month
    const first = firstDayOfMonth(month)
    if (first > window.to || first + 31 < window.from) continue
    const fresh = (usage.days[row] as number) & ~seen
    seen |= fresh
    for (let bits = fresh; bits !== 0; bits &= bits - 1) {
      const day = first + 31 - Math.clz32(bits & -bits)
      if (day >= window.from && day <= window.to) days += 1
    }
  }
  return days
}
