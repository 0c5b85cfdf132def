import type { Row } from '../text/row.ts'
import { parseDate } from '../values/dates.ts'
import { cleanCell } from '../values/text.ts'

/** Whether the cell in a column may be a protected value that slipped out of the column beside it. */
export type SlipCheck = (cells: readonly string[], column: number) => boolean

/**
 * Learns from the first rows what protected columns hold. A neighbouring cell counts as slipped when it repeats such a value, or is a
 * date where the protected column holds dates and its own column does not. Errs towards hiding: it decides only what is kept as text.
 */
export function createSlipCheck(protectedAt: readonly number[], sample: readonly Row[]): SlipCheck {
  const columnOf = (column: number): readonly string[] =>
    sample.map((row) => cleanCell(row.cells[column] ?? '')).filter((text) => text !== '')
  const neighbours = new Map<number, { readonly values: ReadonlySet<string>; readonly isDateForeign: boolean }>()
  for (const column of new Set(protectedAt.flatMap((one) => [one - 1, one + 1]))) {
    if (column < 0 || protectedAt.includes(column)) continue
    const beside = protectedAt.filter((one) => Math.abs(one - column) === 1)
    const isDateForeign = beside.some((one) => areDates(columnOf(one))) && !areDates(columnOf(column))
    neighbours.set(column, { values: new Set(beside.flatMap(columnOf)), isDateForeign })
  }
  return (cells, column) => {
    const neighbour = neighbours.get(column)
    const text = neighbour === undefined ? '' : cleanCell(cells[column] ?? '')
    return neighbour !== undefined && text !== '' && (neighbour.values.has(text) || (neighbour.isDateForeign && isDate(text)))
  }
}

const isDate = (text: string): boolean => {
  const parsed = parseDate(text, 'undecided')
  return typeof parsed === 'string' || parsed.fault !== 'not-a-date'
}

const areDates = (texts: readonly string[]): boolean => texts.filter(isDate).length * 2 > texts.length
