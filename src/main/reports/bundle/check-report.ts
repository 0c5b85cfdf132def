// The report's figures and rows against the replayed events; one walk over evidence.json.
import { createHash, hash as hashOnce } from 'node:crypto'
import { join } from 'node:path'
import type { ReportHead } from '../../../shared/model/evidence-report.ts'
import { compareFacts, startRiskTable } from '../../core/evidence/facts-comparison.ts'
import { compareItem, compareTotals, missingExceptions, unadmittedClock } from '../../core/evidence/report-comparison.ts'
import type { CheckList } from './bundle-checks.ts'
import { NAMES } from './bundle-format.ts'
import type { Manifest } from './bundle-format.ts'
import type { WalkedLog } from './check-events.ts'
import type { Beside } from './read-beside.ts'
import { readEvidence, type ReadRow } from './evidence-file.ts'
import { CSV_HEADER, csvRow } from './items-csv.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => hashOnce('sha256', bytes, 'buffer')

/** Returns the report's head, or undefined when evidence.json cannot be read. */
export async function checkReport(folder: string, manifest: Manifest, log: WalkedLog, beside: Promise<Beside>, checks: CheckList): Promise<ReportHead | undefined> {
  const evidence = await readEvidence(join(folder, NAMES.evidence)).catch(() => undefined)
  if (evidence === undefined) {
    checks.fail('totals', 'evidence.json cannot be read')
    return undefined
  }
  const { head } = evidence
  const rows: string[] = []
  const seen = new Set<number>()
  const risks = startRiskTable()
  let count = 0
  const csv = createHash('sha256').update(CSV_HEADER)
  function take(item: ReadRow): void {
    if ('fault' in item) {
      rows.push(item.fault)
      return
    }
    count++
    if (seen.has(item.item)) rows.push(`item ${item.item} stands in the report twice`)
    seen.add(item.item)
    risks.add(item)
    rows.push(...compareItem(item, log.replay.items.get(item.item)))
    csv.update(csvRow(item))
  }
  for await (const block of evidence.rows) block.forEach(take)
  for (const item of log.replay.items.keys()) if (!seen.has(item)) rows.push(`item ${item} is missing from the report`)
  if (log.isIntact) checks.judge('items', rows, `${count} items`)

  const figures = compareTotals(head, log.replay)
  const { campaign, counts } = manifest
  if (head.campaign.id !== campaign.id) figures.push('the report is about another campaign than the list of files')
  if (head.campaign.version !== campaign.version) figures.push('the report has another version than the list of files')
  if (head.campaign.sealedAt !== manifest.sealedAt) figures.push('the report was sealed at another time than the list of files')
  if (counts.items !== count || counts.events !== log.size || counts.signOffs !== log.signOffLines.size) {
    figures.push('the counts on the list of files are not those of the files')
  }
  if (log.isIntact) checks.judge('totals', figures, 'all figures recomputed')
  if (head.facts === undefined) checks.skip('trail', 'this report is from a release that told nothing beside the figures')
  else if (log.isIntact) checks.judge('trail', compareFacts(head, log.facts, risks.result(), log.replay, sha256), 'handing on, stages, pace, tests, samples and custody told anew')
  const missing = missingExceptions(head)
  const clock = log.isIntact ? unadmittedClock(head, log.clock, log.replay) : []
  checks.judge('exceptions', [...missing.map((reason) => `sealed without exceptions although ${reason}`), ...clock],
    head.exceptions.length === 0 ? 'sealed without exceptions' : `sealed with ${head.exceptions.length} exceptions`)

  const { hashes } = await beside
  const isSame = hashes.get(NAMES.items) === csv.digest('hex')
  checks.judge('items-csv', isSame ? [] : ['items.csv does not hold the rows of evidence.json'], `${count} rows`)
  return head
}
