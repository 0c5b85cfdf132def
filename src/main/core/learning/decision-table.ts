/** Decisions of the past as columns: who asked (attributes), for what (the entitlement, by convention first), and what was decided. */
export interface DecisionTable {
  readonly count: number
  readonly names: readonly string[]
  /** Per column: index into `values` of that column. */
  readonly columns: readonly Int32Array[]
  /** Per column: its different texts in order of first appearance. The empty text is "unknown", a value like any other. */
  readonly values: readonly (readonly string[])[]
  /** 1 approved (or kept), 0 denied (or revoked). All zeros where nobody has decided yet. */
  readonly approved: Uint8Array
}

export interface DecisionTableBuilder {
  /** Throws on a row whose width differs from the names'. */
  readonly add: (values: readonly (string | null)[], isApproved: boolean) => void
  readonly finish: () => DecisionTable
}

export function decisionTable(names: readonly string[]): DecisionTableBuilder {
  const known = names.map(() => new Map<string, number>())
  const columns = names.map((): number[] => [])
  const approved: number[] = []
  return {
    add: (values, isApproved) => {
      if (values.length !== names.length) throw new Error(`A decision has ${values.length} values for ${names.length} columns`)
      for (const [column, value] of values.entries()) {
        const codes = known[column] as Map<string, number>
        const text = value ?? ''
        const code = codes.get(text) ?? codes.size
        codes.set(text, code)
        columns[column]?.push(code)
      }
      approved.push(Number(isApproved))
    },
    finish: () => ({
      count: approved.length, names,
      columns: columns.map((column) => Int32Array.from(column)), values: known.map((codes) => [...codes.keys()]),
      approved: Uint8Array.from(approved),
    }),
  }
}

/** Name of the column `withProfile` adds; no history may bring a column of that name. */
export const PROFILE = 'all attributes alike'

/**
 * Name of a column that says which very grant of which person a decision was about. It counts by itself and is crossed with nothing: that
 * one person's right was taken away says nothing about the person's other rights.
 */
export const SAME_GRANT = 'same grant'

/**
 * Adds one more column: all that is known of the person, taken together. Where a history has no person's id, this comes nearest to "the
 * same person, or somebody with exactly the same job". `names` says which columns make it up, so that other rows are put together alike.
 * Crossed with a single attribute it repeats itself; the regression and the trees meet it the more often for that, which cross-validation
 * favoured over one copy, and `explain` tells it as one.
 */
export function withProfile(table: DecisionTable, names: readonly string[]): DecisionTable {
  if (table.names.includes(PROFILE)) throw new Error(`A column may not be called “${PROFILE}”`)
  const places = names.map((name) => table.names.indexOf(name))
  const known = new Map<string, number>()
  const codes = Int32Array.from({ length: table.count }, (_, row) => {
    const key = JSON.stringify(places.map((place) => table.values[place]?.[table.columns[place]?.[row] as number] ?? null))
    const code = known.get(key) ?? known.size
    known.set(key, code)
    return code
  })
  return { ...table, names: [...table.names, PROFILE], columns: [...table.columns, codes], values: [...table.values, [...known.keys()]] }
}

/** The same rows, only those chosen. Codes keep their meaning. */
export function rowsOf(table: DecisionTable, rows: Int32Array): DecisionTable {
  return {
    ...table,
    count: rows.length,
    columns: table.columns.map((column) => Int32Array.from(rows, (row) => column[row] as number)),
    approved: Uint8Array.from(rows, (row) => table.approved[row] as number),
  }
}

/** Columns of `table` in the codes another table gave the same texts; -1 for a text that one never saw. Names must agree. */
export function recoded(table: DecisionTable, names: readonly string[], values: readonly (readonly string[])[]): readonly Int32Array[] {
  return names.map((name, column) => {
    const from = table.names.indexOf(name)
    const [codes, texts] = [table.columns[from], table.values[from]]
    if (codes === undefined || texts === undefined) throw new Error(`The rows to judge have no column ${name}`)
    const known = new Map((values[column] ?? []).map((text, code) => [text, code]))
    const translated = texts.map((text) => known.get(text) ?? -1)
    return codes.map((code) => translated[code] as number)
  })
}

/**
 * Columns that say something of their own. One whose values stand for exactly the values of an earlier column (a job's code beside its
 * title) would only count the same evidence twice.
 */
export function independentColumns(table: DecisionTable): readonly number[] {
  const kept: number[] = []
  for (let column = 0; column < table.columns.length; column++) {
    if (!kept.some((earlier) => isSameGrouping(table, earlier, column))) kept.push(column)
  }
  return kept
}

function isSameGrouping(table: DecisionTable, first: number, second: number): boolean {
  const [a, b] = [table.columns[first] as Int32Array, table.columns[second] as Int32Array]
  const [forth, back] = [new Map<number, number>(), new Map<number, number>()]
  for (let row = 0; row < table.count; row++) {
    const [x, y] = [a[row] as number, b[row] as number]
    if ((forth.get(x) ?? y) !== y || (back.get(y) ?? x) !== x) return false
    forth.set(x, y)
    back.set(y, x)
  }
  // A column that never varies groups nothing, and equals any other such column.
  return table.count > 0
}
