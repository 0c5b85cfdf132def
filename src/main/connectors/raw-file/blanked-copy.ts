import type { Table } from '../table/open-table.ts'
import { isProtectedHeader } from '../table/protected-columns.ts'
import { writeRow } from '../table/raw-text.ts'

/**
 * A table's text with the cells of protected columns emptied: UTF-8, the file's own delimiter, every row on the line where the original
 * has it, so that the line numbers of rejects still point to the right place.
 */
export async function* blankedCopy(table: Table, signal?: AbortSignal): AsyncGenerator<string, void, void> {
  const protectedAt = table.header.flatMap((name, index) => (isProtectedHeader(name) ? [index] : []))
  const width = table.header.length
  let line = table.headerLine
  yield '\n'.repeat(line - 1) + writeRow(table.header, table.delimiter, [], 'lined-up', width)
  line += newlines(table.header)
  const rows = table.rows(signal)
  for (;;) {
    const next = await rows.next()
    if (next.done === true) break
    let text = ''
    for (const row of next.value.rows) {
      const isTrusted = row.fault === null && row.cells.length === width
      const written = writeRow(row.cells, table.delimiter, protectedAt, isTrusted ? 'lined-up' : 'out-of-line', width)
      text += '\n'.repeat(Math.max(1, row.line - line)) + written
      line = Math.max(line + 1, row.line) + newlines([written])
    }
    yield text
  }
  yield '\n'
}

const newlines = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)
