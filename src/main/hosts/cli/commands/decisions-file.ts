import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { decisionInput, type DecisionInput } from '../../../../shared/model/decision.ts'
import { CommandRefusal } from '../failure.ts'

/** `row` is the line's place in the file, header = 1. */
export type DecisionRow =
  | { readonly row: number; readonly item: number; readonly input: DecisionInput }
  | { readonly row: number; readonly item: null; readonly problem: string }

const header = ['item', 'outcome', 'until', 'reason_code', 'reason'] as const

const blankAsNull = (text: string | undefined): string | null => (text === undefined || text.trim() === '' ? null : text.trim())

const record = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }))

const columnsOf = (first: readonly string[], file: string): Readonly<Record<string, number>> => {
  const found = first.map((name) => name.trim().toLowerCase())
  const unknown = found.filter((name) => !header.some((known) => known === name))
  if (!found.includes('item') || !found.includes('outcome') || unknown.length > 0 || new Set(found).size !== found.length) {
    throw new CommandRefusal(`${file} must begin with the header ${header.join(',')} (item and outcome at least); nothing was decided.`)
  }
  return Object.fromEntries(found.map((name, at) => [name, at]))
}

const rowsOf = (text: string, file: string): z.infer<typeof record> => {
  try {
    return record.parse(parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }))
  } catch (error) {
    throw new CommandRefusal(`${file} is not readable as CSV (${error instanceof Error ? error.message : String(error)}); nothing was decided.`)
  }
}

const problemOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${({ reasonCode: 'reason_code', reasonText: 'reason', itemId: 'item' } as Record<string, string>)[String(issue.path[0])] ?? String(issue.path[0])}: ${issue.message}`).join('; ')

const readRow = (cells: readonly string[], columns: Readonly<Record<string, number>>, row: number): DecisionRow => {
  const cell = (name: (typeof header)[number]): string | null => blankAsNull(cells[columns[name] ?? -1])
  if (cells.length > Object.keys(columns).length) return { row, item: null, problem: 'more cells than the header has columns; a comma in a reason needs quotes' }
  const item = cell('item')
  if (item === null || !/^\d{1,15}$/.test(item)) return { row, item: null, problem: `item: "${item ?? ''}" is not a number` }
  const parsed = decisionInput.safeParse({
    itemId: Number(item), outcome: cell('outcome'), until: cell('until'), reasonCode: cell('reason_code'), reasonText: cell('reason'), openMs: null,
  })
  if (!parsed.success) return { row, item: null, problem: problemOf(parsed.error) }
  if (parsed.data.outcome === 'keep-until' && parsed.data.until === null) return { row, item: null, problem: 'until: keep-until needs a day' }
  if (parsed.data.outcome !== 'keep-until' && parsed.data.until !== null) return { row, item: null, problem: 'until: only keep-until takes a day' }
  return { row, item: parsed.data.itemId, input: parsed.data }
}

/**
 * A CSV of decisions with the header item,outcome,until,reason_code,reason. Rows that cannot be meant come back with their
 * problem; an item named twice is refused the second time, so that the order of a file never decides.
 * @throws CommandRefusal when the file has no such header or is no CSV.
 */
export const readDecisions = (text: string, file: string): readonly DecisionRow[] => {
  const [first, ...rest] = rowsOf(text, file)
  if (first === undefined) throw new CommandRefusal(`${file} is empty; nothing was decided.`)
  const columns = columnsOf(first.record, file)
  const seen = new Map<number, number>()
  return rest.map(({ record: cells, info }) => {
    const read = readRow(cells, columns, info.lines)
    if (read.item === null) return read
    const before = seen.get(read.item)
    if (before !== undefined) return { row: read.row, item: null, problem: `item ${read.item} was decided in row ${before} already` }
    seen.set(read.item, read.row)
    return read
  })
}
