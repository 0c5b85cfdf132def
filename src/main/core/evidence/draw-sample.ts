// A sample anybody can draw again: no random numbers, only a seed and SHA-256.
import { toHex, utf8Bytes } from './bytes.ts'
import type { Hash } from './bytes.ts'

/**
 * The first `size` of the items in the order of SHA-256("muster-sample-v1\n" seed "\n" item), given in ascending order. Who draws names the seed
 * before seeing the items' hashes; the same seed over the same items gives the same sample wherever it is drawn.
 */
export function drawSample(items: readonly number[], { seed, size }: { readonly seed: string; readonly size: number }, hash: Hash): number[] {
  return items
    .map((item) => ({ item, rank: toHex(hash(utf8Bytes(`muster-sample-v1\n${seed}\n${item}`))) }))
    .sort((left, right) => (left.rank < right.rank ? -1 : left.rank > right.rank ? 1 : left.item - right.item))
    .slice(0, size)
    .map(({ item }) => item)
    .sort((left, right) => left - right)
}
