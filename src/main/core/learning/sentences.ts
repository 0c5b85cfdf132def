import type { Contribution } from './explain.ts'

/**
 * A contribution in words, with the counts behind it. The counts are the past; the leaning is the combination's own part once all
 * others have had theirs, so many approvals may still count against. Values are directory text: whoever shows the sentence escapes it.
 */
export function sentenceOf({ parts, decided, approved, logOdds }: Contribution): string {
  const what = parts.map(({ name, value }) => (value === null ? name : `${name} ${value === '' ? 'unknown' : `“${value}”`}`)).join(', ')
  if (decided === 0) return `${what}: never decided before, which taken with the rest ${leaning(logOdds)}.`
  const counts = decided === 1
    ? `the only earlier request was ${approved === 1 ? 'approved' : 'denied'}`
    : `${approved} of ${decided} earlier requests were approved`
  return `${what}: ${counts}, which taken with the rest ${leaning(logOdds)}.`
}

const FAINT = 0.01

function leaning(logOdds: number): string {
  if (Math.abs(logOdds) < FAINT) return 'hardly matters here'
  return logOdds > 0 ? 'speaks for it' : 'speaks against it'
}
