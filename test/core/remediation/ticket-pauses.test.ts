import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextAsk } from '../../../src/main/core/remediation/ticket-pauses.ts'

const now = '2026-11-22T10:00:00.000Z'
const minutes = (asked: Parameters<typeof nextAsk>[1]): number => (Date.parse(nextAsk(now, asked)) - Date.parse(now)) / 60_000

test('an open ticket is asked about every hour, and after a week every six hours', () => {
  expect(minutes({ failures: 0, requestedAt: '2026-11-20T10:00:00.000Z', waitSeconds: null })).toBe(59)
  expect(minutes({ failures: 0, requestedAt: '2026-11-10T10:00:00.000Z', waitSeconds: null })).toBe(359)
})

test('a system that cannot be asked is left alone twice as long each time, never shorter than it asked for and never for good', () => {
  expect([1, 2, 3, 4, 5, 6, 40].map((failures) => minutes({ failures, requestedAt: null, waitSeconds: null }) + 1)).toEqual([60, 120, 240, 480, 960, 1_440, 1_440])
  fc.assert(fc.property(fc.nat(1_000), fc.option(fc.nat(86_400)), (failures, waitSeconds) => {
    const pause = minutes({ failures, requestedAt: null, waitSeconds }) + 1
    expect(pause).toBeGreaterThanOrEqual(Math.max(60, (waitSeconds ?? 0) / 60))
    expect(pause).toBeLessThanOrEqual(1_440)
  }))
})
