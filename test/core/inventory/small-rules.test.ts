import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdReasons, totalsFault } from '../../../src/main/core/inventory/control-totals.ts'
import { contentLine, escapeField, unescapeField } from '../../../src/main/core/inventory/snapshot-content.ts'
import { isWithinOneEdit, nameIndex, suggestMatches } from '../../../src/main/core/inventory/suggest-match.ts'
import { addSignIn, emptyUsageMonth } from '../../../src/main/core/inventory/usage-months.ts'

test('totals are believed only when every row read is imported, rejected or repeated', () => {
  expect(totalsFault({ rowsRead: 6, imported: 3, rejected: 2, merged: 1 })).toBeNull()
  expect(totalsFault({ rowsRead: 7, imported: 3, rejected: 2, merged: 1 })).toContain('7 rows were read, but 3 imported + 2 rejected + 1 repeated = 6')
})

test('a log may be short, a list may not', () => {
  const facts = { isCutOff: false, cutOffReason: null, records: 69, lastRecords: 100, holdBelowShare: 0.7, isLog: false, unreadRows: 0, missingPeople: 0 }
  expect(holdReasons(facts)).toHaveLength(1)
  expect(holdReasons({ ...facts, records: 70 })).toEqual([])
  expect(holdReasons({ ...facts, isLog: true })).toEqual([])
  expect(holdReasons({ ...facts, lastRecords: null })).toEqual([])
  expect(holdReasons({ ...facts, isLog: true, records: 0 })).toHaveLength(1)
})

test('different fields never make the same content line', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '\\', 't', 'n', '\t', '\n', '\r'), maxLength: 6 })
  fc.assert(fc.property(field, (text) => unescapeField(escapeField(text)) === text && !/[\t\n\r]/.test(escapeField(text))))
  fc.assert(fc.property(fc.tuple(field, field), fc.tuple(field, field), (left, right) => {
    expect(contentLine(left) === contentLine(right)).toBe(left[0] === right[0] && left[1] === right[1])
  }))
})

test('a day counts once however often somebody signed in', () => {
  const month = emptyUsageMonth('2026-05-31T10:00:00.000Z')
  addSignIn(month, '2026-05-31T10:00:00.000Z', true)
  addSignIn(month, '2026-05-31T09:00:00.000Z', true)
  addSignIn(month, '2026-05-01T09:00:00.000Z', false)
  expect(month).toEqual({ successes: 2, failures: 1, days: 2 ** 30, firstAt: '2026-05-01T09:00:00.000Z', lastSuccessAt: '2026-05-31T10:00:00.000Z' })
})

test('one letter more, less, other or swapped is near; two are not', () => {
  for (const near of ['schmid', 'schmidtt', 'schmitt', 'schmitd', 'schmidt']) expect(isWithinOneEdit('schmidt', near)).toBe(true)
  for (const far of ['schmi', 'shmitt', '', 'meier']) expect(isWithinOneEdit('schmidt', far)).toBe(false)
})

test('names are suggested whatever their order, accents and spelling, best first, and strangers are not', () => {
  const people = nameIndex([
    { identityId: 1, displayName: 'Zo\u00eb O\u2019Neil', email: 'zoe.oneil@x.example' }, { identityId: 2, displayName: 'Zoe Neil', email: null },
    { identityId: 3, displayName: 'Max Muster', email: null },
  ])
  const suggest = (nativeId: string, displayName: string | null): number[] =>
    suggestMatches({ nativeId, displayName, email: null }, people).map(({ identityId }) => identityId)
  expect(suggest('x', "O'Neil, Zoe")).toEqual([1, 2])
  expect(suggest('DOM\\Zoe.ONeil', null)).toEqual([1])
  expect(suggest('mmuster', null)).toEqual([3])
  expect(suggest('x', 'Max Musler')).toEqual([3])
  expect(suggest('svc-backup', 'Backup')).toEqual([])
})
