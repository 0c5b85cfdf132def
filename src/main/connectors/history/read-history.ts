import type { HistoryField, HistoryMapping, HistoryPreview, PastDecision } from '../../../shared/model/learning.ts'
import type { Reject } from '../../../shared/model/source.ts'
import { mapFirstRows, mapRows, type Collected } from '../table/map-rows.ts'
import { openTable, type Table } from '../table/open-table.ts'
import { protectedHeaders } from '../table/protected-columns.ts'
import { rawText } from '../table/raw-text.ts'
import type { SourceFile } from '../text/source-file.ts'
import type { Row } from '../text/row.ts'
import { decideDateOrder, parseDate, type DateOrder } from '../values/dates.ts'
import { cleanCell, hasControlCharacters, MAX_CELL_CHARACTERS, quoteValue } from '../values/text.ts'
import { historyLayout, historyMappingOf, missingHistoryFields } from './history-columns.ts'

/** What a whole file came to, a stretch at a time. rowsRead = decisions + rejected rows. */
export interface HistoryBatch {
  readonly decisions: readonly PastDecision[]
  readonly rejects: readonly Reject[]
  readonly rowsRead: number
  /** Share of the file read so far, 0 to 1. */
  readonly progress: number
}

export interface HistoryReadEnd {
  readonly mapping: HistoryMapping
  readonly protectedColumns: readonly string[]
  readonly notes: readonly string[]
  readonly cutOffReason: string | null
}

/** How a file of past decisions is read: what use cases know of it. */
export interface HistoryReader {
  /** Which columns would be read. Reads only the file's beginning. */
  readonly mappingOf: (path: string, chosen: Partial<HistoryMapping> | null) => Promise<HistoryMapping>
  readonly preview: (path: string, chosen: Partial<HistoryMapping> | null, rows: number) => Promise<HistoryPreview>
  readonly read: (
    input: { readonly path: SourceFile; readonly mapping: HistoryMapping; readonly signal: AbortSignal },
  ) => AsyncGenerator<HistoryBatch, HistoryReadEnd, void>
}

const keptWords = new Set([
  'keep', 'kept', 'approve', 'approved', 'approval', 'certified', 'certify', 'maintain', 'maintained', 'accept', 'accepted',
  'granted', 'grant', 'yes', 'y', 'true', '1', 'allow', 'allowed', 'behalten', 'genehmigt', 'ja',
])
const revokedWords = new Set([
  'revoke', 'revoked', 'deny', 'denied', 'reject', 'rejected', 'remove', 'removed', 'declined', 'decline', 'no', 'n', 'false', '0',
  'entzogen', 'entziehen', 'abgelehnt', 'nein',
])

/** Whether a word for an outcome means that access was kept (approved); null: neither that nor revoked. */
export function outcomeOf(text: string): boolean | null {
  const word = text.toLowerCase()
  return keptWords.has(word) ? true : revokedWords.has(word) ? false : null
}

export const historyReader: HistoryReader = {
  mappingOf: async (path, chosen) => historyMappingOf(await open(path, chosen), chosen),

  async preview(path, chosen, rows) {
    const table = await open(path, chosen)
    const mapping = historyMappingOf(table, chosen)
    const missing = missingHistoryFields(mapping)
    const told = { header: [...table.header], mapping, missing, protectedColumns: [...protectedHeaders(table.header)], notes: [...table.notes] }
    if (missing.length > 0) return { ...told, rows: [], rejects: [], rowsRead: 0 }
    const read = await mapFirstRows<PastDecision, never>(table, rows, rowFunction(table, mapping))
    return { ...told, rows: read.records, rejects: read.rejects, rowsRead: read.rowsRead }
  },

  async *read({ path, mapping, signal }) {
    const table = await open(path, mapping, signal)
    const batches = mapRows<PastDecision, never>(table, signal, rowFunction(table, mapping))
    for (;;) {
      const next = await batches.next()
      if (next.done === true) return { mapping, protectedColumns: protectedHeaders(table.header), notes: table.notes, cutOffReason: next.value.cutOffReason }
      const { collected, progress } = next.value
      yield { decisions: collected.records, rejects: collected.rejects, rowsRead: collected.rowsRead, progress }
    }
  },
}

function open(path: SourceFile, mapping: Partial<HistoryMapping> | null, signal?: AbortSignal): Promise<Table> {
  return openTable(path, { delimiter: mapping?.delimiter ?? 'auto', hasHeader: true, mappedHeaders: Object.values(mapping?.columns ?? {}) }, signal)
}

function rowFunction(table: Table, mapping: HistoryMapping): (row: Row, into: Collected<PastDecision>) => void {
  const at = historyLayout(table, mapping)
  const protectedAt = table.header.flatMap((name, column) => (protectedHeaders([name]).length > 0 ? [column] : []))
  const order: DateOrder = mapping.dateOrder === 'auto'
    ? decideDateOrder(table.sample.map((row) => cleanCell(row.cells[at.decidedOn] ?? '')))
    : mapping.dateOrder
  return (row, into) => {
    const faults = readRow(row)
    if (faults.decision !== null) {
      into.rowsTaken += 1
      into.records.push(faults.decision)
      return
    }
    const alignment = faults.field === null ? 'out-of-line' : protectedAt.length > 0 ? 'doubtful' : 'lined-up'
    into.rejects.push({
      row: row.line, column: faults.field === null ? null : (table.header[at[faults.field]] ?? null), code: faults.code, reason: faults.reason,
      effect: 'row-rejected', raw: rawText(row, table.delimiter, protectedAt, alignment, table.header.length),
    })
  }

  function readRow(row: Row): { readonly decision: PastDecision } | Refused {
    const width = table.header.length
    const extra = row.cells.slice(width).some((cell) => cell.trim() !== '')
    if (row.fault !== null) return refused(null, row.fault.code, row.fault.reason)
    if (row.cells.length < width) return refused(null, 'too-few-columns', `The row has ${row.cells.length} of ${width} columns.`)
    if (extra) return refused(null, 'too-many-columns', `The row has ${row.cells.length} columns instead of ${width}.`)
    const cell = (field: HistoryField): string => (at[field] < 0 ? '' : cleanCell(row.cells[at[field]] ?? ''))
    const name = (field: HistoryField): string => table.header[at[field]] ?? field
    for (const field of ['account', 'entitlement', 'outcome', 'decidedOn', 'department', 'title', 'manager'] as const) {
      const value = cell(field)
      const isKey = field === 'account' || field === 'entitlement' || field === 'outcome' || field === 'decidedOn'
      if (isKey && value === '') return refused(field, 'missing-required', `Column “${name(field)}” is empty, and it is required.`)
      if (value.length > MAX_CELL_CHARACTERS) {
        return refused(field, 'too-long', `Column “${name(field)}” holds ${value.length} characters; ${MAX_CELL_CHARACTERS} is the most.`)
      }
      if (hasControlCharacters(value)) return refused(field, 'bad-value', `Column “${name(field)}” holds a control character.`)
    }
    const isKept = outcomeOf(cell('outcome'))
    if (isKept === null) {
      const said = quoteValue(cell('outcome'))
      return refused('outcome', 'bad-value', `Column “${name('outcome')}” should say kept (approved) or revoked (denied), but holds ${said}.`)
    }
    const decidedOn = parseDate(cell('decidedOn'), order)
    if (typeof decidedOn !== 'string') {
      const why = decidedOn.fault === 'ambiguous' ? 'where day and month cannot be told apart; say the date order' : 'which is no date that can be used'
      const code = decidedOn.fault === 'out-of-range' ? 'out-of-range' : 'bad-date'
      return refused('decidedOn', code, `Column “${name('decidedOn')}” holds ${quoteValue(cell('decidedOn'))}, ${why}.`)
    }
    const decision: PastDecision = {
      row: row.line, account: cell('account'), entitlement: cell('entitlement'), isKept, decidedOn, department: cell('department') || null,
      title: cell('title') || null, manager: cell('manager') || null,
    }
    return { decision }
  }
}

interface Refused {
  readonly decision: null
  readonly field: HistoryField | null
  readonly code: Reject['code']
  readonly reason: string
}

function refused(field: HistoryField | null, code: Reject['code'], reason: string): Refused {
  return { decision: null, field, code, reason }
}
