// Growable columns: rows arrive one at a time from a cursor whose length nobody knows, and end as exact typed arrays.

export interface Int32Column {
  readonly push: (value: number) => void
  readonly length: () => number
  /** The values so far, without the spare room. */
  readonly values: () => Int32Array
}

export function int32Column(): Int32Column {
  let values = new Int32Array(1024)
  let length = 0
  return {
    push: (value) => {
      if (length === values.length) {
        const larger = new Int32Array(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    length: () => length,
    values: () => values.slice(0, length),
  }
}

/** Each different text once. `indexOf` gives the same number for texts with the same key. */
export interface Dictionary {
  readonly indexOf: (text: string) => number
  readonly find: (text: string) => number
  readonly texts: () => readonly string[]
}

export function dictionary(keyOf: (text: string) => string = (text) => text): Dictionary {
  const texts: string[] = []
  const known = new Map<string, number>()
  return {
    indexOf: (text) => {
      const key = keyOf(text)
      const found = known.get(key)
      if (found !== undefined) return found
      known.set(key, texts.length)
      texts.push(text)
      return texts.length - 1
    },
    find: (text) => known.get(keyOf(text)) ?? -1,
    texts: () => texts,
  }
}

/** Two sources rarely spell `Accounts Payable` alike; case, width and spacing must not split a group of colleagues. */
export function foldedText(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()
}

/** Row numbers grouped by an owner: rows of owner `o` are `rows[start[o]] … rows[start[o + 1] - 1]`, in their original order. */
export interface Grouped {
  readonly start: Int32Array
  readonly rows: Int32Array
}

/** Groups rows 0…owners.length-1 by `owners[row]` in two passes (counting sort). Every owner must be in 0…count-1. */
export function groupRows(owners: Int32Array, count: number): Grouped {
  const start = new Int32Array(count + 1)
  for (const owner of owners) start[owner + 1] = (start[owner + 1] ?? 0) + 1
  for (let owner = 0; owner < count; owner++) start[owner + 1] = (start[owner + 1] ?? 0) + (start[owner] ?? 0)
  const next = start.slice()
  const rows = new Int32Array(owners.length)
  for (let row = 0; row < owners.length; row++) {
    const owner = owners[row] as number
    const at = next[owner] as number
    rows[at] = row
    next[owner] = at + 1
  }
  return { start, rows }
}

/** Place of the first value of an ascending list that is not below `value`. */
export function firstAtLeast(sorted: Float64Array | Int32Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
