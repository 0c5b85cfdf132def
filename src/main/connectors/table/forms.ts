import type { FileSourceKind } from '../../../shared/model/source.ts'
import type { Row } from '../text/row.ts'
import { decideDateOrder, parseDate, type DateOrder } from '../values/dates.ts'
import { cleanCell } from '../values/text.ts'
import { parseTime } from '../values/times.ts'
import type { Layout } from './layout.ts'
import type { TypedColumn } from './shifted.ts'
import type { Field } from './synonyms.ts'

type Form = 'date' | 'time' | ((text: string) => unknown)

/** What a field's cells must look like, for those that have a form; a function answers null where a text has it not. */
export type Forms<K extends FileSourceKind> = Partial<Record<Field<K>, Form>>
export type DateOrders<K extends FileSourceKind> = ReadonlyMap<Field<K>, DateOrder>

/** Order of day and month by date field: as the mapping says, else as the sample's unmistakable values say, column by column. */
export function dateOrders<K extends FileSourceKind>(layout: Layout<K>, forms: Forms<K>, sample: readonly Row[]): DateOrders<K> {
  const { dateOrder } = layout.mapping
  const orders = new Map<Field<K>, DateOrder>()
  for (const field of fieldsOf(forms)) {
    if (forms[field] !== 'date' && forms[field] !== 'time') continue
    orders.set(field, dateOrder !== 'auto' ? dateOrder : decideDateOrder(sample.map((row) => cellAt(row, layout.at[field]))))
  }
  return orders
}

/** Sentences for date columns whose order of day and month nothing tells. */
export function dateOrderNotes<K extends FileSourceKind>(layout: Layout<K>, forms: Forms<K>, sample: readonly Row[]): readonly string[] {
  const notes: string[] = []
  for (const [field, order] of dateOrders(layout, forms, sample)) {
    const column = layout.at[field]
    if (order !== 'undecided' || column === -1 || !sample.some((row) => isAmbiguous(cellAt(row, column)))) continue
    notes.push(
      `Column “${layout.header[column] ?? ''}” does not tell whether day or month comes first; ` +
      'dates that can be read both ways are left out until the mapping says.',
    )
  }
  return notes
}

/** The mapped columns whose cells have a form, from left to right. */
export function typedColumns<K extends FileSourceKind>(layout: Layout<K>, forms: Forms<K>, orders: DateOrders<K>): readonly TypedColumn[] {
  const typed: TypedColumn[] = []
  for (const field of fieldsOf(forms)) {
    const form: Form | undefined = forms[field]
    const at = layout.at[field]
    if (form !== undefined && at !== -1) typed.push({ at, accepts: acceptsForm(form, orders.get(field) ?? 'undecided') })
  }
  return typed.sort((a, b) => a.at - b.at)
}

// Whether a cell could stand under its header: an ambiguous or impossible date is a bad date, not a sign of slipped columns.
function acceptsForm(form: Form, order: DateOrder): (text: string) => boolean {
  if (typeof form === 'function') return (text) => form(text) !== null
  return (text) => {
    const parsed = form === 'date' ? parseDate(text, order) : parseTime(text, order)
    return typeof parsed === 'string' || parsed.fault !== 'not-a-date'
  }
}

const fieldsOf = <K extends FileSourceKind>(forms: Forms<K>): readonly Field<K>[] => Object.keys(forms) as Field<K>[]

const cellAt = (row: Row, column: number): string => cleanCell(row.cells[column] ?? '')

function isAmbiguous(text: string): boolean {
  const parsed = parseDate(text, 'undecided')
  return typeof parsed !== 'string' && parsed.fault === 'ambiguous'
}
