/** Rows of one run. `merged` said again what an earlier row had said; every row read is exactly one of the three. */
export interface ControlTotals {
  readonly rowsRead: number
  readonly imported: number
  readonly rejected: number
  readonly merged: number
}

/** Null when the totals reconcile, else the sentence that says by how much they do not. */
export function totalsFault({ rowsRead, imported, rejected, merged }: ControlTotals): string | null {
  const accounted = imported + rejected + merged
  if (accounted === rowsRead) return null
  return (
    `The control totals do not reconcile: ${rowsRead} rows were read, but ${imported} imported + ${rejected} rejected + ` +
    `${merged} repeated = ${accounted}. Nothing was imported.`
  )
}

export interface HoldFacts {
  readonly cutOffReason: string | null
  readonly isCutOff: boolean
  /** Records taken now, and by the last complete run of the source (null = there was none). */
  readonly records: number
  readonly lastRecords: number | null
  readonly holdBelowShare: number
  /** A log adds to what is known: a short one takes nothing away. A list replaces what was known: a short one removes the rest. */
  readonly isLog: boolean
  /** Rows of which nothing could be taken, repeated ids left out: whom or what they name is not known. */
  readonly unreadRows: number
  /** People known so far who are not in this HR list; 0 for other sources. */
  readonly missingPeople: number
}

/** Why a file must not be believed without the officer's word, one sentence each; empty = believe it. */
export function holdReasons(facts: HoldFacts): readonly string[] {
  const reasons: string[] = []
  if (facts.isCutOff) {
    reasons.push(`The file seems to be cut off${facts.cutOffReason === null ? '' : `: ${facts.cutOffReason}`}. Its end may be missing.`)
  }
  if (facts.records === 0) {
    reasons.push('Not one row of the file could be taken.')
  } else if (!facts.isLog && facts.lastRecords !== null && facts.records < facts.holdBelowShare * facts.lastRecords) {
    const percent = Math.floor((facts.records / facts.lastRecords) * 100)
    reasons.push(
      `The file has ${facts.records} records, the last one had ${facts.lastRecords}: ${percent} %, below the ` +
        `${Math.round(facts.holdBelowShare * 100)} % that is believed without asking.`,
    )
  }
  const unread = unreadPeopleReason(facts.unreadRows, facts.missingPeople)
  return unread === null ? reasons : [...reasons, unread]
}

/** Rows nobody could read, and people who are missing: they may be the same. Null where one of the two is none. */
export function unreadPeopleReason(unreadRows: number, missingPeople: number): string | null {
  if (unreadRows === 0 || missingPeople === 0) return null
  const rows = unreadRows === 1 ? '1 row could not be read' : `${unreadRows} rows could not be read`
  const missing = missingPeople === 1 ? '1 of the people known so far is missing' : `${missingPeople} of the people known so far are missing`
  return `${rows}, and ${missing}: ${unreadRows === 1 ? 'the row' : 'the rows'} may be theirs, and they would count as leavers.`
}
