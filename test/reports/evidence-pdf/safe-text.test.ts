import { expect, test } from 'vitest'
import fc from 'fast-check'
import { safeText, safeTitle } from '../../../src/main/reports/evidence-pdf/safe-text.ts'

test('names people really have come through unchanged', () => {
  for (const name of ['Maria Rossi', 'Siobhán O’Connor', 'Nguyễn Văn Thành', 'Παναγιώτης', 'Ирина Кузнецова', 'שרה כהן', 'محمد عبد الله',
    '王小明', '김민준']) {
    expect(safeText(name)).toBe(name)
  }
})

test('direction overrides, zero-width letters, tags and controls are gone', () => {
  expect(safeText('ad\u202Enim\u202C')).toBe('adnim')
  expect(safeText('pay\u200Broll\uFEFF \u2066admin\u2069')).toBe('payroll admin')
  expect(safeText('a\u0000b\u001b[31mc\u{E0041}')).toBe('ab[31mc')
})

test('line breaks and piles of blanks become one blank', () => {
  expect(safeText('  one\r\n\ttwo\u2028three \u00a0 four ')).toBe('one two three four')
})

test('a ten-kilobyte name ends in an ellipsis at the limit', () => {
  const cut = safeText('Admin '.repeat(2000), 90)
  expect([...cut].length).toBeLessThanOrEqual(90)
  expect(cut.endsWith('…')).toBe(true)
})

test('piled-up accents are cut to three', () => {
  expect([...safeText(`x${'\u0336'.repeat(400)}`)].length).toBeLessThanOrEqual(4)
})

test('whatever comes in, one clean line no longer than the limit comes out', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 60 }), (raw, limit) => {
    const clean = safeText(raw, limit)
    expect([...clean].length).toBeLessThanOrEqual(limit)
    expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|^\s|\s$/u)
  }))
})

test('a title cannot break the metadata it is written into', () => {
  expect(safeTitle('R&D <b>review</b> [x]')).toBe('RandD ‹b›review‹/b› (x)')
})
