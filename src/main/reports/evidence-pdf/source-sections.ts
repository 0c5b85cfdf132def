import type { ReportExtract, ReportHead } from '../../../shared/model/evidence-report.ts'
import { controlEquations } from './control-equations.ts'
import { drawEquation } from './equation-figure.ts'
import { drawCollections, drawTests } from './fact-lists.ts'
import { text } from './house-style.ts'
import { beginSection, paragraph, subheading } from './page-flow.ts'
import type { Flow } from './page-flow.ts'
import { closeTable, factList, openTable, tableRow } from './ruled-table.ts'
import { count, counted, exclusionWords, fileSize, moment } from './wording.ts'

/** The IPE sheet: for each extract what was asked, what came, and the hash of what was kept. */
export function drawExtracts(flow: Flow, head: ReportHead): void {
  const { extracts } = head
  const { tag } = beginSection(flow, '3  Source extracts',
    'The information this review rests on: exact queries, counts and hashes. The raw files are in the bundle.')
  const table = openTable(flow, tag, [
    { label: 'Source', width: 120 }, { label: 'File', width: 130 }, { label: 'As of', width: 54 },
      { label: 'Rows read', width: 52, align: 'right' },
    { label: 'Imported', width: 52, align: 'right' }, { label: 'Rejected', width: 46, align: 'right' },
      { label: 'Merged', width: 44, align: 'right' },
  ])
  for (const extract of extracts) {
    tableRow(flow, table, [
      { words: extract.source, style: text.smallStrong }, extract.fileName, extract.asOf, count(extract.rowsRead), count(extract.imported),
      count(extract.rejected), count(extract.merged),
    ])
  }
  closeTable(flow, table)
  for (const extract of extracts) {
    subheading(flow, tag, `${extract.source} · run ${extract.run}`, 120)
    factList(flow, tag, extractFacts(extract))
    drawCollections(flow, tag, extract)
  }
  if (extracts.length === 0) paragraph(flow, tag, 'No extract is recorded.', text.body)
  drawTests(flow, tag, head)
  flow.tree.close(tag)
}

function extractFacts(extract: ReportExtract): (readonly [string, string | { words: string; style: (typeof text)['mono'] }])[] {
  const difference = extract.rowsRead - extract.imported - extract.rejected - extract.merged
  const parts = `${count(extract.imported)} imported + ${count(extract.rejected)} rejected + ${count(extract.merged)} merged`
  const verdict = difference === 0 ? '' : `: DOES NOT ADD UP, difference ${count(difference)}`
  const dropped = `${counted(extract.fieldsDropped, 'field')} dropped, each with its reason`
  return [
    ['Kind', extract.sourceKind],
    ['Query and filters', { words: extract.query === '' ? 'whole file, no filter' : extract.query, style: text.mono }],
    ['Run', `by ${extract.runBy}, ${moment(extract.startedAt)} to ${moment(extract.finishedAt)} UTC, Muster ${extract.toolVersion}`],
    ['Rows', `${count(extract.rowsRead)} read = ${parts}${verdict}`],
    ['Merged and dropped', `${count(extract.merged)} said again what an earlier row had said; ${dropped}`],
    ['Raw file', `${extract.fileName}, ${fileSize(extract.bytes)}`],
    ['SHA-256 of the raw file', { words: extract.sha256, style: text.mono }],
    ['Snapshot', extract.snapshot === null ? 'none made from this extract' : `snapshot ${extract.snapshot}`],
    ...(extract.contentHash === null ? [] : [['Content hash', { words: extract.contentHash, style: text.mono }] as const]),
    ...(extract.keptSha256 === undefined ? [] : [['SHA-256 of the kept copy, protected columns blank', { words: extract.keptSha256, style: text.mono }] as const]),
    ...extract.notes.map((note) => ['Note', note] as const),
  ]
}

export function drawControlTotals(flow: Flow, head: ReportHead): void {
  const { controlTotals } = head
  const { population } = controlTotals
  const { tag } = beginSection(flow, '4  Control totals',
    'From the files down to the decisions. Each sum is computed from the figures printed here.')
  flow.y += 2
  for (const equation of controlEquations(head)) drawEquation(flow, tag, equation)
  flow.y += 4
  factList(flow, tag, [
    ['Stated by the campaign', `difference ${count(controlTotals.difference)} over all, ${count(population.difference)} in the population`],
    ['Population', `${counted(population.population, 'grant')} in the snapshots, ${count(population.inReview)} of them in review`],
    ['Signed off', `${count(controlTotals.progress.signedOff)} of ${counted(controlTotals.progress.items, 'item')}`],
  ])
  subheading(flow, tag, 'Excluded from review', 80)
  if (population.excluded.length === 0) paragraph(flow, tag, 'Nothing was excluded.', text.body)
  else {
    const table = openTable(flow, tag, [{ label: 'Reason', width: 380 }, { label: 'Grants', width: 100, align: 'right' }])
    for (const { reason, grants } of population.excluded) tableRow(flow, table, [exclusionWords[reason], count(grants)])
    closeTable(flow, table)
  }
  flow.tree.close(tag)
}
