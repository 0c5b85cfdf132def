// The words in which a report prints its figures, so that a verifier can look for them in the PDF. They are a promise to every report already
// sealed: who changes the print of one of these gives the report's head another number for `print`.
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { controlEquations, type Equation } from './control-equations.ts'
import { resultParts } from './result-bar.ts'
import { spacedFingerprint, timeWords, verdictTitle } from './summary-page.ts'
import { count, counted, moment, outcomeWords, share } from './wording.ts'

/** `lines`: these, one after the other. `what`: what is missing where they are not there. */
export type PrintedRow = { readonly what: string; readonly lines: readonly string[] }

/** The sums as they stand on the first page and in section 4. */
export function equationRows(head: ReportHead): readonly PrintedRow[] {
  return controlEquations(head).map(({ total, terms, difference }: Equation) => ({
    what: total.label,
    lines: [
      ...[total, ...terms].flatMap(({ label, value }, index) => [...(index === 0 ? [] : [index === 1 ? '=' : '+']), count(value), label]),
      ...(difference === 0 ? ['adds up, difference 0'] : ['DOES NOT ADD UP', `difference ${count(difference)}`]),
    ],
  }))
}

/** What became of the items, on the first page. */
export function resultRow({ controlTotals: { progress } }: ReportHead): PrintedRow {
  return {
    what: 'what became of the items',
    lines: resultParts(progress).flatMap(({ outcome, value }) => [count(value), `${outcomeWords[outcome]} · ${share(value, progress.items)}`]),
  }
}

/** Sentences of the first page that may run over several lines. */
export function summarySentences(head: ReportHead): readonly string[] {
  const { campaign, checkpoint, controlTotals: { population, progress }, reviewers, workspace } = head
  const signedOff = reviewers.filter(({ signedOffAt }) => signedOffAt !== null).length
  return [
    verdictTitle(head),
    `Access as of ${campaign.asOf}`,
    `${campaign.launchedAt.slice(0, 10)} to ${campaign.closedAt.slice(0, 10)}`,
    `${count(progress.items)} items`,
    `of ${count(population.population)} grants in the population`,
    `${count(signedOff)} of ${counted(reviewers.length, 'reviewer')} signed off ${count(progress.signedOff)} of ${counted(progress.items, 'item')}.`,
    `Sealed ${moment(campaign.sealedAt)} UTC by`,
    spacedFingerprint(workspace.rootFingerprint),
    `Checkpoint at ${counted(checkpoint.size, 'event')}`,
    checkpoint.root,
    // An authority's name may hold what this print leaves out; the check of the stamps compares it.
    ...(head.timeStamp === undefined || !head.isTimeProven ? timeWords(head) : [timeWords(head)[0], `saw this checkpoint on ${moment(head.timeStamp.at)} UTC`]),
  ]
}

/** The foot of every page: which report it belongs to. */
export function pageFoot({ campaign, checkpoint }: ReportHead): string {
  return `campaign ${campaign.id}, version ${campaign.version} · sealed ${moment(campaign.sealedAt)} UTC · checkpoint at ${count(checkpoint.size)} events`
}
