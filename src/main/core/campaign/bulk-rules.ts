import { toHex, utf8Bytes, type Hash } from '../evidence/bytes.ts'

/** An item among others like it: one right of one source, held by the same kind of people. */
export interface BulkItem {
  readonly itemId: number
  readonly packetHash: string
}

export interface BulkGroup {
  /** Names the group and what it holds: it changes when anything in it does, so that nobody decides on a group they did not see. */
  readonly key: string
  readonly items: readonly BulkItem[]
  /** Items that have to be opened first, in the order in which they were drawn. */
  readonly sample: readonly number[]
}

/** Fewer than this are decided one by one just as quickly. */
export const smallestBulk = 5
/** An item that was on the screen for less was not looked at. */
export const leastOpenMs = 1_500

/** Three at least, then about the square root: 5 → 3, 25 → 5, 100 → 10, 10,000 → 100. */
export function sampleSize(items: number): number {
  return Math.min(items, Math.max(3, Math.ceil(Math.sqrt(items))))
}

/**
 * All alike items a reviewer may keep in one go, with the sample they have to open for it; null = too few to be kept together. The sample is
 * drawn by hash over everything in the group, so that anybody can draw it again and nobody can choose it. `seed` keeps two campaigns from
 * drawing the same people.
 */
export function bulkGroup(alike: readonly BulkItem[], seed: string, hash: Hash): BulkGroup | null {
  if (alike.length < smallestBulk) return null
  const hashOf = (text: string): string => toHex(hash(utf8Bytes(text)))
  const items = alike.toSorted((left, right) => left.itemId - right.itemId)
  const key = hashOf(`${seed}\n${items.map(({ itemId, packetHash }) => `${itemId}\t${packetHash}\n`).join('')}`)
  const lots = items.map(({ itemId, packetHash }) => ({ itemId, lot: hashOf(`${key}\n${packetHash}\n${itemId}`) }))
  lots.sort((left, right) => (left.lot < right.lot ? -1 : left.lot > right.lot ? 1 : left.itemId - right.itemId))
  return { key, items, sample: lots.slice(0, sampleSize(items.length)).map(({ itemId }) => itemId) }
}

export interface OpenedItem { readonly itemId: number; readonly openMs: number }

/** Null = the sample was opened; otherwise one sentence saying what is missing. */
export function sampleObstacle(group: BulkGroup, opened: readonly OpenedItem[]): string | null {
  const times = new Map(opened.map(({ itemId, openMs }) => [itemId, openMs]))
  const missing = group.sample.filter((itemId) => (times.get(itemId) ?? 0) < leastOpenMs).length
  return missing === 0 ? null : `${missing} of the ${group.sample.length} items drawn as a sample were not opened; look at each of them first.`
}
