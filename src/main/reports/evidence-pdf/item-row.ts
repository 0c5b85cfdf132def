import type { ReportItem } from '../../../shared/model/evidence-report.ts'
import { color, text, tinted } from './house-style.ts'
import { styled } from './page-flow.ts'
import type { Flow, StyledLine } from './page-flow.ts'
import type { Column, Table } from './ruled-table.ts'
import { safeText } from './safe-text.ts'
import { outcomeSign, signWidth } from './signs.ts'
import { adviceWords, count, moment, outcomeWords, reasonWords, score, shortHash } from './wording.ts'

export const itemColumns: readonly Column[] = [
  { label: 'Access', width: 128 }, { label: 'What the evidence says, and the advice', width: 186 }, { label: 'Decision', width: 96 },
    { label: 'Record', width: 53 },
]

/** One item as four cells: what the access is, what spoke for and against it, what was decided and why, where the proof is. */
export function itemCells(flow: Flow, item: ReportItem, table: Table): readonly StyledLine[][] {
  const [access = 0, evidence = 0, decision = 0, record = 0] = table.columns.map(({ width }) => width)
  return [accessCell(flow, item, access), evidenceCell(flow, item, evidence), decisionCell(flow, item, decision),
    recordCell(flow, item, record)]
}

function accessCell(flow: Flow, item: ReportItem, width: number): StyledLine[] {
  const where = item.application === item.source ? item.source : `${item.application} · ${item.source}`
  const weight = `${item.risk} risk${item.privilege === 'none' ? '' : ` · ${item.privilege}`}`
  return [
    ...styled(flow, safeText(item.entitlement, 200), text.name, width, 4),
    ...styled(flow, safeText(where, 120), text.smallQuiet, width, 1),
    ...(item.description === null ? [] : styled(flow, safeText(item.description, 300), text.small, width, 3, 1)),
    ...styled(flow, safeText(`Account ${item.account}, ${item.path}`, 240), text.label, width, 3, 1.5),
    ...styled(flow, weight, item.risk === 'high' || item.risk === 'critical' ? tinted(text.smallStrong, color.ink) : text.label, width, 1),
  ]
}

function evidenceCell(flow: Flow, item: ReportItem, width: number): StyledLine[] {
  const seen = item.adviceVisible === null ? '' : item.adviceVisible ? ' Shown before the choice.' : ' Hidden until the choice.'
  return [
    ...styled(flow, safeText(item.words, 900), text.small, width, 14),
    ...styled(flow, `Advice: ${adviceWords[item.advice]}, ${item.confidence} confidence, score ${score(item.score)}.${seen}`,
      text.smallQuiet, width, 3, 2.5),
    ...(isLong(item.reason) ? styled(flow, `Reason given: “${safeText(item.reason, 2000)}”`, text.small, width, 46, 2.5) : []),
  ]
}

function decisionCell(flow: Flow, item: ReportItem, width: number): StyledLine[] {
  const title = item.outcome === 'keep-until' && item.until !== null ? `Keep until ${item.until}` : outcomeWords[item.outcome]
  const inner = width - signWidth
  const head = styled(flow, title, text.name, inner, 2).map((entry, index) => ({
    ...entry, indent: signWidth,
    ...(index > 0 ? {} : { sign: (x: number, middle: number) => outcomeSign(flow.canvas, item.outcome, x, middle) }),
  }))
  const who = decidedBy(item).flatMap((words) => styled(flow, words, text.smallQuiet, inner, 3))
  const when = item.decidedAt === null ? [] : styled(flow, moment(item.decidedAt), text.smallQuiet, inner, 1)
  const against = disagrees(item) ? styled(flow, 'Against the advice', text.smallStrong, inner, 1, 1) : []
  const reason = [item.reasonCode === null ? '' : `${reasonWords[item.reasonCode]}.`,
    item.reason === null || isLong(item.reason) ? '' : `“${safeText(item.reason, 120)}”`].filter((part) => part !== '').join(' ')
  const why = styled(flow, reason, text.small, inner, 6, 1)
  return [...head, ...[...who, ...when, ...against, ...why].map((entry) => ({ ...entry, indent: signWidth }))]
}

/** The reviewer stands in the heading above; only somebody else is named, with the reviewer's absence said in words. */
function decidedBy(item: ReportItem): string[] {
  if (item.decidedBy === null) return []
  if (item.decidedBy === item.reviewer) return ['by the reviewer']
  return ['by another:', safeText(item.decidedBy, 120)]
}

function recordCell(flow: Flow, item: ReportItem, width: number): StyledLine[] {
  return [
    ...styled(flow, `item ${count(item.item)}`, text.label, width, 1, 0.6),
    ...(item.decisionSeq === null ? [] : styled(flow, `event ${count(item.decisionSeq)}`, text.label, width, 1)),
    ...styled(flow, shortHash(item.packet), text.mono, width, 1),
    ...(item.outcome === 'undecided' ? [] : styled(flow, item.isSignedOff ? 'signed off' : 'NOT signed off',
      item.isSignedOff ? text.label : text.smallStrong, width, 2)),
  ]
}

/** A long reason is read better in the wide column, and there it is printed whole: it is what an auditor looks for. */
function isLong(reason: string | null): reason is string {
  return reason !== null && reason.length > 90
}

/** “Keep until” goes along with either advice to keep or to look closer; undecided agrees with nothing and opposes nothing. */
function disagrees({ outcome, advice }: ReportItem): boolean {
  if (advice === 'keep') return outcome === 'revoke'
  if (advice === 'revoke') return outcome === 'keep' || outcome === 'keep-until'
  return false
}
