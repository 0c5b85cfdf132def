import { SAME_GRANT, type DecisionTable } from './decision-table.ts'

/**
 * A cross is one to three columns taken together: "this entitlement", "this entitlement asked for in this department", "…under this
 * manager". Each combination that occurred has a number, and counts of how often it was decided and how often approved.
 */
export interface Cross {
  /** Columns of the table, ascending. */
  readonly columns: readonly number[]
  /** The cross of all but the last column; -1 for a single column. */
  readonly base: number
  /** (number of the base's combination × width + value of the last column) → number of this combination. Singles: the value itself. */
  readonly codes: ReadonlyMap<number, number>
  readonly width: number
  readonly decided: Int32Array
  readonly approved: Int32Array
}

export interface Crosses {
  readonly list: readonly Cross[]
  /** Per cross: the combination of each row it was built from. */
  readonly codes: readonly Int32Array[]
}

function crossName(columns: readonly number[]): string {
  return columns.join('+')
}

/** All singles, pairs and triples of `columns` (places in the table), in that order; the very grant is single only. Linear in rows. */
export function buildCrosses(table: DecisionTable, columns: readonly number[], order = 3): Crosses {
  const list: Cross[] = []
  const codes: Int32Array[] = []
  const place = new Map<string, number>()
  const grant = table.names.indexOf(SAME_GRANT)
  for (const chosen of combinations(columns, order)) {
    if (chosen.length > 1 && chosen.includes(grant)) continue
    const last = chosen.at(-1) as number
    const width = (table.values[last] ?? []).length
    const base = chosen.length === 1 ? -1 : (place.get(crossName(chosen.slice(0, -1))) as number)
    const own = table.columns[last] as Int32Array
    const known = new Map<number, number>()
    const baseCodes = base < 0 ? null : (codes[base] as Int32Array)
    const numbered = baseCodes === null
      ? own
      : own.map((value, row) => numberOf(known, (baseCodes[row] as number) * width + value))
    const size = baseCodes === null ? width : known.size
    const [decided, approved] = [new Int32Array(size), new Int32Array(size)]
    for (let row = 0; row < table.count; row++) {
      const code = numbered[row] as number
      decided[code] = (decided[code] as number) + 1
      approved[code] = (approved[code] as number) + (table.approved[row] as number)
    }
    place.set(crossName(chosen), list.length)
    list.push({ columns: chosen, base, codes: known, width, decided, approved })
    codes.push(numbered)
  }
  return { list, codes }
}

/** Combinations of other rows, in the numbers of `crosses`; -1 where the combination never occurred. `columns` come from `recoded`. */
export function codesFor(crosses: readonly Cross[], columns: readonly Int32Array[]): readonly Int32Array[] {
  const found: Int32Array[] = []
  for (const cross of crosses) {
    const own = columns[cross.columns.at(-1) as number] as Int32Array
    const base = cross.base < 0 ? null : (found[cross.base] as Int32Array)
    found.push(
      base === null
        ? own
        : own.map((value, row) => {
            const before = base[row] as number
            return value < 0 || before < 0 ? -1 : (cross.codes.get(before * cross.width + value) ?? -1)
          }),
    )
  }
  return found
}

function combinations(columns: readonly number[], order: number): readonly (readonly number[])[] {
  const all: (readonly number[])[] = []
  const extend = (from: number, chosen: readonly number[], size: number): void => {
    if (chosen.length === size) {
      all.push(chosen)
      return
    }
    for (let at = from; at < columns.length; at++) extend(at + 1, [...chosen, columns[at] as number], size)
  }
  for (let size = 1; size <= order; size++) extend(0, [], size)
  return all
}

function numberOf(known: Map<number, number>, key: number): number {
  const there = known.get(key)
  if (there !== undefined) return there
  known.set(key, known.size)
  return known.size - 1
}
