import { groupRows, int32Column } from './columns.ts'
import { dayOf, firstDayOfMonth, monthOf, NO_DAY } from './day.ts'
import type { Coverage, DayRange, Usage } from './population.ts'
import type { UsageRow, UsageWindowRow } from './population-rows.ts'

/** An account as the sign-in log may name it. */
export interface KnownLogin {
  readonly sourceId: number
  readonly nativeKey: string
  readonly emailKey: string | null
  readonly subject: number
}

interface SignInSource {
  readonly applications: Set<number>
  /** Account sources the officer named, and those whose logins or e-mails were met in the log. */
  readonly named: Set<number>
  readonly metByLogin: Set<number>
  readonly metByEmail: Set<number>
  readonly ranges: DayRange[]
}

export interface UsageColumns {
  readonly addLogin: (login: KnownLogin) => void
  /** All logins first. Use after as-of is left out; a name nobody has is left out. */
  readonly addUsage: (row: UsageRow, application: number) => void
  readonly addWindow: (row: UsageWindowRow) => void
  /** Day of each login's last success seen in any log, in the order the logins were added; NO_DAY where none was. */
  readonly lastSignIns: () => Int32Array
  readonly finish: (subjects: number) => { readonly usage: Usage; readonly coverage: readonly Coverage[] }
}

/**
 * Gathers sign-ins per subject. A login name that fits several subjects counts for each of them: that can hide a disuse,
 * but it never accuses anybody of one.
 */
export function usageColumns(asOfDay: number): UsageColumns {
  const logins: KnownLogin[] = []
  const byKey = new Map<string, number[]>()
  const lastDays: number[] = []
  const sources = new Map<number, SignInSource>()
  const subject = int32Column()
  const application = int32Column()
  const month = int32Column()
  const days = int32Column()
  const ambiguous = int32Column()

  const sourceOf = (id: number): SignInSource => {
    const known = sources.get(id)
    if (known !== undefined) return known
    const made = {
      applications: new Set<number>(), named: new Set<number>(), metByLogin: new Set<number>(), metByEmail: new Set<number>(), ranges: [],
    }
    sources.set(id, made)
    return made
  }
  const remember = (key: string, index: number): void => {
    const there = byKey.get(key)
    if (there === undefined) byKey.set(key, [index])
    else if (!there.includes(index)) there.push(index)
  }
  return {
    addLogin: (login) => {
      const index = logins.push(login) - 1
      lastDays.push(NO_DAY)
      remember(login.nativeKey, index)
      if (login.emailKey !== null) remember(login.emailKey, index)
    },
    addUsage: (row, applicationIndex) => {
      const source = sourceOf(row.sourceId)
      source.applications.add(applicationIndex)
      if (row.accountsSource !== 0) source.named.add(row.accountsSource)
      const bits = daysUntil(row.days, monthOf(row.month), asOfDay)
      const subjects = new Set<number>()
      const lastDay = bits === 0 ? NO_DAY : firstDayOfMonth(monthOf(row.month)) + 31 - Math.clz32(bits)
      for (const index of byKey.get(row.accountKey) ?? []) {
        const login = logins[index] as KnownLogin
        if (row.accountsSource !== 0 && row.accountsSource !== login.sourceId) continue
        if (login.nativeKey === row.accountKey) source.metByLogin.add(login.sourceId)
        if (login.emailKey === row.accountKey) source.metByEmail.add(login.sourceId)
        subjects.add(login.subject)
        lastDays[index] = Math.max(lastDays[index] as number, lastDay)
      }
      if (bits === 0) return
      for (const one of subjects) {
        subject.push(one)
        application.push(applicationIndex)
        month.push(monthOf(row.month))
        days.push(bits)
        ambiguous.push(subjects.size > 1 ? 1 : 0)
      }
    },
    addWindow: (row) => {
      const source = sourceOf(row.sourceId)
      if (row.accountsSource !== 0) source.named.add(row.accountsSource)
      const from = dayOf(row.fromAt)
      const to = Math.min(dayOf(row.toAt), asOfDay)
      if (from <= to) source.ranges.push({ from, to })
    },
    lastSignIns: () => Int32Array.from(lastDays),
    finish: (subjects) => ({
      usage: sortedUsage(subjects, subject.values(), application.values(), month.values(), days.values(), ambiguous.values()),
      coverage: [...sources].sort(([a], [b]) => a - b).map(([sourceId, source]) => ({
        sourceId,
        applications: source.applications,
        ...seenBy(source, logins, subjects),
        ranges: mergedRanges(source.ranges),
      })),
    }),
  }
}

/** The bits of a month's days that are not after `lastDay`. */
function daysUntil(bits: number, month: number, lastDay: number): number {
  const first = firstDayOfMonth(month)
  if (lastDay < first) return 0
  const shown = lastDay - first + 1
  return shown >= 31 ? bits : bits & (2 ** shown - 1)
}

/** Overlapping and neighbouring day ranges joined, ascending. */
export function mergedRanges(ranges: readonly DayRange[]): readonly DayRange[] {
  const merged: DayRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && range.from <= last.to + 1) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else merged.push(range)
  }
  return merged
}

/**
 * Whom a log could have shown. Where the officer said whose names it carries: all of them. Else an account counts only if
 * logins (or e-mails) of its source were met in the log at all; otherwise its silence would only mean that names do not match.
 */
function seenBy(
  source: SignInSource, logins: readonly KnownLogin[], subjectCount: number,
): { readonly subjects: Uint8Array; readonly accounts: Uint8Array } {
  const [subjects, accounts] = [new Uint8Array(subjectCount), new Uint8Array(logins.length)]
  logins.forEach((login, account) => {
    const isSeen = source.named.has(login.sourceId) || source.metByLogin.has(login.sourceId)
      || (login.emailKey !== null && source.metByEmail.has(login.sourceId))
    if (!isSeen) return
    subjects[login.subject] = 1
    accounts[account] = 1
  })
  return { subjects, accounts }
}

function sortedUsage(
  subjects: number, subject: Int32Array, application: Int32Array, month: Int32Array, days: Int32Array, ambiguous: Int32Array,
): Usage {
  const { start, rows } = groupRows(subject, subjects)
  for (let one = 0; one < subjects; one++) {
    const slice = rows.subarray(start[one], start[one + 1])
    if (slice.length > 1) {
      slice.sort((a, b) => (application[a] as number) - (application[b] as number) || (month[a] as number) - (month[b] as number) || a - b)
    }
  }
  return {
    start,
    application: Int32Array.from(rows, (row) => application[row] as number),
    month: Int32Array.from(rows, (row) => month[row] as number),
    days: Int32Array.from(rows, (row) => days[row] as number),
    isAmbiguous: Uint8Array.from(rows, (row) => ambiguous[row] as number),
  }
}
