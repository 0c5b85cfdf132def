/**
 * Seeded randomness. Every part of the organisation draws from its own named stream, so that adding a draw in one place
 * does not reshuffle the others, and nothing depends on the platform: only 32-bit integer arithmetic.
 */
export type Random = {
  /** Whole number, both ends included. */
  int(min: number, max: number): number
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean
  pick<T>(list: readonly T[]): T
  pickWeighted<T>(list: readonly (readonly [T, number])[]): T
  shuffled<T>(list: readonly T[]): T[]
}

/** One well mixed 32-bit number out of three; the same three always give the same one. */
export function mix(a: number, b: number, c: number): number {
  let h = 0x9e3779b9
  for (const part of [a, b, c]) {
    h = Math.imul(h ^ part, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
  }
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}

/** The 32-bit key of a named stream under a seed (any safe integer). */
export function streamKey(seed: number, stream: string): number {
  let key = mix(seed | 0, Math.floor(seed / 0x1_0000_0000) | 0, stream.length)
  for (let at = 0; at < stream.length; at += 1) key = mix(key, stream.charCodeAt(at), at)
  return key
}

export function createRandom(seed: number, stream: string): Random {
  const key = streamKey(seed, stream)
  let counter = 0
  const next = (): number => {
    counter += 1
    return mix(key, counter, 0x5bd1e995)
  }
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit)
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('Nothing to pick from')
    return list[below(list.length)] as T
  }
  return {
    int: (min, max) => min + below(max - min + 1),
    chance: (percent) => below(10_000) < percent * 100,
    pick,
    pickWeighted: (list) => {
      let left = below(list.reduce((sum, [, weight]) => sum + weight, 0))
      for (const [value, weight] of list) {
        if (left < weight) return value
        left -= weight
      }
      throw new RangeError('Nothing to pick from')
    },
    shuffled: (list) => {
      const copy = [...list]
      for (let at = copy.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        const held = copy[at]
        copy[at] = copy[other] as (typeof copy)[number]
        copy[other] = held as (typeof copy)[number]
      }
      return copy
    },
  }
}
