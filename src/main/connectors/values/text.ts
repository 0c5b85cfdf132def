export const MAX_CELL_CHARACTERS = 4_000

/** What databases and spreadsheets write for "nothing". In capitals only: a login may really be `null`. */
const NOTHING = new Set(['NULL', '(NULL)', '(null)', '\\N', '#N/A', 'N/A', '-', '--'])

/** A cell without blanks around it (no-break spaces too); '' where it says nothing. */
export function cleanCell(cell: string): string {
  const text = cell.trim()
  if (text.length > 6) {
    // A blank between closing quotation mark and delimiter leaves the marks in the cell.
    return text.length < cell.length && isWrapped(text) ? text.slice(1, -1).trim() : text
  }
  if (NOTHING.has(text)) return ''
  return text.length < cell.length && isWrapped(text) ? text.slice(1, -1).trim() : text
}

const isWrapped = (text: string): boolean => text.length > 1 && text.startsWith('"') && text.indexOf('"', 1) === text.length - 1

/** Line breaks, tabs and other control characters, which no key may hold. */
export const hasControlCharacters = (text: string): boolean => /[\u0000-\u001f\u007f]/.test(text)

/** Quotes a value in a sentence: one line, at most 80 characters. */
export function quoteValue(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
  return `“${line.length > 80 ? `${line.slice(0, 79)}…` : line}”`
}

export const isEmailAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text)

/** The address, or null when it is none. */
export const parseEmail = (text: string): string | null => (isEmailAddress(text) ? text : null)
