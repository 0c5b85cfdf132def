import type { Dialect } from '../text/row.ts'

const MAX_RAW_CHARACTERS = 2_000

/**
 * How far a rejected row's cells can be trusted to stand under their headers. `doubtful`: a cell holds what its column should not.
 * `out-of-line`: columns are missing, too many or shifted.
 */
export type Alignment = 'lined-up' | 'doubtful' | 'out-of-line'

/** A rejected row as text, at most 2,000 characters, protected values blanked. */
export function rawText(
  cells: readonly string[], delimiter: Dialect['delimiter'], protectedAt: readonly number[], alignment: Alignment, width: number,
): string {
  const shortened = cells.map((cell) => cell.slice(0, MAX_RAW_CHARACTERS)).slice(0, MAX_RAW_CHARACTERS)
  const text = writeRow(shortened, delimiter, protectedAt, alignment, width, cells.length)
  return text.length > MAX_RAW_CHARACTERS ? `${text.slice(0, MAX_RAW_CHARACTERS - 1)}…` : text
}

/**
 * A row written out again with its protected columns blanked. Where the row's columns may have slipped, so are the neighbours a protected
 * value may have slipped into: a value must not be stored because its row was damaged.
 */
export function writeRow(
  cells: readonly string[], delimiter: Dialect['delimiter'], protectedAt: readonly number[], alignment: Alignment, width: number,
  length = cells.length,
): string {
  const hidden = hiddenColumns(length, protectedAt, alignment, width)
  const separator = delimiter === 'whitespace' ? ' ' : delimiter
  return cells.map((cell, index) => (hidden(index) ? '' : quoteCell(cell, separator))).join(separator)
}

function hiddenColumns(length: number, protectedAt: readonly number[], alignment: Alignment, width: number): (index: number) => boolean {
  if (protectedAt.length === 0) return () => false
  if (alignment === 'out-of-line') {
    const from = Math.min(...protectedAt) - Math.max(1, Math.abs(length - width))
    return (index) => index >= from
  }
  const reach = alignment === 'doubtful' ? 1 : 0
  return (index) => protectedAt.some((column) => Math.abs(column - index) <= reach)
}

function quoteCell(cell: string, separator: string): string {
  return cell.includes(separator) || cell.includes('"') || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
