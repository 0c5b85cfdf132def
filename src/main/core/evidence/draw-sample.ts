// A sample anybody can draw again: no random numbers, only a seed and SHA-256.
import { utf8Bytes } from './bytes.ts'
import type { Hash } from './bytes.ts'

/**
 * The first `size` of the items in the order of SHA-256("muster-sample-v1\n" seed "\n" item), given in ascending order. Who draws names the seed
 * before seeing the items' hashes; the same seed over the same items gives the same sample wherever it is drawn.
 */
export function drawSample(items: readonly number[], { seed, size }: { readonly seed: string; readonly size: number }, hash: Hash): number[] {
  // The first ones so far, in order: nearly every item comes after the last of them, so not all have to be sorted.
  const first: Ranked[] = []
  for (const item of items) {
    const ranked = { item, rank: hash(utf8Bytes(`muster-sample-v1\n${seed}\n${item}`)) }
    const last = first.at(-1)
    if (last !== undefined && first.length >= size && !isBefore(ranked, last)) continue
    first.splice(placeFor(first, ranked), 0, ranked)
    if (first.length > size) first.pop()
  }
  return first.map(({ item }) => item).sort((left, right) => left - right)
}

type Ranked = { readonly item: number; readonly rank: Uint8Array }

function isBefore(left: Ranked, right: Ranked): boolean {
  for (let at = 0; at < left.rank.length; at++) {
    const difference = (left.rank[at] ?? 0) - (right.rank[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return left.item < right.item
}

function placeFor(ordered: readonly Ranked[], ranked: Ranked): number {
  let [from, to] = [0, ordered.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const there = ordered[middle]
    if (there !== undefined && isBefore(there, ranked)) from = middle + 1
    else to = middle
  }
  return from
}
