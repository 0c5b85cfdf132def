import { cleanCell } from '../values/text.ts'

/** A column whose values have a form that can be checked. */
export interface TypedColumn {
  readonly at: number
  readonly accepts: (text: string) => boolean
}

/**
 * Whether a row's cells have slipped by one column from some point on: behind the first value of the wrong form every checked column
 * would be right one column to the left, or to the right, and more of them would be filled rightly than now. One bad cell is no slip.
 */
export function isShifted(cells: readonly string[], typed: readonly TypedColumn[]): boolean {
  const firstFailing = typed.findIndex(({ at, accepts }) => judge(cells[at], accepts) === 'wrong')
  if (firstFailing === -1) return false
  const behind = typed.slice(firstFailing)
  const rightNow = behind.filter(({ at, accepts }) => judge(cells[at], accepts) === 'right').length
  return [-1, 1].some((slip) => {
    const judged = behind.map(({ at, accepts }) => judge(cells[at + slip], accepts))
    return judged[0] === 'right' && !judged.includes('wrong') && judged.filter((one) => one === 'right').length > rightNow
  })
}

function judge(cell: string | undefined, accepts: (text: string) => boolean): 'empty' | 'right' | 'wrong' {
  const text = cleanCell(cell ?? '')
  if (text === '') return 'empty'
  return accepts(text) ? 'right' : 'wrong'
}
