import { cut, padded, printable, widthOf } from './terminal-text.ts'

export interface Column<Row> {
  readonly title: string
  readonly of: (row: Row) => string | number | null
  /** Numbers stand right. */
  readonly align?: 'left' | 'right'
  /** Widest a cell may get, in terminal columns; 48 unless told. */
  readonly max?: number
}

/** Aligned lines with a heading; every cell made safe for a terminal. `none` is said instead of an empty table. */
export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], none: string): readonly string[] => {
  if (rows.length === 0) return [none]
  const cells = rows.map((row) => columns.map((column) => cut(printable(String(column.of(row) ?? '')), column.max ?? 48)))
  const widths = columns.map((column, at) => Math.max(widthOf(column.title), ...cells.map((line) => widthOf(line[at] ?? ''))))
  const lineOf = (texts: readonly string[]): string =>
    texts.map((text, at) => padded(text, widths[at] ?? 0, columns[at]?.align ?? 'left')).join('  ').trimEnd()
  return [lineOf(columns.map((column) => column.title.toUpperCase())), ...cells.map(lineOf)]
}

/** `label  value` lines with the values standing under each other. */
export const facts = (pairs: readonly (readonly [label: string, value: string | number])[]): readonly string[] => {
  const width = Math.max(...pairs.map(([label]) => widthOf(label)))
  return pairs.map(([label, value]) => `${padded(label, width, 'left')}  ${printable(String(value))}`)
}

/** `1 item`, `2 items`, `1,204 items`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`
