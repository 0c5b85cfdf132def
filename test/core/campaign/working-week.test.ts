import { expect, test } from 'vitest'
import { addWorkingDays, isWorkingDay } from '../../../src/main/core/campaign/working-days.ts'

const none = new Set<string>()
const fridayAndSaturday = { has: (day: string) => day === '2026-11-24', weekend: new Set([5, 6]) }

test('a week that is worked from Sunday to Thursday counts its own days, and its holidays', () => {
  expect(isWorkingDay('2026-11-22', none)).toBe(false)
  expect(isWorkingDay('2026-11-22', fridayAndSaturday)).toBe(true)
  expect(isWorkingDay('2026-11-27', fridayAndSaturday)).toBe(false)
  expect(isWorkingDay('2026-11-24', fridayAndSaturday)).toBe(false)
  // From Thursday three days on: Sunday, Monday, and Wednesday, for Tuesday is a holiday.
  expect(addWorkingDays('2026-11-19', 3, fridayAndSaturday)).toBe('2026-11-25')
  expect(addWorkingDays('2026-11-28', 0, fridayAndSaturday)).toBe('2026-11-29')
})
