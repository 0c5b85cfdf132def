import type { Reject, FileSourceKind } from '../../../shared/model/source.ts'
import type { Dialect, Row } from '../text/row.ts'
import { parseDate, type DateFault, type DateOrder } from '../values/dates.ts'
import { cleanCell, hasControlCharacters, MAX_CELL_CHARACTERS, quoteValue } from '../values/text.ts'
import { parseTime } from '../values/times.ts'
import { columnsFault, faultOfCutRow } from './cut-row.ts'
import { dateOrders, typedColumns, type Forms } from './forms.ts'
import type { Layout } from './layout.ts'
import { rawText, type Alignment } from './raw-text.ts'
import { isShifted } from './shifted.ts'
import { createSlipCheck } from './slipped-values.ts'
import type { Field } from './synonyms.ts'

type Code = Reject['code']
type Effect = Reject['effect']

interface Fault {
  readonly column: string | null
  readonly code: Code
  readonly reason: string
  readonly effect: Effect
}

/** Reads one row after another: `begin`, then fields, then `finish`, which tells what was wrong so far; one `row-rejected` at most. */
export interface RowReader<K extends FileSourceKind> {
  /** False when the row's columns cannot be told apart; then nothing of it may be read. */
  readonly begin: (row: Row) => boolean
  readonly hasColumn: (field: Field<K>) => boolean
  /** Whether the file has a column for the field and this row fills it. */
  readonly isFilled: (field: Field<K>) => boolean
  /** The cell whatever its length. */
  readonly whole: (field: Field<K>) => string
  /** '' when empty or too long (then dropped and noted). */
  readonly text: (field: Field<K>) => string
  /** A value that identifies something: empty, too long or with control characters, the row is refused and the answer is ''. */
  readonly key: (field: Field<K>) => string
  readonly date: (field: Field<K>) => string | null
  readonly requiredTime: (field: Field<K>) => string
  /** null when empty or not understood (then noted). `expected` completes "should hold …", `instead` says what is taken in its place. */
  readonly word: <T>(field: Field<K>, parse: (text: string) => T | null, expected: string, instead?: string) => T | null
  /** As `word`, but the row is refused where nothing is understood. */
  readonly requiredWord: <T>(field: Field<K>, parse: (text: string) => T | null, expected: string) => T | null
  readonly note: (field: Field<K> | null, code: Code, reason: string, effect: Effect) => void
  readonly columnName: (field: Field<K>) => string
  /** A value quoted for a sentence, unless it may be a protected one that slipped out of its column. */
  readonly shown: (field: Field<K>, value: string) => string
  readonly finish: () => { readonly isTaken: boolean; readonly rejects: readonly Reject[] }
}

const NONE: readonly Reject[] = []
const REMEMBERED_DAYS = 10_000

const readAs: Readonly<Record<DateOrder, string>> = {
  'month-first': ' when the month is read first', 'day-first': ' when the day is read first', undecided: '',
}

export function createRowReader<K extends FileSourceKind>(
  layout: Layout<K>, forms: Forms<K>, sample: readonly Row[], delimiter: Dialect['delimiter'],
): RowReader<K> {
  const { at, constants, header, protectedAt } = layout
  const width = header.length
  const orders = dateOrders(layout, forms, sample)
  const typed = typedColumns(layout, forms, orders)
  const isSlippedValue = createSlipCheck(protectedAt, sample)
  let row: Row = { line: 0, cells: [], fault: null }
  let faults: Fault[] = []
  let isOutOfLine = false
  let isCut = false
  let hasFormFault = false

  const columnName = (field: Field<K>): string => header[at[field]] ?? field
  // Most fields have no column in most files; what stands in for them is the same for every row.
  const fields = Object.keys(at) as Field<K>[]
  const standIns = Object.fromEntries(fields.map((field) => [field, cleanCell(constants[field] ?? '')])) as Record<Field<K>, string>
  const cell = (field: Field<K>): string => {
    const column = at[field]
    return column === -1 ? standIns[field] : cleanCell(row.cells[column] ?? '')
  }
  // A list has far fewer different days than rows.
  const days = new Map<string, string>()
  const readDate = (value: string, order: DateOrder): string | DateFault => {
    const key = order === 'undecided' ? value : order + value
    const known = days.get(key)
    if (known !== undefined) return known
    const parsed = parseDate(value, order)
    if (typeof parsed !== 'string' || value.length > 40) return parsed
    if (days.size >= REMEMBERED_DAYS) days.clear()
    days.set(key, parsed)
    return parsed
  }
  const fail = (column: string | null, code: Code, reason: string, effect: Effect): void => {
    faults.push({ column, code, reason, effect })
  }
  const note: RowReader<K>['note'] = (field, code, reason, effect) => fail(field === null ? null : columnName(field), code, reason, effect)
  const isBesideProtected = (column: number): boolean => protectedAt.some((other) => Math.abs(other - column) === 1)
  const shown = (field: Field<K>, value: string): string =>
    (hasFormFault && isBesideProtected(at[field])) || isSlippedValue(row.cells, at[field]) ? 'something else' : quoteValue(value)
  const isSlipped = (): boolean => row.cells.some((_, column) => isSlippedValue(row.cells, column))

  function begin(next: Row): boolean {
    row = next
    faults = []
    hasFormFault = false
    isOutOfLine = true
    const count = row.cells.length
    const cut = count < width ? faultOfCutRow(row, width) : null
    isCut = cut !== null
    const isWrongWidth = count < width || row.cells.slice(width).some((extra) => extra.trim() !== '')
    const fault = row.fault ?? cut ?? (isWrongWidth ? columnsFault(count, width) : null)
    if (fault === null) isOutOfLine = false
    else fail(null, fault.code, fault.reason, 'row-rejected')
    return !isOutOfLine
  }

  function text(field: Field<K>): string {
    const value = cell(field)
    if (value.length <= MAX_CELL_CHARACTERS) return value
    note(field, 'too-long', tooLong(columnName(field), value), 'field-dropped')
    return ''
  }

  function key(field: Field<K>): string {
    const value = cell(field)
    const name = columnName(field)
    if (value === '') note(field, 'missing-required', `Column “${name}” is empty, and it is required.`, 'row-rejected')
    else if (value.length > MAX_CELL_CHARACTERS) note(field, 'too-long', tooLong(name, value), 'row-rejected')
    else if (hasControlCharacters(value)) note(field, 'bad-value', `Column “${name}” holds a control character.`, 'row-rejected')
    else return value
    return ''
  }

  function date(field: Field<K>): string | null {
    const value = cell(field)
    if (value === '') return null
    const parsed = readDate(value, orders.get(field) ?? 'undecided')
    if (typeof parsed === 'string') return parsed
    badDate(field, value, parsed, 'field-dropped')
    return null
  }

  function requiredTime(field: Field<K>): string {
    const value = cell(field)
    if (value === '') return key(field)
    const parsed = parseTime(value, orders.get(field) ?? 'undecided')
    if (typeof parsed === 'string') return parsed
    badDate(field, value, parsed, 'row-rejected')
    return ''
  }

  function badDate(field: Field<K>, value: string, { fault }: DateFault, effect: Effect): void {
    hasFormFault = true
    const name = columnName(field)
    const said = shown(field, value)
    const order = /^\d{1,2}[-/]/.test(value) ? readAs[orders.get(field) ?? 'undecided'] : ''
    const reasons: Record<DateFault['fault'], string> = {
      'not-a-date': `Column “${name}” should hold a date, but holds ${said}.`,
      impossible: `Column “${name}” holds ${said}, which is no real date${order}.`,
      ambiguous: `Column “${name}” holds ${said}, where day and month cannot be told apart; choose the date order in the mapping.`,
      'out-of-range': `Column “${name}” holds ${said}, which lies before 1900.`,
    }
    note(field, fault === 'out-of-range' ? 'out-of-range' : 'bad-date', reasons[fault], effect)
  }

  function word<T>(
    field: Field<K>, parse: (value: string) => T | null, expected: string, instead = '', effect: Effect = 'field-dropped',
  ): T | null {
    const value = cell(field)
    if (value === '') return null
    const parsed = parse(value)
    if (parsed !== null) return parsed
    hasFormFault = true
    const reason = `Column “${columnName(field)}” should hold ${expected}, but holds ${shown(field, value)}${instead && `; ${instead}`}.`
    note(field, 'bad-value', reason, effect)
    return null
  }

  function requiredWord<T>(field: Field<K>, parse: (value: string) => T | null, expected: string): T | null {
    if (cell(field) === '') key(field)
    return word(field, parse, expected, '', 'row-rejected')
  }

  function finish() {
    if (faults.length === 0) return { isTaken: true, rejects: NONE }
    if (hasFormFault && isShifted(row.cells, typed)) {
      isOutOfLine = true
      const column = faults[0]?.column ?? null
      const reason = `The row's values stand one column beside their headers, at the latest from column “${column ?? ''}” on.`
      faults = [{ column, code: 'shifted-columns', reason, effect: 'row-rejected' }]
    }
    const refusal = faults.find((fault) => fault.effect === 'row-rejected')
    const alignment: Alignment = isOutOfLine ? 'out-of-line' : hasFormFault || isSlipped() ? 'doubtful' : 'lined-up'
    // A copy's cut row holds nothing a protected value could have slipped into.
    const raw = isCut ? rawText({ ...row, cells: [...row.cells.slice(0, -1), '…'] }, delimiter, [], alignment, width)
      : rawText(row, delimiter, protectedAt, alignment, width)
    const told = refusal === undefined ? faults : [refusal]
    return { isTaken: refusal === undefined, rejects: told.map((fault) => ({ row: row.line, ...fault, raw })) }
  }

  const isFilled = (field: Field<K>): boolean => at[field] !== -1 && cell(field) !== ''
  const hasColumn = (field: Field<K>): boolean => at[field] !== -1
  return {
    begin, hasColumn, isFilled, whole: cell, text, key, date, requiredTime, word, requiredWord, note, columnName, shown, finish,
  }
}

const tooLong = (name: string, value: string): string =>
  `Column “${name}” holds ${value.length.toLocaleString('en')} characters; at most ${MAX_CELL_CHARACTERS.toLocaleString('en')} are taken.`
