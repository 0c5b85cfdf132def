import type { Mapping } from '../../../shared/model/source.ts'
import type { AccountRecord, Preview, Records } from '../connector.ts'
import type { Collected } from './map-rows.ts'
import type { Table } from './open-table.ts'
import { protectedHeaders } from './protected-columns.ts'

/** `read` null: the guess lacks a required field, so there is a header to choose from but no row to show. */
export function previewOf(
  table: Table, guess: Mapping, read: Collected<unknown, AccountRecord> | null, rows: Records, notes: readonly string[],
): Preview {
  return {
    header: table.header,
    guess,
    rows,
    accounts: read?.accounts ?? [],
    rejects: read?.rejects ?? [],
    rowsRead: read?.rowsRead ?? 0,
    rowsTaken: read?.rowsTaken ?? 0,
    protectedColumns: protectedHeaders(table.hasHeader ? table.header : []),
    delimiter: table.delimiter,
    encoding: table.encoding,
    notes: [...table.notes, ...notes],
  }
}
