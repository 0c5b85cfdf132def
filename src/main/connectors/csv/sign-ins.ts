import type { Connector, SignInRecord } from '../connector.ts'
import { dateOrderNotes, type Forms } from '../table/forms.ts'
import { layOut, type Layout } from '../table/layout.ts'
import { mapFirstRows, mapRows, type Collected } from '../table/map-rows.ts'
import { openForPreview, openMapped } from '../table/open-mapped.ts'
import type { Table } from '../table/open-table.ts'
import { previewOf } from '../table/preview.ts'
import { protectedHeaders } from '../table/protected-columns.ts'
import { createRowReader, type RowReader } from '../table/row-reader.ts'
import type { Row } from '../text/row.ts'
import { resultReader, signInFormat, withFormat } from './sign-in-formats.ts'

const KIND = 'csv-sign-ins'
type Kind = typeof KIND

function formsOf(layout: Layout<Kind>): Forms<Kind> {
  return { at: 'time', result: resultReader(layout.header[layout.at.result]) }
}

/**
 * A list of sign-ins, one row each: a table, JSON lines or a JSON list (whose columns are paths). In a log known to hold more than
 * sign-ins, rows about something else are refused. Without a result column every row counts as a success; with one, a row whose result is empty or not
 * understood is refused, because taking it either way would invent use or hide it. Without an application column or constant the
 * application is ''. A time without zone is UTC.
 */
export const csvSignIns: Connector = {
  kind: KIND,

  async *read({ path, mapping, signal }) {
    const { table, layout } = await openMapped(KIND, path, mapping, signal)
    const batches = mapRows<SignInRecord, never>(table, signal, rowFunction(table, layout))
    for (;;) {
      const next = await batches.next()
      if (next.done === true) {
        const notes = [...table.notes, ...dateOrderNotes(layout, formsOf(layout), table.sample), ...formatNotes(layout)]
        return { ...next.value, protectedColumns: protectedHeaders(layout.header), merged: 0, notes }
      }
      const { collected, progress } = next.value
      const { records, rejects, rowsRead, rowsTaken } = collected
      yield { rows: { of: 'sign-ins', records }, accounts: [], rejects, rowsRead, rowsTaken, progress }
    }
  },

  async preview(path, mapping, rows) {
    const opened = await openForPreview(KIND, path, mapping)
    const { table } = opened
    const guess = withFormat(opened.guess, table.header)
    const layout = mapping === null && guess !== opened.guess ? layOut(KIND, guess, table) : opened.layout
    const read = layout === null ? null : await mapFirstRows<SignInRecord, never>(table, rows, rowFunction(table, layout))
    const notes = layout === null ? [] : [...dateOrderNotes(layout, formsOf(layout), table.sample), ...formatNotes(layout)]
    return previewOf(table, guess, read, { of: 'sign-ins', records: read?.records ?? [] }, notes)
  },
}

function rowFunction(table: Table, layout: Layout<Kind>): (row: Row, into: Collected<SignInRecord>) => void {
  const forms = formsOf(layout)
  const reader = createRowReader(layout, forms, table.sample, table.delimiter)
  const readResult = layout.at.result === -1 ? null : resultReader(layout.header[layout.at.result])
  const format = signInFormat(layout.header)
  const about = format === null ? -1 : layout.header.indexOf(format.column)
  const spare = format?.spareResult == null ? -1 : layout.header.indexOf(format.spareResult)

  function withSpareResult(row: Row): Row {
    const { result } = layout.at
    if (spare === -1 || result === -1 || row.fault !== null || (row.cells[result] ?? '') !== '') return row
    return { ...row, cells: row.cells.map((cell, column) => (column === result ? row.cells[spare] ?? '' : cell)) }
  }

  return (row, into) => {
    const refusal = row.fault === null ? format?.refuse(row.cells[about] ?? '') ?? null : null
    if (refusal !== null) {
      // Nothing is wrong with it, so nothing of it is shown.
      into.rejects.push({ row: row.line, column: format?.column ?? null, code: 'bad-value', reason: refusal, effect: 'row-rejected', raw: '' })
      return
    }
    const record = reader.begin(withSpareResult(row)) ? readSignIn(reader, readResult) : null
    const { isTaken, rejects } = reader.finish()
    for (const reject of rejects) into.rejects.push(reject)
    if (!isTaken || record === null) return
    into.rowsTaken += 1
    into.records.push(record)
  }
}

function formatNotes(layout: Layout<Kind>): readonly string[] {
  const format = signInFormat(layout.header)
  return format === null ? [] : [`The file is read as ${format.name}: rows that are not sign-ins are refused.`]
}

function readSignIn(reader: RowReader<Kind>, readResult: ((text: string) => 'success' | 'failure' | null) | null): SignInRecord {
  const account = reader.key('account')
  const at = reader.requiredTime('at')
  const result = readResult === null ? 'success' : reader.requiredWord('result', readResult, 'how the sign-in ended (success, failure)')
  return { account, application: reader.text('application'), at, isSuccess: result === 'success' }
}
