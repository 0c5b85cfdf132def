import type { Connector, SignInRecord } from '../connector.ts'
import { dateOrderNotes, type Forms } from '../table/forms.ts'
import type { Layout } from '../table/layout.ts'
import { mapFirstRows, mapRows, type Collected } from '../table/map-rows.ts'
import { openForPreview, openMapped } from '../table/open-mapped.ts'
import type { Table } from '../table/open-table.ts'
import { previewOf } from '../table/preview.ts'
import { protectedHeaders } from '../table/protected-columns.ts'
import { createRowReader, type RowReader } from '../table/row-reader.ts'
import type { Row } from '../text/row.ts'
import { parseResult } from '../values/words.ts'

const KIND = 'csv-sign-ins'
type Kind = typeof KIND

const forms: Forms<Kind> = { at: 'time', result: parseResult }

/**
 * A list of sign-ins, one row each. Without a result column every row counts as a success; with one, a row whose result is empty or not
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
        const notes = [...table.notes, ...dateOrderNotes(layout, forms, table.sample)]
        return { ...next.value, protectedColumns: protectedHeaders(layout.header), merged: 0, notes }
      }
      const { collected, progress } = next.value
      const { records, rejects, rowsRead, rowsTaken } = collected
      yield { rows: { of: 'sign-ins', records }, accounts: [], rejects, rowsRead, rowsTaken, progress }
    }
  },

  async preview(path, mapping, rows) {
    const { table, guess, layout } = await openForPreview(KIND, path, mapping)
    const read = layout === null ? null : await mapFirstRows<SignInRecord, never>(table, rows, rowFunction(table, layout))
    const notes = layout === null ? [] : dateOrderNotes(layout, forms, table.sample)
    return previewOf(table, guess, read, { of: 'sign-ins', records: read?.records ?? [] }, notes)
  },
}

function rowFunction(table: Table, layout: Layout<Kind>): (row: Row, into: Collected<SignInRecord>) => void {
  const reader = createRowReader(layout, forms, table.sample, table.delimiter)
  const hasResult = layout.at.result !== -1
  return (row, into) => {
    const record = reader.begin(row) ? readSignIn(reader, hasResult) : null
    const { isTaken, rejects } = reader.finish()
    for (const reject of rejects) into.rejects.push(reject)
    if (!isTaken || record === null) return
    into.rowsTaken += 1
    into.records.push(record)
  }
}

function readSignIn(reader: RowReader<Kind>, hasResult: boolean): SignInRecord {
  const account = reader.key('account')
  const at = reader.requiredTime('at')
  const result = hasResult ? reader.requiredWord('result', parseResult, 'how the sign-in ended (success, failure)') : 'success'
  return { account, application: reader.text('application'), at, isSuccess: result === 'success' }
}
