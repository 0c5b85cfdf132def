import type { Dialect, Row } from '../text/row.ts'

const MAX_RAW_CHARACTERS = 2_000

/**
 * How far a rejected row's cells can be trusted to stand under their headers. `doubtful`: a cell holds what its column should not.
 * `out-of-line`: columns are missing, too many or shifted.
 */
export type Alignment = 'lined-up' | 'doubtful' | 'out-of-line'

/**
 * A rejected row as text, at most 2,000 characters, protected columns blanked. Where the row's columns may have slipped, so are the
 * neighbours a protected value may have slipped into: a value must not be stored because its row was damaged.
 */
export function rawText(
  row: Row, delimiter: Dialect['delimiter'], protectedAt: readonly number[], alignment: Alignment, width: number,
): string {
  const shortened = row.cells.slice(0, MAX_RAW_CHARACTERS).map((cell) => cell.slice(0, MAX_RAW_CHARACTERS))
  const hidden = hiddenColumns(row.cells.length, protectedAt, alignment, width)
  // A faulty row's cells are pieces of the line as it stands, its quotation marks included.
  const text = join(shortened, delimiter, hidden, row.fault === null ? quoteCell : (cell) => cell)
  return text.length > MAX_RAW_CHARACTERS ? `${text.slice(0, MAX_RAW_CHARACTERS - 1)}…` : text
}

/** Cells joined so that they can be read back. */
export const writeCells = (cells: readonly string[], delimiter: Dialect['delimiter']): string =>
  join(cells, delimiter, () => false, quoteCell)

/** What may be kept of a row whose columns do not stand under their headers: the cells no protected value can have slipped into. */
export const visibleCells = (cells: readonly string[], protectedAt: readonly number[], width: number): readonly string[] =>
  cells.slice(0, Math.max(0, firstHidden(cells.length, protectedAt, width)))

function join(
  cells: readonly string[], delimiter: Dialect['delimiter'], hidden: (index: number) => boolean,
  write: (cell: string, separator: string) => string,
): string {
  const separator = delimiter === 'whitespace' ? ' ' : delimiter
  return cells.map((cell, index) => (hidden(index) ? '' : write(cell, separator))).join(separator)
}

const firstHidden = (length: number, protectedAt: readonly number[], width: number): number =>
  Math.min(...protectedAt) - Math.max(1, Math.abs(length - width))

function hiddenColumns(length: number, protectedAt: readonly number[], alignment: Alignment, width: number): (index: number) => boolean {
  if (protectedAt.length === 0) return () => false
  if (alignment === 'out-of-line') {
    const from = firstHidden(length, protectedAt, width)
    return (index) => index >= from
  }
  const reach = alignment === 'doubtful' ? 1 : 0
  return (index) => protectedAt.some((column) => Math.abs(column - index) <= reach)
}

function quoteCell(cell: string, separator: string): string {
  return cell.includes(separator) || cell.includes('"') || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
