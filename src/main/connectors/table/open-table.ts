import { basename } from 'node:path'
import type { Mapping } from '../../../shared/model/source.ts'
import { SourceError } from '../connector.ts'
import { utf8Text } from '../text/decode.ts'
import { commonWidth, detectDialect, isDelimiterLine } from '../text/dialect.ts'
import { pathOf, type SourceFile } from '../text/source-file.ts'
import { inspectFile, type Inspected } from '../text/inspect.ts'
import type { Dialect, Row, RowBlock, TextEnd } from '../text/row.ts'
import { readRows } from '../text/rows.ts'
import { jsonFormOf } from '../text/json-texts.ts'
import { openJsonTable } from './json-table.ts'
import { looksLikeHeader } from './looks-like-header.ts'
import type { Table, TableEnd } from './table.ts'

export type { Table, TableEnd }

const SAMPLE_BYTES = 1024 * 1024
const SAMPLE_ROWS = 10_000

export interface TableOptions {
  readonly delimiter: Mapping['delimiter']
  /** null: find out. */
  readonly hasHeader: boolean | null
  readonly mappedHeaders: readonly string[]
}

/** Throws `SourceError` when the file is missing, unreadable, empty or not text. */
export async function openTable(path: SourceFile, wanted: TableOptions, signal?: AbortSignal): Promise<Table> {
  const name = basename(pathOf(path))
  const inspected = await inspectFile(path, signal)
  const { text, isWhole } = await sampleOf(path, inspected, signal)
  const json = jsonFormOf(text.toString('utf8'))
  if (json !== null) {
    const whole = isWhole || json === 'array' ? text : text.subarray(0, text.lastIndexOf('\n') + 1)
    return openJsonTable(name, json, whole, inspected.encoding, (textSignal) => utf8Text(path, inspected, textSignal))
  }
  const detected = detectDialect(text, wanted.delimiter, wanted.mappedHeaders)
  const rows = await sampleRows(text, detected, isWhole)
  const first = rows[0]
  if (first === undefined && !isWhole) throw new SourceError('not-text', `“${name}” is not a table: its first MiB holds no row.`)
  if (first === undefined) throw new SourceError('empty', `The file “${name}” has no rows.`)
  const hasHeader = wanted.hasHeader ?? looksLikeHeader(rows)
  const header = hasHeader ? headerNames(first) : Array.from({ length: commonWidth(rows) }, (_, index) => `#${index + 1}`)
  const dialect: Dialect = { ...detected, width: header.length }
  const firstDataLine = hasHeader ? first.line + 1 : first.line
  return {
    name, header, hasHeader,
    headerLine: first.line,
    delimiter: dialect.delimiter,
    encoding: inspected.encoding,
    notes: [...encodingNotes(inspected), ...headerNotes(header)],
    sample: hasHeader ? rows.slice(1) : rows,
    rows: (rowsSignal) => dataRows(path, inspected, dialect, firstDataLine, rowsSignal),
  }
}

async function* dataRows(
  path: SourceFile, inspected: Inspected, dialect: Dialect, firstDataLine: number, signal?: AbortSignal,
): AsyncGenerator<RowBlock, TableEnd, void> {
  const rows = readRows(utf8Text(path, inspected, signal), dialect)
  for (;;) {
    const next = await rows.next()
    if (next.done === true) return endOf(next.value, inspected, dialect, firstDataLine)
    signal?.throwIfAborted()
    const block = next.value
    const first = block.rows[0]
    if (first === undefined || first.line >= firstDataLine) yield block
    else yield { ...block, rows: block.rows.filter((row) => row.line >= firstDataLine) }
  }
}

function endOf(end: TextEnd, inspected: Inspected, dialect: Dialect, firstDataLine: number): TableEnd {
  const reason = cutOffReason(end, inspected, dialect, firstDataLine)
  return { isCutOff: reason !== null, cutOffReason: reason }
}

function cutOffReason(end: TextEnd, inspected: Inspected, dialect: Dialect, firstDataLine: number): string | null {
  const { lastRow } = end
  const width = dialect.width ?? 0
  if (inspected.trailingNuls > 0) {
    return `The file ends in ${inspected.trailingNuls} NUL bytes instead of text: its end was not written, and rows may be missing.`
  }
  if (inspected.isCharacterCut) return 'The file ends in the middle of a character: it was cut off, and rows may be missing.'
  if (end.openQuote !== null) {
    return `A quotation mark opened in line ${end.openQuote} is never closed: the file may be cut off there, and rows may be missing.`
  }
  if (!end.endsWithNewline && lastRow !== null && lastRow.line >= firstDataLine && lastRow.cells.length < width) {
    return `The last line (${lastRow.line}) has ${lastRow.cells.length} of ${width} columns and no line end: ` +
      'the file was cut off, and rows may be missing.'
  }
  return null
}

async function sampleOf(path: SourceFile, inspected: Inspected, signal?: AbortSignal): Promise<{ text: Buffer; isWhole: boolean }> {
  const parts: Buffer[] = []
  let size = 0
  for await (const { bytes } of utf8Text(path, inspected, signal)) {
    parts.push(bytes)
    size += bytes.length
    if (size >= SAMPLE_BYTES) return { text: Buffer.concat(parts), isWhole: false }
  }
  return { text: Buffer.concat(parts), isWhole: true }
}

async function sampleRows(text: Buffer, dialect: Dialect, isWhole: boolean): Promise<Row[]> {
  const whole = isWhole ? text : text.subarray(0, text.lastIndexOf(dialect.newline) + 1)
  const rows: Row[] = []
  for await (const block of readRows(once(whole), dialect)) rows.push(...block.rows.slice(0, SAMPLE_ROWS - rows.length))
  if (rows[0] !== undefined && isDelimiterLine(rows[0])) rows.shift()
  return rows
}

async function* once(bytes: Buffer) {
  yield { bytes, progress: 1 }
}

function headerNames(row: Row): readonly string[] {
  const names = row.cells.map((cell) => cell.trim())
  while (names.length > 1 && names.at(-1) === '') names.pop()
  return names
}

function encodingNotes(inspected: Inspected): readonly string[] {
  if (inspected.encoding === 'windows-1252') {
    return ['The file is not valid UTF-8; it was read as Windows-1252. Check names with accents or umlauts.']
  }
  return inspected.encoding === 'utf-8' ? [] : [`The file is written in ${inspected.encoding.toUpperCase()}.`]
}

function headerNotes(header: readonly string[]): readonly string[] {
  const repeated = new Set(header.filter((name, index) => name !== '' && header.indexOf(name) < index))
  return [...repeated].map((name) => `The header names “${name}” more than once; only the first such column can be read.`)
}
