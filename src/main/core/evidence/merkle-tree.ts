// Merkle tree hash of RFC 6962 section 2.1 (the same in RFC 9162): leaf = H(0x00 ‖ entry), node = H(0x01 ‖ left ‖ right).
import { concatBytes, equalBytes, fromHex, toHex } from './bytes.ts'
import type { Hash } from './bytes.ts'

export const LEAF_PREFIX = 0

const LEAF = Uint8Array.of(LEAF_PREFIX)
const NODE = Uint8Array.of(1)

export function leafHash(entry: Uint8Array, hash: Hash): Uint8Array {
  return hash(concatBytes(LEAF, entry))
}

function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  return hash(concatBytes(NODE, left, right))
}

/**
 * All that has to be kept to append: the roots of the complete subtrees, largest first, one for each bit set in `size`.
 * A value: appending gives a new one.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly Uint8Array[] }

export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] }

export function appendLeaf(frontier: Frontier, leaf: Uint8Array, hash: Hash): Frontier {
  const peaks = [...frontier.peaks]
  let carried = leaf
  // Adding one to a binary number: every trailing one is a complete subtree of the same height as what is carried.
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop()
    if (left === undefined) throw new Error('The frontier has fewer peaks than its size asks for')
    carried = nodeHash(left, carried, hash)
  }
  peaks.push(carried)
  return { size: frontier.size + 1, peaks }
}

/** Root over all leaves so far; the empty tree's root is the hash of nothing (RFC 6962). */
export function frontierRoot(frontier: Frontier, hash: Hash): Uint8Array {
  const last = frontier.peaks.at(-1)
  if (last === undefined) return hash(new Uint8Array(0))
  return frontier.peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, hash), last)
}

/** The frontier as plain data for storing. */
export function frontierToJson(frontier: Frontier): { size: number; peaks: string[] } {
  return { size: frontier.size, peaks: frontier.peaks.map(toHex) }
}

/** Undefined when the stored data cannot be a frontier: the caller then rebuilds it from the lines. */
export function frontierFromJson(stored: { size: number; peaks: readonly string[] }): Frontier | undefined {
  const peaks = stored.peaks.map(fromHex).filter((peak) => peak?.length === 32) as Uint8Array[]
  const expected = Number.isSafeInteger(stored.size) && stored.size >= 0 ? countOnes(stored.size) : -1
  return peaks.length === expected && stored.peaks.length === expected ? { size: stored.size, peaks } : undefined
}

function countOnes(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}

/** Root of `leaves` (leaf hashes, not entries). */
export function merkleRoot(leaves: readonly Uint8Array[], hash: Hash): Uint8Array {
  let frontier = EMPTY_FRONTIER
  for (const leaf of leaves) frontier = appendLeaf(frontier, leaf, hash)
  return frontierRoot(frontier, hash)
}

/** Largest power of two strictly below n (n ≥ 2). */
function splitPoint(n: number): number {
  let split = 1
  while (split * 2 < n) split *= 2
  return split
}

/** Audit path for leaf `index` of the tree over `leaves` (leaf hashes). RFC 6962 section 2.1.1. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number, hash: Hash): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`No leaf ${index} in ${leaves.length}`)
  if (leaves.length === 1) return []
  const split = splitPoint(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...inclusionProof(left, index, hash), merkleRoot(right, hash)]
    : [...inclusionProof(right, index - split, hash), merkleRoot(left, hash)]
}

/** Proof that the tree over `leaves` continues the tree of its first `oldSize` leaves. RFC 6962 section 2.1.2. */
export function consistencyProof(leaves: readonly Uint8Array[], oldSize: number, hash: Hash): Uint8Array[] {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leaves.length) throw new RangeError(`No size ${oldSize} in ${leaves.length}`)
  return oldSize === 0 || oldSize === leaves.length ? [] : subProof(leaves, oldSize, true, hash)
}

function subProof(leaves: readonly Uint8Array[], oldSize: number, isWholeOldTree: boolean, hash: Hash): Uint8Array[] {
  if (oldSize === leaves.length) return isWholeOldTree ? [] : [merkleRoot(leaves, hash)]
  const split = splitPoint(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return oldSize <= split
    ? [...subProof(left, oldSize, isWholeOldTree, hash), merkleRoot(right, hash)]
    : [...subProof(right, oldSize - split, false, hash), merkleRoot(left, hash)]
}

/** RFC 9162 section 2.1.3.2. */
export function isIncluded(
  leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], root: Uint8Array, hash: Hash,
): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false
  let [first, last] = [index, size - 1]
  let node = leaf
  for (const step of proof) {
    if (last === 0) return false
    if (first % 2 === 1 || first === last) {
      node = nodeHash(step, node, hash)
      while (first % 2 === 0 && first !== 0) [first, last] = [half(first), half(last)]
    } else {
      node = nodeHash(node, step, hash)
    }
    ;[first, last] = [half(first), half(last)]
  }
  return last === 0 && equalBytes(node, root)
}

export type TreeHead = { readonly size: number; readonly root: Uint8Array }

/** True when `proof` shows that `newer` continues `older` without changing a leaf of it. RFC 9162 section 2.1.4.2. */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[], hash: Hash): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root)
  if (older.size === 0) return proof.length === 0 && equalBytes(older.root, hash(new Uint8Array(0)))
  const isPowerOfTwo = countOnes(older.size) === 1
  const path = isPowerOfTwo ? [older.root, ...proof] : [...proof]
  const start = path.shift()
  if (start === undefined || proof.length === 0) return false
  let [first, last] = [older.size - 1, newer.size - 1]
  while (first % 2 === 1) [first, last] = [half(first), half(last)]
  let [oldNode, newNode] = [start, start]
  for (const step of path) {
    if (last === 0) return false
    if (first % 2 === 1 || first === last) {
      oldNode = nodeHash(step, oldNode, hash)
      newNode = nodeHash(step, newNode, hash)
      while (first % 2 === 0 && first !== 0) [first, last] = [half(first), half(last)]
    } else {
      newNode = nodeHash(newNode, step, hash)
    }
    ;[first, last] = [half(first), half(last)]
  }
  return last === 0 && equalBytes(oldNode, older.root) && equalBytes(newNode, newer.root)
}

function half(n: number): number {
  return Math.floor(n / 2)
}
