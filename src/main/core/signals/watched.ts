import type { Coverage, DayRange, Population } from './population.ts'
import { mergedRanges } from './usage-columns.ts'

/** In which unbroken stretch of days, up to the latest, a use would have been noticed. Null: nobody was looking. */
export interface Watched {
  readonly subject: (subject: number, application: number) => DayRange | null
  readonly account: (account: number, application: number) => DayRange | null
}

/** Few combinations of sources watch many subjects, so each combination's days are joined only once. */
export function watchedDays(population: Pick<Population, 'coverage' | 'labels'>): Watched {
  const ofApplication = Array.from(
    population.labels, (_, application) => population.coverage.filter((source) => source.applications.has(application)),
  )
  const joined = ofApplication.map(() => new Map<string, DayRange | null>())
  const rangeOf = (application: number, watches: (source: Coverage) => boolean): DayRange | null => {
    const sources = ofApplication[application]
    if (sources === undefined || sources.length === 0) return null
    let key = ''
    for (const source of sources) key += watches(source) ? '1' : '0'
    const known = joined[application]?.get(key)
    if (known !== undefined) return known
    const range = mergedRanges(sources.filter(watches).flatMap(({ ranges }) => ranges)).at(-1) ?? null
    joined[application]?.set(key, range)
    return range
  }
  return {
    subject: (subject, application) => rangeOf(application, ({ subjects }) => subjects[subject] === 1),
    account: (account, application) => rangeOf(application, ({ accounts }) => accounts[account] === 1),
  }
}
