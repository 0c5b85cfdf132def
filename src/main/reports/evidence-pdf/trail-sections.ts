// What happened around the decisions: conflicts, removals, earlier versions, samples and custody. Each says so where there was nothing.
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import type { LogFacts, StoreFacts } from '../../../shared/model/report-facts.ts'
import { text } from './house-style.ts'
import { beginSection, paragraph, subheading } from './page-flow.ts'
import type { Flow } from './page-flow.ts'
import { closeTable, openTable, tableRow } from './ruled-table.ts'
import type { Cell, Column } from './ruled-table.ts'
import type { Tag } from './structure-tree.ts'
import { among, count, counted, custodyWords, moment, removalWords } from './wording.ts'

export function drawConflicts(flow: Flow, { facts }: ReportHead): void {
  if (facts === undefined) return
  const { tag } = beginSection(flow, '9  Separation of duties', 'Conflicts the reviewers were shown, what makes up for them, and who accepted which for how long.')
  listOf(flow, tag, 'Conflicts considered', facts.store.conflicts, 'No item showed a conflict.', [
    { label: 'Rule', width: 210 }, { label: 'Severity', width: 60 }, { label: 'People', width: 50, align: 'right' },
    { label: 'Items', width: 50, align: 'right' }, { label: 'Made up for', width: 60, align: 'right' }, { label: 'Accepted', width: 50, align: 'right' },
  ], (one) => [strong(one.rule), one.severity, count(one.people), count(one.items), count(one.mitigated), count(one.exempt)])
  listOf(flow, tag, 'Exceptions granted', facts.store.exemptions, 'No exception was in force between launch and close.', [
    { label: 'Person and rule', width: 170 }, { label: 'Approved by', width: 110 }, { label: 'Until', width: 54 }, { label: 'Reason', width: 146 },
  ], (one: StoreFacts['exemptions'][number]) => [
    `${one.subject}: ${one.rule}`, `${one.owner}, entered ${moment(one.grantedAt)} by ${one.grantedBy}`, one.until, one.reason,
  ])
  flow.tree.close(tag)
}

export function drawRemovals(flow: Flow, { facts, campaign }: ReportHead): void {
  if (facts === undefined) return
  const { remediation } = facts.store
  const gone = remediation.filter(({ absentIn }) => absentIn !== null).length
  const back = remediation.filter(({ cameBackIn }) => cameBackIn !== null).length
  const late = remediation.filter(({ isLate }) => isLate === true).length
  const { tag } = beginSection(flow, '10  Removals',
    'A revoke is done when a later extract no longer shows the access; the word of a system or a person is not yet proof.')
  const lead = remediation.length === 0
    ? 'No removal was planned when this version was sealed. A later version of this report shows what became of the revokes.'
    : `${counted(remediation.length, 'removal')} planned, ${count(gone)} proved gone by a later extract, ${count(late)} of them late, ${count(back)} came back. `
      + `As of the sealing on ${campaign.sealedAt.slice(0, 10)}.`
  paragraph(flow, tag, lead, text.body)
  if (remediation.length > 0) {
    const table = openTable(flow, tag, [
      { label: 'Item and access', width: 150 }, { label: 'State', width: 62 }, { label: 'By, when, ticket', width: 110 }, { label: 'Due', width: 52 },
      { label: 'Absent in', width: 66 }, { label: 'Used after', width: 58 },
    ], 10)
    for (const one of remediation) tableRow(flow, table, removalCells(one))
    closeTable(flow, table)
  }
  const planted = facts.store.planted ?? []
  if (planted.length > 0) {
    const [answered, right] = [planted.reduce((sum, one) => sum + one.answered, 0), planted.reduce((sum, one) => sum + one.right, 0)]
    listOf(flow, tag, 'Items whose right answer was known', planted, 'None.', [
      { label: 'Item and access', width: 190 }, { label: 'Expected', width: 50 }, { label: 'Answers', width: 50, align: 'right' }, { label: 'As expected', width: 56, align: 'right' },
      { label: 'Noted by, UTC, why', width: 134 },
    ], (one) => [
      `${count(one.item)}: ${one.account}, ${one.entitlement} (${one.source})`, one.expected, `${count(one.answered)} of ${count(one.asked)}`,
      one.right === one.answered ? count(one.right) : strong(count(one.right)), [one.plantedBy, moment(one.plantedAt), one.note].filter((part) => part !== '').join(', '),
    ])
    paragraph(flow, tag, `An officer had these rights given to see whether reviewers notice, and noted the right answer before anybody decided: ${count(right)} of ${counted(answered, 'answer')} as expected. None of them is a removal.`, text.body)
  }
  flow.tree.close(tag)
}

function removalCells(one: StoreFacts['remediation'][number]): Cell[] {
  const who = one.appliedBy ?? one.requestedBy
  const when = one.appliedAt ?? one.requestedAt
  const known = one.usageKnownUntil === null ? 'use not known' : `not used until ${one.usageKnownUntil.slice(0, 10)}`
  return [
    `${count(one.item)}: ${one.account}, ${one.entitlement} (${one.source})`, removalWords(one.state),
    [who ?? 'nobody yet', when === null ? '' : moment(when), one.ticket === null ? '' : `ticket ${one.ticket}`].filter((part) => part !== '').join(', '),
    `${one.dueOn}${one.isLate === true ? ', LATE' : ''}`,
    one.absentIn === null ? strong('not proved') : `snapshot ${one.absentIn.snapshot}, ${one.absentIn.asOf}`,
    one.lastUsedAfterDecision === null ? known : strong(`used ${one.lastUsedAfterDecision.slice(0, 10)}`),
  ]
}

export function drawCustody(flow: Flow, { facts, campaign }: ReportHead): void {
  if (facts === undefined) return
  const { log } = facts
  const { tag } = beginSection(flow, '11  Versions, samples and custody', 'How this report relates to others, what was drawn from it, and where it lies.')
  const standing = log.amendments.at(-1)
  paragraph(flow, tag, campaign.version === 1 || standing === undefined
    ? `This is version ${campaign.version}. Where a later version exists it names this one and says why; both stay verifiable.`
    : `This is version ${campaign.version}. It supersedes version ${standing.supersedes}: ${standing.reason}`, text.body)
  listOf(flow, tag, 'Versions sealed before this one', log.sealed, 'None.', [
    { label: 'Version', width: 44 }, { label: 'Sealed, UTC', width: 84 }, { label: 'By', width: 110 }, { label: 'SHA-256 of its report', width: 242 },
  ], (one) => [count(one.version), moment(one.at), one.by, { words: one.reportSha256, style: text.mono }])
  listOf(flow, tag, 'Samples drawn', log.samples,
    'None was drawn before sealing. “muster sample draw” takes one with a seed an auditor names.', [
      { label: 'No.', width: 24 }, { label: 'Drawn, UTC', width: 84 }, { label: 'Seed', width: 120 }, { label: 'From', width: 92 }, { label: 'Items', width: 160 },
    ], (one) => [
      count(one.sample), `${moment(one.at)} by ${one.by}`, { words: one.seed, style: text.mono },
      `${counted(one.population, 'item')} (${among[one.among]})`, { words: one.items.join(', '), style: text.small, maxLines: 14 },
    ])
  if (log.samples.length > 0) {
    paragraph(flow, tag, 'To draw a sample again: order the items by SHA-256 of “muster-sample-v1”, a line feed, the seed, a line feed and the item’s '
      + 'number, and take the first so many.', text.smallQuiet)
  }
  listOf(flow, tag, 'Custody and retention', log.custody, 'Nothing was entered: where the evidence lies and how long it is kept is not part of this report.', [
    { label: 'When, UTC', width: 84 }, { label: 'What', width: 80 }, { label: 'Where, to whom', width: 120 }, { label: 'Until', width: 54 },
    { label: 'Note, and by whom', width: 142 },
  ], (one: LogFacts['custody'][number]) => [moment(one.at), custodyWords[one.what], one.where, one.until ?? '–', `${one.note === '' ? '' : `${one.note}, `}by ${one.by}`])
  flow.tree.close(tag)
}

/** A titled table of what there is, or the sentence that says there is nothing. */
export function listOf<T>(flow: Flow, parent: Tag, title: string, rows: readonly T[], otherwise: string, columns: readonly Column[], cells: (row: T) => Cell[]): void {
  subheading(flow, parent, rows.length === 0 ? title : `${title}: ${count(rows.length)}`, 84)
  if (rows.length === 0) return paragraph(flow, parent, otherwise, text.small)
  const table = openTable(flow, parent, columns)
  for (const row of rows) tableRow(flow, table, cells(row))
  closeTable(flow, table)
}

function strong(words: string): Cell {
  return { words, style: text.smallStrong }
}
