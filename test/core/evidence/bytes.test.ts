import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, fromHex, toBase64, toHex, utf8Bytes } from '../../../src/main/core/evidence/bytes.ts'

test('UTF-8, hex and base64 are the ones everybody else writes', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(Buffer.from(utf8Bytes(text))).toEqual(Buffer.from(text, 'utf8'))
  }))
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    expect(fromHex(toHex(bytes))).toEqual(bytes)
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
  }))
})

test('a lone surrogate becomes the replacement character, as in every encoder', () => {
  for (const text of ['\ud800', 'a\udc00b', '\ud83d', '\ud800\ud800\udc00']) expect(Buffer.from(utf8Bytes(text))).toEqual(Buffer.from(text))
})

test('a second spelling of the same bytes is refused', () => {
  expect(fromHex('AB')).toBeUndefined()
  expect(fromHex('abc')).toBeUndefined()
  expect(fromBase64('QQ')).toBeUndefined()
  expect(fromBase64('QR==')).toBeUndefined()
  expect(fromBase64('Q-==')).toBeUndefined()
})
