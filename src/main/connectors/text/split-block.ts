import { isAscii } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { csvOptions } from './csv-options.ts'
import { recover } from './recover.ts'
import type { Dialect, Row } from './row.ts'

const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
/** A cell may run over several lines, but a row longer than this is taken for a quotation mark nobody closed. */
export const MAX_ROW_BYTES = 256 * 1024

export interface SplitBlock {
  readonly rows: readonly Row[]
  /** Bytes of the block that were turned into rows; the rest begins with an open quotation mark. */
  readonly used: number
  /** Line number after the used part. */
  readonly nextLine: number
}

/**
 * Turns a block of whole lines into rows. Where there are quotation marks csv-parse does the splitting, block by block and synchronously: that is as fast as its stream,
 * keeps memory at one block, and lets a row swallowed by a stray quotation mark be told from a cell that really has several lines.
 */
export function splitBlock(block: Buffer, firstLine: number, dialect: Dialect): SplitBlock {
  if (dialect.delimiter === 'whitespace') return splitAtBlanks(block, firstLine, dialect)
  if (!block.includes(QUOTE)) return splitPlain(block, firstLine, dialect)
  return splitQuoted(block, firstLine, dialect)
}

// csv-parse knows fixed delimiters only; columns set apart by runs of blanks are split here.
function splitAtBlanks(block: Buffer, firstLine: number, dialect: Dialect): SplitBlock {
  const lines = block.toString('utf8').split(dialect.newline)
  if (lines.at(-1) === '') lines.pop()
  const rows = lines.map((text, index) => ({ line: firstLine + index, cells: text.trim().split(/\s+/), fault: null }))
  return { rows, used: block.length, nextLine: firstLine + lines.length }
}

/** Without a quotation mark every newline ends a row and every delimiter a cell: what csv-parse says, too, in three times the time. */
function splitPlain(block: Buffer, firstLine: number, dialect: Dialect): SplitBlock {
  const delimiter = dialect.delimiter.charCodeAt(0)
  const newline = dialect.newline.charCodeAt(0)
  // Nearly every block is plain ASCII, where a character is a byte.
  const encoding = isAscii(block) ? 'latin1' : 'utf8'
  const rows: Row[] = []
  let cells: string[] = []
  let start = 0
  for (let at = 0; at < block.length; at++) {
    const byte = block[at]
    if (byte === delimiter) {
      cells.push(block.toString(encoding, start, at))
      start = at + 1
    } else if (byte === newline) {
      const end = newline === LINE_FEED && at > start && block[at - 1] === CARRIAGE_RETURN ? at - 1 : at
      cells.push(block.toString(encoding, start, end))
      rows.push({ line: firstLine + rows.length, cells, fault: null })
      cells = []
      start = at + 1
    }
  }
  if (start < block.length || cells.length > 0) {
    cells.push(block.toString(encoding, start))
    rows.push({ line: firstLine + rows.length, cells, fault: null })
  }
  return { rows, used: block.length, nextLine: firstLine + rows.length }
}

function splitQuoted(block: Buffer, firstLine: number, dialect: Dialect): SplitBlock {
  const newline = dialect.newline.charCodeAt(0)
  const records = parse(block, { ...csvOptions(dialect), info: true }) as unknown as { record: string[]; info: { bytes: number } }[]
  const rows: Row[] = []
  let used = 0
  let line = firstLine
  for (const { record, info } of records) {
    const end = info.bytes
    const firstBreak = block.indexOf(newline, used)
    const isOneLine = firstBreak === -1 || firstBreak >= end - 1
    if (isOneLine) {
      rows.push({ line, cells: record, fault: null })
      line += 1
    } else {
      const source = block.subarray(used, end)
      rows.push(...severalLines(source, record, line, dialect))
      line += countLines(source, newline)
    }
    used = end
  }
  return { rows, used, nextLine: line }
}

/** A row over several lines is either one honest cell with line breaks, or rows swallowed by a stray quotation mark. */
function severalLines(source: Buffer, cells: string[], line: number, dialect: Dialect): readonly Row[] {
  const hasRightWidth = dialect.width === null || cells.length === dialect.width
  if (source.length > MAX_ROW_BYTES || !hasRightWidth || !isStrictlyQuoted(source, dialect)) return recover(source, line, dialect)
  if (dialect.width !== null && dialect.width > 1 && everyLineIsARow(source, dialect)) {
    const last = line + countLines(source, dialect.newline.charCodeAt(0)) - 1
    const reason = `A quotation mark opened in line ${line} closes only in line ${last}, and each of these lines could be a row of its own.`
    return [{ line, cells, fault: { code: 'bad-quote', reason } }]
  }
  return [{ line, cells, fault: null }]
}

function isStrictlyQuoted(source: Buffer, dialect: Dialect): boolean {
  try {
    return parse(source, { ...csvOptions(dialect), relax_quotes: false, skip_records_with_error: false }).length === 1
  } catch {
    return false
  }
}

function everyLineIsARow(source: Buffer, dialect: Dialect): boolean {
  const lines = source.toString('utf8').trimEnd().split(dialect.newline)
  return lines.every((text) => text.split(dialect.delimiter).length === dialect.width)
}

function countLines(source: Buffer, newline: number): number {
  let lines = 0
  for (let at = source.indexOf(newline); at !== -1; at = source.indexOf(newline, at + 1)) lines += 1
  return source[source.length - 1] === newline ? lines : lines + 1
}
