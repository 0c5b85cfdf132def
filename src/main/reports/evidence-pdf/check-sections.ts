import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { text } from './house-style.ts'
import { beginSection, paragraph, styled, subheading } from './page-flow.ts'
import type { Flow, StyledLine } from './page-flow.ts'
import { closeTable, openTable, tableRow } from './ruled-table.ts'
import type { Column } from './ruled-table.ts'
import { safeText } from './safe-text.ts'
import { alertSign, passSign } from './signs.ts'
import { count, counted, moment } from './wording.ts'

export function drawExceptionsAndChecks(flow: Flow, { exceptions, checks }: ReportHead): void {
  const { tag } = beginSection(flow, '7  Exceptions and checks', 'A failed check is printed as FAILED, never left out.')
  subheading(flow, tag, exceptions.length === 0 ? 'No exceptions' : `Sealed with ${counted(exceptions.length, 'exception')}`)
  if (exceptions.length === 0) paragraph(flow, tag, 'This report was sealed without exceptions.', text.body)
  else {
    const list = openTable(flow, tag, [{ label: 'No.', width: 24 }, { label: 'Exception', width: 456 }])
    exceptions.forEach((words, index) => tableRow(flow, list,
      [count(index + 1), { words: safeText(words, 1500), style: text.small, maxLines: 12 }]))
    closeTable(flow, list)
  }
  const failed = checks.filter(({ passed }) => !passed)
  subheading(flow, tag, `Checks: ${count(checks.length - failed.length)} passed, ${count(failed.length)} FAILED`, 100)
  const table = openTable(flow, tag, [{ label: 'Outcome', width: 56 }, { label: 'Check', width: 180 },
    { label: 'What was found', width: 244 }])
  for (const check of [...failed, ...checks.filter(({ passed }) => passed)]) {
    tableRow(flow, table, [
      outcome(flow, check.passed), [...styled(flow, safeText(check.title), text.smallStrong, table.columns[1]?.width ?? 0, 3),
        ...styled(flow, check.code, text.monoQuiet, table.columns[1]?.width ?? 0, 1)],
      { words: safeText(check.detail, 1500), style: text.small, maxLines: 12 },
    ])
  }
  closeTable(flow, table)
  flow.tree.close(tag)
}

function outcome(flow: Flow, passed: boolean): StyledLine[] {
  const [entry] = styled(flow, passed ? 'passed' : 'FAILED', passed ? text.small : text.smallStrong, 60, 1)
  if (entry === undefined) return []
  return [{ ...entry, indent: 12, sign: (x, middle) => (passed ? passSign(flow.canvas, x, middle) : alertSign(flow.canvas, x, middle,
    3.6)) }]
}

const sharedColumns: readonly Column[] = [
  { label: 'Reviewer', width: 170 }, { label: 'When, UTC', width: 77 }, { label: 'Decided', width: 36, align: 'right' },
    { label: 'Left', width: 28, align: 'right' },
  { label: 'Event', width: 46 }, { label: 'Signed file', width: 82 },
]

export function drawSignOffs(flow: Flow, { signOffs }: ReportHead): void {
  const { tag } = beginSection(flow, '8  Sign-offs',
    'Each sign-off is a signed file of its own in the bundle, made after entering the passphrase again.')
  if (signOffs.length === 0) paragraph(flow, tag, 'Nobody has signed off.', text.body)
  else {
    // People sign the same words: printed once, they leave the table readable.
    const [shared] = new Set(signOffs.map(({ statement }) => statement)).size === 1 ? signOffs.map(({ statement }) => statement) : []
    if (shared !== undefined) paragraph(flow, tag, `Everybody signed this statement: “${shared}”`, text.small, { after: 8 })
    const table = openTable(flow, tag, shared !== undefined ? sharedColumns : [
      { label: 'Reviewer', width: 116 }, { label: 'When, UTC', width: 78 }, { label: 'Decided', width: 44, align: 'right' },
        { label: 'Left', width: 32, align: 'right' },
      { label: 'Statement signed', width: 132 }, { label: 'Event and file', width: 78 },
    ])
    for (const signOff of signOffs) {
      const first = [{ words: signOff.reviewer, style: text.smallStrong }, moment(signOff.at), count(signOff.decided),
        count(signOff.undecided)]
      const event = `event ${count(signOff.eventSeq)}`
      if (shared !== undefined) tableRow(flow, table, [...first, event, { words: signOff.file, style: text.monoQuiet }])
      else {
        const width = table.columns[5]?.width ?? 0
        const proof = [...styled(flow, event, text.small, width, 1), ...styled(flow, safeText(signOff.file), text.monoQuiet, width, 3)]
        tableRow(flow, table, [...first, { words: signOff.statement, style: text.small, maxLines: 8 }, proof])
      }
    }
    closeTable(flow, table)
  }
  flow.tree.close(tag)
}
