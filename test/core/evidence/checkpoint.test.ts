import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkpointExtends, checkpointIsPrefix, formatCheckpoint, parseCheckpoint } from '../../../src/main/core/evidence/checkpoint.ts'
import { consistencyProof, leafHash, merkleRoot } from '../../../src/main/core/evidence/merkle-tree.ts'
import { sha256 } from '../../support/sha256.ts'

const leaves = Array.from({ length: 9 }, (_, index) => leafHash(Buffer.from(`entry ${index}`), sha256))
const at = (size: number, from = leaves) => ({ origin: 'muster.example/log', size, root: merkleRoot(from.slice(0, size), sha256) })

test('a checkpoint is three lines and comes back as it was', () => {
  expect(formatCheckpoint(at(0))).toBe('muster.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n')
  fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.maxSafeNat(), (root, size) => {
    expect(parseCheckpoint(formatCheckpoint({ origin: 'a log', size, root }))).toEqual({ origin: 'a log', size, root })
  }))
})

test.each([
  '', 'log\n1\n', 'log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n', 'log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n', 'log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
  'log\n1\n47DEQpj8HBSa\n', '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'log\n9007199254740993\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
  'log\r\n1\r\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\r\n',
])('%j is not a checkpoint', (text) => {
  expect(parseCheckpoint(text)).toBeUndefined()
})

test('an origin that would break the format is refused', () => {
  expect(() => formatCheckpoint({ ...at(1), origin: 'two\nlines' })).toThrow(/origin/)
  expect(() => formatCheckpoint({ ...at(1), origin: 'a+b' })).toThrow(/origin/)
})

test('a log that went on extends; one cut, rewritten or exchanged says which', () => {
  const proof = consistencyProof(leaves, 4, sha256)
  expect(checkpointExtends(at(4), at(9), proof, sha256)).toBe('extends')
  expect(checkpointExtends(at(4), at(4), [], sha256)).toBe('extends')
  expect(checkpointExtends(at(9), at(4), [], sha256)).toBe('shorter')
  expect(checkpointExtends({ ...at(4), origin: 'other' }, at(9), proof, sha256)).toBe('other-log')
  const rewritten = leaves.with(1, leafHash(Buffer.from('changed'), sha256))
  expect(checkpointExtends(at(4), at(9, rewritten), consistencyProof(rewritten, 4, sha256), sha256)).toBe('rewritten')
  const log = { origin: 'muster.example/log', size: 9 }
  expect(checkpointIsPrefix(at(4), { ...log, rootAtOlderSize: at(4).root })).toBe('extends')
  expect(checkpointIsPrefix(at(4), { ...log, rootAtOlderSize: at(4, rewritten).root })).toBe('rewritten')
  expect(checkpointIsPrefix(at(4), { ...log, size: 3, rootAtOlderSize: at(3).root })).toBe('shorter')
})
