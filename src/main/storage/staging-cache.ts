import type Database from 'better-sqlite3'

/**
 * Things that are described again and again (an account by each of its rows): remembered while there is room, written once. The last
 * value that was not blank wins; a value that contradicts an earlier one is counted. Memory is bounded by `limit` things.
 */
export interface DescribedThings {
  /** The staging id of the thing, new or known. `values` in the order of `columns`, null = blank. */
  readonly take: (nativeId: string, values: readonly Value[]) => number
  readonly flush: () => void
  readonly conflicts: () => number
}

export type Value = string | number | null

/** Columns computed from the others, once per write rather than once per row. */
export interface DerivedColumns {
  readonly columns: readonly string[]
  readonly of: (nativeId: string, values: readonly Value[]) => readonly Value[]
}

interface Entry { readonly id: number; readonly values: Value[]; isDirty: boolean }

export function describedThings(
  sqlite: Database.Database, table: string, columns: readonly string[], derived: DerivedColumns, limit: number,
): DescribedThings {
  const written = [...columns, ...derived.columns]
  const write = sqlite.prepare<[number, string, ...Value[]]>(
    `INSERT INTO ${table} (id, native_id, ${written.join(', ')}) VALUES (?, ?, ${written.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${written.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  )
  const read = sqlite.prepare<[string], Value[]>(`SELECT id, ${columns.join(', ')} FROM ${table} WHERE native_id = ?`).raw(true)
  const cache = new Map<string, Entry>()
  let lastId = 0
  let conflicts = 0
  let hasFlushed = false

  function flush(): void {
    for (const [nativeId, { id, values, isDirty }] of cache) {
      if (isDirty) write.run(id, nativeId, ...values, ...derived.of(nativeId, values))
    }
    cache.clear()
    hasFlushed = true
  }

  function fetch(nativeId: string): Entry | undefined {
    const row = hasFlushed ? read.get(nativeId) : undefined
    if (row === undefined) return undefined
    const [id, ...values] = row
    return { id: Number(id), values, isDirty: false }
  }

  function take(nativeId: string, values: readonly Value[]): number {
    let entry = cache.get(nativeId)
    if (entry === undefined) {
      if (cache.size >= limit) flush()
      entry = fetch(nativeId) ?? { id: ++lastId, values: values.slice(), isDirty: true }
      cache.set(nativeId, entry)
    }
    const known = entry.values
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as Value
      if (value === null || value === known[index]) continue
      if (known[index] !== null) conflicts++
      known[index] = value
      entry.isDirty = true
    }
    return entry.id
  }

  return { take, flush, conflicts: () => conflicts }
}
