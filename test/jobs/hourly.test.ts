import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hourly } from '../../src/main/jobs/hourly.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test('work is done at once and every hour, and no more after it was told to stop', async () => {
  const work = vi.fn(() => Promise.resolve())
  const { stop } = hourly(work)
  await vi.advanceTimersByTimeAsync(2 * 3_600_000)
  expect(work).toHaveBeenCalledTimes(3)
  await stop()
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(work).toHaveBeenCalledTimes(3)
})

test('work that takes longer than an hour is not begun a second time, and stopping waits for it', async () => {
  let finish = (): void => undefined
  const work = vi.fn(() => new Promise<void>((resolve) => { finish = resolve }))
  const { stop } = hourly(work)
  await vi.advanceTimersByTimeAsync(2 * 3_600_000)
  expect(work).toHaveBeenCalledTimes(1)
  let isStopped = false
  const stopped = stop().then(() => { isStopped = true })
  await vi.advanceTimersByTimeAsync(0)
  expect(isStopped).toBe(false)
  finish()
  await stopped
  expect(isStopped).toBe(true)
})

test('work that failed is tried again, and what failed is told', async () => {
  const told = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  const work = vi.fn(() => Promise.reject(new Error('disk full')))
  const { stop } = hourly(work)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(work).toHaveBeenCalledTimes(2)
  expect(told).toHaveBeenCalledTimes(2)
  await stop()
  told.mockRestore()
})
