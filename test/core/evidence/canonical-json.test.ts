import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotCanonicalError, canonicalJson, parseCanonical } from '../../../src/main/core/evidence/canonical-json.ts'

const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed())
const { value: canonicalValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text, fc.maxSafeInteger().map((n) => n + 0), fc.boolean(), fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

test('every value comes back from its canonical text, and the text from the value', () => {
  fc.assert(fc.property(canonicalValue, (value) => {
    const line = canonicalJson(value)
    expect(JSON.parse(line)).toEqual(value)
    expect(canonicalJson(JSON.parse(line))).toBe(line)
    const parsed = parseCanonical(line)
    expect(parsed.ok).toBe(true)
  }))
})

test('the order in which keys were written does not matter', () => {
  fc.assert(fc.property(fc.uniqueArray(text, { maxLength: 8 }), (keys) => {
    const forward = Object.fromEntries(keys.map((key) => [key, key]))
    const backward = Object.fromEntries([...keys].reverse().map((key) => [key, key]))
    expect(canonicalJson(forward)).toBe(canonicalJson(backward))
  }))
})

test('keys are ordered by UTF-16 code units as RFC 8785 section 3.2.3 shows', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
})

test('control characters are escaped as RFC 8785 section 3.2.2.2 says', () => {
  expect(canonicalJson('\u0000\b\t\n\f\r"\\/\u001f\u007f\u2028')).toBe('"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\\u001f\u007f\u2028"')
})

test.each([
  ['a fraction', { body: { score: 1.5 } }, 'body.score'],
  ['an integer of 2^53', [2 ** 53], '[0]'],
  ['not-a-number', Number.NaN, ''],
  ['a missing value', { a: undefined }, 'a'],
  ['a date object', { at: new Date(0) }, 'at'],
  ['half a character', { name: 'x\ud800' }, 'name'],
  ['half a character in a key', { '\udc00': 1 }, '\udc00'],
  ['a big integer', { n: 10n }, 'n'],
  ['an array with a hole', [1, , 3], '[1]'],
])('%s has no canonical form, and the error names the place', (_name, value, path) => {
  expect(() => canonicalJson(value)).toThrow(NotCanonicalError)
  try {
    canonicalJson(value)
  } catch (error) {
    expect(error).toMatchObject({ path })
  }
})

test('nesting without end is refused with a sentence, not with a stack overflow', () => {
  const deep: unknown = JSON.parse('['.repeat(5000) + ']'.repeat(5000))
  expect(() => canonicalJson(deep)).toThrow(/nested more than 64/)
})

test.each(['{"b":1,"a":2}', '{"a":1,"a":1}', '{"a": 1}', '[1.0]', '[1e2]', '[-0]', '"\\u0041"', ' 1',
  '"\\/"'])('%s is JSON but not canonical', (line) => {
  expect(parseCanonical(line)).toMatchObject({ ok: false, reason: 'not-canonical' })
})

test('a key named __proto__ is data like any other', () => {
  expect(parseCanonical('{"__proto__":{"a":1}}')).toMatchObject({ ok: true })
})
