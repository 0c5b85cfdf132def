import type { FileChunk } from './file-bytes.ts'
import { recover } from './recover.ts'
import type { Dialect, Row, RowBlock, TextEnd } from './row.ts'
import { isBlank } from './row.ts'
import { MAX_ROW_BYTES, splitBlock } from './split-block.ts'

const EMPTY: Buffer = Buffer.alloc(0)

/**
 * Streams a text's rows, blank ones left out, one block of at most a few thousand at a time. Memory stays at two blocks whatever the
 * file: a line without end, or a quotation mark that nothing closes, becomes one faulty row and reading goes on behind it.
 */
export async function* readRows(text: AsyncIterable<FileChunk>, dialect: Dialect): AsyncGenerator<RowBlock, TextEnd, void> {
  const newline = dialect.newline.charCodeAt(0)
  let rest = EMPTY
  let line = 1
  let isSkippingLine = false
  let lastRow: Row | null = null
  let lastByte = newline
  for await (const { bytes, progress } of text) {
    lastByte = bytes.at(-1) ?? lastByte
    let buffer = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    if (isSkippingLine) {
      const end = buffer.indexOf(newline)
      if (end === -1) continue
      buffer = buffer.subarray(end + 1)
      line += 1
      isSkippingLine = false
    }
    const rows: Row[] = []
    const wholeLines = buffer.lastIndexOf(newline) + 1
    const split = splitBlock(buffer.subarray(0, wholeLines), line, dialect)
    append(rows, split.rows)
    line = split.nextLine
    let used = split.used
    if (wholeLines - used > MAX_ROW_BYTES) {
      append(rows, recover(buffer.subarray(used, wholeLines), line, dialect))
      line += linesIn(buffer.subarray(used, wholeLines), newline)
      used = wholeLines
    }
    rest = buffer.subarray(used)
    if (used === wholeLines && rest.length > MAX_ROW_BYTES) {
      rows.push(endlessLine(rest, line, dialect))
      rest = EMPTY
      isSkippingLine = true
    }
    const kept = rows.filter((row) => !isBlank(row.cells))
    lastRow = kept.at(-1) ?? lastRow
    yield { rows: kept, progress }
  }
  const end = finish(rest, line, dialect)
  lastRow = end.rows.at(-1) ?? lastRow
  yield { rows: end.rows, progress: 1 }
  return { endsWithNewline: lastByte === newline, openQuote: end.openQuote, lastRow }
}

function finish(rest: Buffer, line: number, dialect: Dialect): { rows: readonly Row[]; openQuote: number | null } {
  if (rest.length === 0) return { rows: [], openQuote: null }
  const split = splitBlock(rest, line, dialect)
  const open = rest.subarray(split.used)
  const behind = open.length === 0 ? [] : recover(open, split.nextLine, dialect).filter((row) => !isBlank(row.cells))
  const rows = [...split.rows.filter((row) => !isBlank(row.cells)), ...behind]
  // Whole rows behind an open quotation mark say that it was a stray one; anything else, that the end of the file is missing.
  const isStray = behind.length > 1 && behind.slice(1).every((row) => row.fault === null && row.cells.length === dialect.width)
  return { rows, openQuote: open.length === 0 || isStray ? null : split.nextLine }
}

function endlessLine(rest: Buffer, line: number, dialect: Dialect): Row {
  const reason = `Line ${line} is longer than ${MAX_ROW_BYTES / 1024} KiB; a row that long is a damaged one.`
  return { line, cells: rest.toString('utf8', 0, 4_000).split(dialect.delimiter), fault: { code: 'too-long', reason } }
}

function linesIn(buffer: Buffer, newline: number): number {
  let lines = 0
  for (let at = buffer.indexOf(newline); at !== -1; at = buffer.indexOf(newline, at + 1)) lines += 1
  return lines
}

// Not push(...rows): a block of short lines has more rows than a call may have arguments.
function append(rows: Row[], more: readonly Row[]): void {
  for (const row of more) rows.push(row)
}
