import type { Reject } from '../../../shared/model/source.ts'
import { openQuoteFault, type Row } from '../text/row.ts'

const NUMBER_OF_COLUMNS = /^…(\d{1,6})$/
const OPEN_QUOTE = '…?'

/**
 * The last cell of a row a kept copy holds only the beginning of: what was wrong with the row in the file as it came, so that it is
 * refused for that and not for having been cut.
 */
export const cutMark = ({ fault, cells }: Row): string => (fault === null ? `…${cells.length}` : fault.code === 'bad-quote' ? OPEN_QUOTE : '…')

/** Why a row that carries the mark was refused in its file; null where there is none. */
export function faultOfCutRow({ cells, line }: Row, width: number): { readonly code: Reject['code']; readonly reason: string } | null {
  const mark = cells.at(-1)?.trim() ?? ''
  if (mark === OPEN_QUOTE) return openQuoteFault(line)
  const count = Number(NUMBER_OF_COLUMNS.exec(mark)?.[1] ?? Number.NaN)
  return Number.isNaN(count) ? null : columnsFault(count, width)
}

/** A row with more or fewer columns than the file's header. */
export const columnsFault = (count: number, width: number): { readonly code: 'too-few-columns' | 'too-many-columns'; readonly reason: string } =>
  count < width ? { code: 'too-few-columns', reason: `The row has ${count} of ${width} columns.` }
    : { code: 'too-many-columns', reason: `The row has ${count} columns instead of ${width}.` }
