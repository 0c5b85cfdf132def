import type { ReportHead, ReportReviewer } from '../../../shared/model/evidence-report.ts'
import { drawCourse, drawNamedPopulation } from './fact-lists.ts'
import { text } from './house-style.ts'
import { beginSection, paragraph, styled, subheading } from './page-flow.ts'
import type { Flow, StyledLine } from './page-flow.ts'
import { closeTable, factList, openTable, tableRow } from './ruled-table.ts'
import { safeText } from './safe-text.ts'
import type { TextStyle } from './shaped-text.ts'
import { basisWords, count, counted, kindWords, listed, moment, share } from './wording.ts'

export function drawPopulation(flow: Flow, head: ReportHead): void {
  const { tag } = beginSection(flow, '5  Population by kind',
    'Who holds the access. Nobody is dropped: who has no identity is listed as unmatched.')
  const table = openTable(flow, tag, [
    { label: 'Kind', width: 240 }, { label: 'Identities', width: 80, align: 'right' }, { label: 'Grants', width: 80, align: 'right' },
    { label: 'Share of grants', width: 80, align: 'right' },
  ])
  const grants = head.populationByKind.reduce((sum, kind) => sum + kind.grants, 0)
  const identities = head.populationByKind.reduce((sum, kind) => sum + kind.identities, 0)
  for (const row of head.populationByKind) {
    tableRow(flow, table, [kindWords[row.kind], count(row.identities), count(row.grants), share(row.grants, grants)])
  }
  const sums = ['Together', count(identities), count(grants), share(grants, grants)]
  tableRow(flow, table, sums.map((words) => ({ words, style: text.smallStrong })))
  closeTable(flow, table)
  factList(flow, tag, [
    ['Privileged grants', count(head.privilegedGrants)],
    ['Leavers who still have access', count(head.leaversWithAccess)],
    ['Orphan accounts', count(head.orphanAccounts)],
  ])
  drawNamedPopulation(flow, tag, head)
  flow.tree.close(tag)
}

export function drawReviewers(flow: Flow, head: ReportHead): void {
  const { tag } = beginSection(flow, '6  Reviewers',
    'Pace is the median time an item was open before its decision, where a screen measured it.')
  const table = openTable(flow, tag, [
    { label: 'Reviewer', width: 186 }, { label: 'Decided', width: 50, align: 'right' }, { label: 'Revoked', width: 48, align: 'right' },
    { label: 'With the advice', width: 56, align: 'right' }, { label: 'Pace', width: 28, align: 'right' },
    { label: 'Signed off, UTC', width: 76 },
  ], 10)
  for (const reviewer of head.reviewers) tableRow(flow, table, reviewerCells(reviewer))
  closeTable(flow, table)
  const { agreedVisible, decidedVisible, agreedHidden, decidedHidden } = head.advice
  subheading(flow, tag, 'Independence and agreement', 90)
  factList(flow, tag, [
    ['Self-reviews', `${head.selfReviews === 0 ? '0: nobody' : `FAILED: ${count(head.selfReviews)}`} decided on their own access`],
    ['Advice shown before', agreement(agreedVisible, decidedVisible)],
    ['Advice hidden until after', agreement(agreedHidden, decidedHidden)],
  ])
  drawCourse(flow, tag, head)
  const withCertificate = head.reviewers.flatMap(({ name, certificateFingerprint: print }) => (print === null ? [] : [{ name, print }]))
  if (withCertificate.length > 0) {
    subheading(flow, tag, 'Certificates of the reviewers', 80)
    const prints = openTable(flow, tag, [{ label: 'Reviewer', width: 150 }, { label: 'Fingerprint, SHA-256', width: 330 }])
    for (const { name, print } of withCertificate) tableRow(flow, prints, [name, { words: print, style: text.mono }])
    closeTable(flow, prints)
  }
  if (head.reviewers.length === 0) paragraph(flow, tag, 'There was nothing to review, and so no reviewer.', text.body)
  flow.tree.close(tag)

  function reviewerCells(reviewer: ReportReviewer): Parameters<typeof tableRow>[2] {
    const basis = listed(reviewer.bases.map((kind) => basisWords[kind]))
    const second = `${reviewer.person === reviewer.name ? '' : `${reviewer.person} · `}${basis}`
    return [
      [...nameLines(reviewer.name, text.smallStrong), ...nameLines(second, text.label)],
      `${count(reviewer.decided)} of ${count(reviewer.items)}`,
      `${count(reviewer.revoked)} (${share(reviewer.revoked, reviewer.decided)})`,
      `${count(reviewer.agreedWithAdvice)} (${share(reviewer.agreedWithAdvice, reviewer.decided)})`,
      reviewer.medianSeconds === null ? '–' : `${count(reviewer.medianSeconds)} s`,
      reviewer.signedOffAt === null ? { words: 'not signed off', style: text.smallStrong } : moment(reviewer.signedOffAt),
    ]
  }

  function nameLines(words: string, style: TextStyle): StyledLine[] {
    return styled(flow, safeText(words), style, table.columns[0]?.width ?? 0, 2)
  }
}

function agreement(agreed: number, decided: number): string {
  return `${count(agreed)} of ${counted(decided, 'decision')} agree with it (${share(agreed, decided)})`
}
