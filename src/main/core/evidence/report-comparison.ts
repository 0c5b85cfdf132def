// Are the figures and rows of a report the ones its events give? Differences come back as sentences; none = the report is right.
import type { ReportHead, ReportItem } from '../../../shared/model/evidence-report.ts'
import { finalTotals, strategiesOf } from '../campaign/final-outcomes.ts'
import type { CampaignReplay } from './campaign-replay.ts'
import type { ClockFinding } from './chain-check.ts'
import { isSamePerson, stateOf } from './item-standing.ts'
import type { ItemStanding } from './item-standing.ts'
import { campaignTotals } from './report-totals.ts'

/** Differences between a report's totals and the ones recomputed from the events of its campaign. */
export function compareTotals(head: ReportHead, replay: CampaignReplay): string[] {
  const totals = campaignTotals(replay)
  const differences: string[] = []
  function compare(what: string, reported: unknown, recomputed: unknown): void {
    if (reported !== recomputed) differences.push(`${what}: the report says ${show(reported)}, the events give ${show(recomputed)}`)
  }
  for (const key of ['items', 'undecided', 'kept', 'revoked', 'keptUntil', 'lookCloser', 'signedOff'] as const) {
    compare(`total "${key}"`, head.controlTotals.progress[key], totals.progress[key])
  }
  compare('self-reviews', head.selfReviews, totals.selfReviews)
  for (const key of ['agreedVisible', 'decidedVisible', 'agreedHidden', 'decidedHidden'] as const) {
    compare(`advice "${key}"`, head.advice[key], totals.advice[key])
  }
  if (replay.launched !== null) {
    const { population, inReview, excluded } = head.controlTotals.population
    compare('population', population, replay.launched.population)
    compare('items in review', inReview, replay.launched.inReview)
    compare('excluded', excluded.reduce((sum, { grants }) => sum + grants, 0), replay.launched.excluded)
    compare('launch time', head.campaign.launchedAt, replay.launched.at)
    compare('hash of the rules', head.campaign.specHash, replay.launched.specHash)
  }
  if (replay.closed !== null) compare('closing time', head.campaign.closedAt, replay.closed.at)
  const final = replay.final === null ? null : finalTotals(replay.final)
  for (const key of ['cases', 'undecided', 'kept', 'revoked', 'keptUntil', 'lookCloser', 'byRule'] as const) {
    compare(`final outcomes, "${key}"`, head.controlTotals.final?.[key], final?.[key])
  }
  if (replay.closed?.final !== undefined) {
    compare('strategies', strategiesOf(head.campaign.spec).join(', '), replay.closed.final.strategies.join(', '))
    compare('no-answer rule', head.campaign.spec.rules.noAnswer, replay.closed.noAnswer)
  }
  compareReviewers(head, replay, totals.reviewers, compare)
  compareSignOffs(head, replay, compare)
  return differences
}

type Compare = (what: string, reported: unknown, recomputed: unknown) => void

function compareReviewers(
  head: ReportHead, replay: CampaignReplay, reviewers: ReturnType<typeof campaignTotals>['reviewers'], compare: Compare,
): void {
  compare('number of reviewers', head.reviewers.length, reviewers.length)
  for (const recomputed of reviewers) {
    const reported = head.reviewers.find(({ person }) => isSamePerson(person, recomputed.person))
    compare(`reviewer ${recomputed.person} listed`, reported !== undefined, true)
    if (reported === undefined) continue
    for (const key of ['items', 'decided', 'revoked', 'agreedWithAdvice', 'medianSeconds', 'signedOffAt'] as const) {
      compare(`reviewer ${recomputed.person}, "${key}"`, reported[key], recomputed[key])
    }
    for (const key of ['bulk', 'attested'] as const) compare(`reviewer ${recomputed.person}, "${key}"`, reported[key] ?? 0, recomputed[key] ?? 0)
  }
  compare('number of sign-offs', head.signOffs.length, replay.signOffs.length)
}

function compareSignOffs(head: ReportHead, replay: CampaignReplay, compare: Compare): void {
  for (const signOff of replay.signOffs) {
    const reported = head.signOffs.find(({ eventSeq }) => eventSeq === signOff.seq)
    compare(`sign-off ${signOff.seq} listed`, reported !== undefined, true)
    if (reported === undefined) continue
    for (const key of ['reviewer', 'decided', 'undecided', 'statement', 'at'] as const) {
      compare(`sign-off ${signOff.seq}, "${key}"`, reported[key], signOff[key])
    }
  }
}

/** Differences between one row of a report and what stands for that item; `standing` undefined = the events know no such item. */
export function compareItem(row: ReportItem, standing: ItemStanding | undefined): string[] {
  if (standing === undefined) return [`item ${row.item}: the events know no such item`]
  const differences: string[] = []
  for (const { what, reported, recorded } of ROW_FIELDS) {
    if (reported(row) !== recorded(standing)) {
      differences.push(`item ${row.item}, ${what}: the report says ${show(reported(row))}, the events give ${show(recorded(standing))}`)
    }
  }
  return differences
}

type RowField = { readonly what: string; readonly reported: (row: ReportItem) => unknown; readonly recorded: (standing: ItemStanding) => unknown }

const ROW_FIELDS: readonly RowField[] = [
  { what: 'outcome', reported: (row) => row.outcome, recorded: stateOf },
  { what: 'until', reported: (row) => row.until, recorded: ({ decision }) => decision?.until ?? null },
  { what: 'reason code', reported: (row) => row.reasonCode, recorded: ({ decision }) => decision?.reasonCode ?? null },
  { what: 'reason', reported: (row) => row.reason, recorded: ({ decision }) => decision?.reasonText ?? null },
  { what: 'decided by', reported: (row) => row.decidedBy, recorded: ({ decision }) => decision?.decidedBy ?? null },
  { what: 'decided at', reported: (row) => row.decidedAt, recorded: ({ decision }) => decision?.decidedAt ?? null },
  { what: 'decision event', reported: (row) => row.decisionSeq, recorded: ({ decision }) => decision?.seq ?? null },
  { what: 'signed off', reported: (row) => row.isSignedOff, recorded: ({ signedOffSeq }) => signedOffSeq !== null },
  { what: 'advice visible', reported: (row) => row.adviceVisible, recorded: ({ decision }) => decision?.adviceVisible ?? null },
  { what: 'advice', reported: (row) => row.advice, recorded: ({ advice }) => advice },
  { what: 'reviewer', reported: (row) => row.reviewer, recorded: ({ reviewer }) => reviewer },
  { what: 'basis', reported: (row) => row.basis, recorded: ({ basis }) => basis },
  { what: 'evidence shown (hash)', reported: (row) => row.packet, recorded: ({ packet }) => packet },
  { what: 'person', reported: (row) => row.subjectEmail, recorded: ({ subject }) => subject },
]

/** What a report may not keep quiet about; each missing admission is a sentence. */
export function missingExceptions(head: ReportHead): string[] {
  const { progress, difference, population } = head.controlTotals
  const reasons = [
    ...(progress.undecided > 0 ? [`${progress.undecided} items are undecided`] : []),
    ...(head.selfReviews > 0 ? [`${head.selfReviews} items were reviewed by the person they concern`] : []),
    ...(difference !== 0 || population.difference !== 0 ? ['the control totals do not add up'] : []),
    ...head.checks.filter(({ passed }) => !passed).map(({ title }) => `the check "${title}" failed`),
  ]
  return head.exceptions.length === 0 ? reasons : []
}

/** The check that says whether the clock went on while the campaign ran; its code in the report. */
export const CLOCK_CHECK = 'clock-forward'

/** Oddities of the clock since the launch: before that no time of the campaign was told. */
export function clockSinceLaunch(findings: readonly ClockFinding[], replay: Pick<CampaignReplay, 'launched'>): readonly ClockFinding[] {
  return findings.filter(({ seq }) => seq >= (replay.launched?.seq ?? 0))
}

/** A clock that was turned back makes every time doubtful: the report has to print that check as failed. Reports of earlier releases had none. */
export function unadmittedClock(head: ReportHead, findings: readonly ClockFinding[], replay: Pick<CampaignReplay, 'launched'>): string[] {
  const isAdmitted = head.print === undefined || head.checks.some(({ code, passed }) => code === CLOCK_CHECK && !passed)
  return isAdmitted ? [] : clockSinceLaunch(findings, replay).map(({ detail }) => `sealed without a word on the clock although ${detail}`)
}

function show(value: unknown): string {
  return value === null || value === undefined ? 'nothing' : typeof value === 'string' ? `"${value}"` : String(value)
}
