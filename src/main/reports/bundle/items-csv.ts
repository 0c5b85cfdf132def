// items.csv: one row per item for people who work in a spreadsheet. RFC 4180, UTF-8 with a byte order mark so that Excel reads names
// rightly, and no cell that a spreadsheet would take for a formula.
import type { ReportItem } from '../../../shared/model/evidence-report.ts'

const COLUMNS = [
  ['item', (item) => item.item],
  ['person', (item) => item.subject],
  ['email', (item) => item.subjectEmail],
  ['kind', (item) => item.subjectKind],
  ['title', (item) => item.title],
  ['department', (item) => item.department],
  ['account', (item) => item.account],
  ['source', (item) => item.source],
  ['application', (item) => item.application],
  ['entitlement', (item) => item.entitlement],
  ['entitlement_id', (item) => item.entitlementId],
  ['description', (item) => item.description],
  ['privilege', (item) => item.privilege],
  ['risk', (item) => item.risk],
  ['path', (item) => item.path],
  ['reviewer', (item) => item.reviewer],
  ['basis', (item) => item.basis],
  ['advice', (item) => item.advice],
  ['confidence', (item) => item.confidence],
  ['score', (item) => item.score],
  ['advice_visible', (item) => item.adviceVisible],
  ['outcome', (item) => item.outcome],
  ['until', (item) => item.until],
  ['reason_code', (item) => item.reasonCode],
  ['reason', (item) => item.reason],
  ['decided_by', (item) => item.decidedBy],
  ['decided_at', (item) => item.decidedAt],
  ['decision_event', (item) => item.decisionSeq],
  ['signed_off', (item) => item.isSignedOff],
  ['evidence_sha256', (item) => item.packet],
  ['in_words', (item) => item.words],
] as const satisfies readonly (readonly [string, (item: ReportItem) => string | number | boolean | null])[]

export const CSV_HEADER = `\ufeff${COLUMNS.map(([name]) => name).join(',')}\r\n`

export function csvRow(item: ReportItem): string {
  let row = ''
  for (const [index, [, read]] of COLUMNS.entries()) row += index === 0 ? csvCell(read(item)) : `,${csvCell(read(item))}`
  return `${row}\r\n`
}

/** Nearly every cell: nothing a spreadsheet could take for more than it is. */
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9 ._@:/#()-]*[A-Za-z0-9.)])?$/

/** A whole file of these items. */
export function itemsCsv(items: readonly ReportItem[]): string {
  return CSV_HEADER + items.map(csvRow).join('')
}

/**
 * Text that begins like a formula gets an apostrophe before it, which spreadsheets do not show (OWASP, CSV injection). Numbers are
 * ours and stay numbers, negative ones too.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  if (PLAIN.test(value)) return value
  const harmless = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
