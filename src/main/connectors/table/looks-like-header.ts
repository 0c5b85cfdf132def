import type { Row } from '../text/row.ts'
import { isProtectedHeader } from './protected-columns.ts'
import { headerKey } from './normalise-name.ts'
import { synonyms } from './synonyms.ts'

const known = new Set(Object.values(synonyms).flatMap((fields) => Object.values(fields)).flat())

/** Whether a file's first row names columns: some cell is a known name, or it holds no number, date or address where later rows do. */
export function looksLikeHeader(rows: readonly Row[]): boolean {
  const first = rows[0]?.cells ?? []
  if (first.some((cell) => known.has(headerKey(cell)) || isProtectedHeader(cell))) return true
  if (first.some(looksLikeValue)) return false
  const later = rows.slice(1, 50)
  return later.length > 0 && first.some((_, column) => later.every((row) => looksLikeValue(row.cells[column] ?? '')))
}

const looksLikeValue = (cell: string): boolean => /^\s*[\d.,/: +-]+\s*$|@|^\s*\d{4}-\d\d-\d\d/.test(cell)
