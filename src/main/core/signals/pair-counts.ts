// Counts of (group, entitlement) pairs. A Map with a million boxed keys costs ten times the memory of three integer columns, and a
// sorted list costs twenty steps a look-up; an open-addressed table in typed arrays costs one or two.

export interface PairCounts {
  readonly add: (a: number, b: number) => void
  readonly count: (a: number, b: number) => number
}

/** An empty table for non-negative pairs. `expected` only saves growing; the table grows when it must. */
export function pairCounts(expected: number): PairCounts {
  let capacity = 1024
  while (capacity < expected * 2) capacity *= 2
  let first = new Int32Array(capacity).fill(-1)
  let second = new Int32Array(capacity)
  let counts = new Int32Array(capacity)
  let used = 0

  const slotOf = (a: number, b: number): number => {
    const mask = capacity - 1
    let slot = mixed(a, b) & mask
    while (first[slot] !== -1 && (first[slot] !== a || second[slot] !== b)) slot = (slot + 1) & mask
    return slot
  }
  const grow = (): void => {
    const [oldFirst, oldSecond, oldCounts] = [first, second, counts]
    capacity *= 2
    first = new Int32Array(capacity).fill(-1)
    second = new Int32Array(capacity)
    counts = new Int32Array(capacity)
    for (let old = 0; old < oldFirst.length; old++) {
      if (oldFirst[old] === -1) continue
      const slot = slotOf(oldFirst[old] as number, oldSecond[old] as number)
      first[slot] = oldFirst[old] as number
      second[slot] = oldSecond[old] as number
      counts[slot] = oldCounts[old] as number
    }
  }
  return {
    add: (a, b) => {
      const slot = slotOf(a, b)
      if (first[slot] === -1) {
        first[slot] = a
        second[slot] = b
        used += 1
      }
      counts[slot] = (counts[slot] as number) + 1
      if (used * 4 > capacity * 3) grow()
    },
    count: (a, b) => {
      const slot = slotOf(a, b)
      return first[slot] === -1 ? 0 : (counts[slot] as number)
    },
  }
}

/** Spreads two integers over 32 bits. Source: the finalizer of MurmurHash3 (public domain). */
export function mixed(a: number, b: number): number {
  let hash = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b)) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
