import type { Table } from '../table/open-table.ts'
import { cutMark } from '../table/cut-row.ts'
import { isProtectedHeader } from '../table/protected-columns.ts'
import { visibleCells, writeCells } from '../table/raw-text.ts'
import { createSlipCheck } from '../table/slipped-values.ts'
import type { Row } from '../text/row.ts'

/**
 * A table's text with the cells of protected columns emptied: UTF-8, the file's own delimiter, every row on the line where the original
 * has it, so that the line numbers of rejects still point to the right place. Of a row whose columns cannot be told apart only the
 * cells before the first protected column stay, and a mark of what was wrong with it; read again, it is refused for the same reason.
 */
export async function* blankedCopy(table: Table, signal?: AbortSignal): AsyncGenerator<string, void, void> {
  const protectedAt = table.header.flatMap((name, index) => (isProtectedHeader(name) ? [index] : []))
  const width = table.header.length
  const isSlipped = createSlipCheck(protectedAt, table.sample)
  let line = table.headerLine
  const head = writeCells(table.header, table.delimiter)
  yield '\n'.repeat(line - 1) + head
  line += newlines(head)
  const rows = table.rows(signal)
  for (;;) {
    const next = await rows.next()
    if (next.done === true) break
    let text = ''
    for (const row of next.value.rows) {
      const written = writeCells(isInLine(row, width) ? blank(row) : remainder(row), table.delimiter)
      text += '\n'.repeat(Math.max(1, row.line - line)) + written
      line = row.line + newlines(written)
    }
    yield text
  }
  yield '\n'

  function blank(row: Row): readonly string[] {
    return row.cells.map((cell, column) => (protectedAt.includes(column) || isSlipped(row.cells, column) ? '' : cell))
  }

  function remainder(row: Row): readonly string[] {
    return [...visibleCells(row.cells, protectedAt, width), cutMark(row)]
  }
}

const isInLine = (row: Row, width: number): boolean =>
  row.fault === null && row.cells.length >= width && row.cells.slice(width).every((cell) => cell.trim() === '')

const newlines = (text: string): number => text.match(/\n/g)?.length ?? 0
