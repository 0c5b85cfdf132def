import type { Reject } from '../../../shared/model/source.ts'

export interface RowFault {
  readonly code: Extract<Reject['code'], 'bad-quote' | 'too-long' | 'bad-value'>
  readonly reason: string
}

/** One row as the file has it. With a `fault` the cells are the raw line's pieces and cannot be trusted. */
export interface Row {
  /** Line in the file where the row begins, first line = 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: RowFault | null
}

export interface RowBlock {
  readonly rows: readonly Row[]
  readonly progress: number
}

/** How the text ended. `openQuote`: line of a quotation mark that nothing closed before the end. */
export interface TextEnd {
  readonly endsWithNewline: boolean
  readonly openQuote: number | null
  readonly lastRow: Row | null
}

export interface Dialect {
  readonly delimiter: ',' | ';' | '\t' | '|' | 'whitespace'
  /** Carriage return alone is what old Macintosh exports end a line with. */
  readonly newline: '\n' | '\r'
  /** Columns a row should have, or null while nobody knows. */
  readonly width: number | null
}

export const openQuoteFault = (line: number): RowFault =>
  ({ code: 'bad-quote', reason: `A quotation mark opened in line ${line} is not closed properly, so the row's columns cannot be told apart.` })

export const isBlank = (cells: readonly string[]): boolean => {
  for (const cell of cells) if (cell.trim() !== '') return false
  return true
}
