import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addWorkingDays, isWorkingDay } from '../../../src/main/core/campaign/working-days.ts'

const christmas = new Set(['2026-12-25', '2026-12-28'])

test.each([
  ['2026-11-20', 1, '2026-11-23'], ['2026-11-20', -1, '2026-11-19'], ['2026-11-23', -1, '2026-11-20'], ['2026-11-22', 0, '2026-11-23'],
  ['2026-12-24', 1, '2026-12-29'], ['2026-12-29', -1, '2026-12-24'], ['2026-02-27', 1, '2026-03-02'], ['2028-02-28', 1, '2028-02-29'],
])('%s and %i working days is %s', (day, days, expected) => {
  expect(addWorkingDays(day, days, christmas)).toBe(expected)
})

test('the day reached is a working day with exactly that many working days in between', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 60 }), (from, days) => {
    const start = addDays('2024-01-01', from)
    const end = addWorkingDays(start, days, christmas)
    let worked = 0
    for (let day = addDays(start, 1); day <= end; day = addDays(day, 1)) if (isWorkingDay(day, christmas)) worked++
    expect(isWorkingDay(end, christmas)).toBe(true)
    if (isWorkingDay(start, christmas)) expect(worked).toBe(days)
  }))
})
