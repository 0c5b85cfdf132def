import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  EMPTY_FRONTIER, appendLeaf, consistencyProof, frontierFromJson, frontierRoot, frontierToJson, inclusionProof, isConsistent, isIncluded,
  leafHash, merkleRoot,
} from '../../../src/main/core/evidence/merkle-tree.ts'
import { sha256 } from '../../support/sha256.ts'

// The eight entries and all expected values are those of certificate-transparency's merkle_tree_test (RFC 6962).
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const PATH_0_OF_8 = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
]
const PATH_5_OF_8 = [
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
]
const CONSISTENCY_6_8 = [
  '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
]

const leaves = ENTRIES.map((entry) => leafHash(Buffer.from(entry, 'hex'), sha256))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

test('the empty tree has the hash of nothing as its root', () => {
  expect(hex(merkleRoot([], sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('roots are the published ones, whole and leaf by leaf', () => {
  let frontier = EMPTY_FRONTIER
  for (const [index, root] of ROOTS.entries()) {
    expect(hex(merkleRoot(leaves.slice(0, index + 1), sha256))).toBe(root)
    frontier = appendLeaf(frontier, leaves[index] as Uint8Array, sha256)
    expect(hex(frontierRoot(frontier, sha256))).toBe(root)
  }
})

test('audit paths and consistency proofs are the published ones', () => {
  expect(inclusionProof(leaves, 0, sha256).map(hex)).toEqual(PATH_0_OF_8)
  expect(inclusionProof(leaves, 5, sha256).map(hex)).toEqual(PATH_5_OF_8)
  expect(inclusionProof(leaves.slice(0, 3), 2, sha256).map(hex)).toEqual([ROOTS[1]])
  expect(inclusionProof(leaves.slice(0, 1), 0, sha256)).toEqual([])
  expect(consistencyProof(leaves, 6, sha256).map(hex)).toEqual(CONSISTENCY_6_8)
  expect(consistencyProof(leaves, 1, sha256).map(hex)).toEqual(PATH_0_OF_8)
  expect(consistencyProof(leaves, 8, sha256)).toEqual([])
  expect(consistencyProof(leaves.slice(0, 5), 2, sha256).map(hex)).toEqual([PATH_0_OF_8[1], PATH_5_OF_8[0]])
})

test('published proofs are accepted, and no other leaf, place, size or root with them', () => {
  const path = PATH_5_OF_8.map(bytes)
  const root = bytes(ROOTS[7] as string)
  expect(isIncluded(leaves[5] as Uint8Array, 5, 8, path, root, sha256)).toBe(true)
  expect(isIncluded(leaves[4] as Uint8Array, 5, 8, path, root, sha256)).toBe(false)
  expect(isIncluded(leaves[5] as Uint8Array, 4, 8, path, root, sha256)).toBe(false)
  expect(isIncluded(leaves[5] as Uint8Array, 5, 8, path.slice(1), root, sha256)).toBe(false)
  expect(isIncluded(leaves[5] as Uint8Array, 8, 8, path, root, sha256)).toBe(false)
  const [six, eight] = [{ size: 6, root: bytes(ROOTS[5] as string) }, { size: 8, root }]
  expect(isConsistent(six, eight, CONSISTENCY_6_8.map(bytes), sha256)).toBe(true)
  expect(isConsistent({ ...six, size: 5 }, eight, CONSISTENCY_6_8.map(bytes), sha256)).toBe(false)
  expect(isConsistent({ ...six, root: bytes(ROOTS[4] as string) }, eight, CONSISTENCY_6_8.map(bytes), sha256)).toBe(false)
  expect(isConsistent(eight, six, [], sha256)).toBe(false)
})

const tree = fc.uniqueArray(fc.uint8Array({ maxLength: 12 }), { minLength: 1, maxLength: 70, selector: hex })
  .map((entries) => entries.map((entry) => leafHash(entry, sha256)))

test('every leaf of every tree can be proved, and a proof holds for that leaf only', () => {
  fc.assert(fc.property(tree, fc.nat(), fc.nat(), (all, pick, other) => {
    const index = pick % all.length
    const proof = inclusionProof(all, index, sha256)
    const root = merkleRoot(all, sha256)
    expect(isIncluded(all[index] as Uint8Array, index, all.length, proof, root, sha256)).toBe(true)
    const wrong = other % all.length
    if (wrong !== index) expect(isIncluded(all[wrong] as Uint8Array, index, all.length, proof, root, sha256)).toBe(false)
  }), { numRuns: 60 })
})

test('every earlier head is proved consistent, and a log with one leaf changed is not', () => {
  fc.assert(fc.property(tree, fc.nat(), fc.nat(), (all, pick, change) => {
    const oldSize = pick % (all.length + 1)
    const older = { size: oldSize, root: merkleRoot(all.slice(0, oldSize), sha256) }
    const newer = { size: all.length, root: merkleRoot(all, sha256) }
    expect(isConsistent(older, newer, consistencyProof(all, oldSize, sha256), sha256)).toBe(true)
    if (oldSize === 0) return
    const changed = all.with(change % oldSize, leafHash(Buffer.from('another entry, surely'), sha256))
    const rewritten = { size: all.length, root: merkleRoot(changed, sha256) }
    expect(isConsistent(older, rewritten, consistencyProof(changed, oldSize, sha256), sha256)).toBe(false)
  }), { numRuns: 60 })
})

test('a stored frontier goes on where it stopped; one that cannot be right is refused', () => {
  let frontier = EMPTY_FRONTIER
  for (const leaf of leaves.slice(0, 5)) frontier = appendLeaf(frontier, leaf, sha256)
  const stored: unknown = JSON.parse(JSON.stringify(frontierToJson(frontier)))
  let restored = frontierFromJson(stored as { size: number; peaks: string[] })
  if (restored === undefined) throw new Error('the frontier was refused')
  for (const leaf of leaves.slice(5)) restored = appendLeaf(restored, leaf, sha256)
  expect(hex(frontierRoot(restored, sha256))).toBe(ROOTS[7])
  expect(frontierFromJson({ size: 3, peaks: ['00'] })).toBeUndefined()
  expect(frontierFromJson({ ...frontierToJson(frontier), size: 4 })).toBeUndefined()
  expect(frontierFromJson({ size: -1, peaks: [] })).toBeUndefined()
})
