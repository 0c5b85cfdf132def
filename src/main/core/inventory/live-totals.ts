/** What one collection of a live source amounts to after a reading, and what it amounted to after the last complete one. */
export interface CollectionCount {
  readonly title: string
  readonly isComplete: boolean
  /** How many we hold; null = the collection is a log. */
  readonly held: number | null
  readonly lastHeld: number | null
  /** How many the source itself counts; null where it does not say. */
  readonly sourceCount: number | null
}

export interface LiveHoldFacts {
  readonly collections: readonly CollectionCount[]
  readonly accounts: number
  readonly people: number
  readonly holdBelowShare: number
}

/** Why a complete reading must not be believed without the officer's word, one sentence each; empty = believe it. */
export function liveHoldReasons({ collections, accounts, people, holdBelowShare }: LiveHoldFacts): readonly string[] {
  const reasons: string[] = []
  if (accounts === 0 && people === 0) reasons.push('The source named not one account and not one person.')
  for (const { title, isComplete, held, lastHeld, sourceCount } of collections) {
    if (!isComplete || held === null) continue
    if (lastHeld !== null && held < holdBelowShare * lastHeld) {
      reasons.push(`${title}: ${held} after this reading, ${lastHeld} after the last complete one: ${share(held, lastHeld)}, ${limit(holdBelowShare)}`)
    }
    if (sourceCount !== null && held < holdBelowShare * sourceCount) {
      reasons.push(`${title}: the source counts ${sourceCount} and gave ${held}: ${share(held, sourceCount)}, ${limit(holdBelowShare)}`)
    }
  }
  return reasons
}

function share(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 100)} %`
}

function limit(holdBelowShare: number): string {
  return `below the ${Math.round(holdBelowShare * 100)} % that is believed without asking.`
}

/** Where the source's own count and ours differ without being alarming, one sentence each. */
export function countNotes(collections: readonly CollectionCount[]): readonly string[] {
  return collections.flatMap(({ title, isComplete, held, sourceCount }) =>
    !isComplete || held === null || sourceCount === null || held === sourceCount ? [] : [`${title}: the source counts ${sourceCount}, we hold ${held}.`],
  )
}

export interface Window { readonly from: string; readonly to: string }

/** The span all logs of a source cover together, `to` exclusive; null when there is none. */
export function sharedWindow(windows: readonly Window[]): Window | null {
  const [first] = windows
  if (first === undefined) return null
  const from = windows.reduce((latest, window) => (window.from > latest ? window.from : latest), first.from)
  const to = windows.reduce((earliest, window) => (window.to < earliest ? window.to : earliest), first.to)
  return from < to ? { from, to } : null
}
