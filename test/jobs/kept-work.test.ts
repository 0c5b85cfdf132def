import { expect, it } from 'vitest'
import { keptWork } from '../../src/main/jobs/kept-work.ts'
import type { Steps } from '../../src/main/jobs/progress-stream.ts'

/** Work whose every step is let through by the test; aborting it throws, as a real reading does. */
const scripted = () => {
  const gates: PromiseWithResolvers<Steps<string>>[] = [Promise.withResolvers()]
  let isStopped = false
  async function* run(signal: AbortSignal): AsyncGenerator<Steps<string>> {
    const stopped = new Promise<never>((_, reject) => { signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }) })
    stopped.catch(() => undefined)
    try {
      for (let at = 0; ; at += 1) {
        const step = await Promise.race([gates[at]?.promise, stopped])
        if (step === undefined) return
        yield step
        if (step.state === 'done') return
      }
    } finally {
      isStopped = true
    }
  }
  return {
    run,
    give: (step: Steps<string>): void => { gates.push(Promise.withResolvers()); gates.at(-2)?.resolve(step) },
    fail: (error: Error): void => gates.at(-1)?.reject(error),
    isOver: () => isStopped,
  }
}
const working = (step: string): Steps<string> => ({ state: 'working', step, share: null })
const next = async (steps: AsyncGenerator<Steps<string>> | undefined): Promise<unknown> => (await steps?.next())?.value
const turns = async (): Promise<void> => { for (let turn = 0; turn < 20; turn += 1) await Promise.resolve() }

it('work goes on when its only reader leaves, and is followed again from its latest step to its result', async () => {
  const work = keptWork<string>()
  const script = scripted()
  expect(work.begin('Payroll', script.run)).toBe(true)
  const tab = work.follow('Payroll')
  script.give(working('page 1'))
  expect(await next(tab)).toEqual(working('page 1'))
  await tab?.return(undefined)
  script.give(working('page 2'))
  await turns()
  expect([work.names(), script.isOver()]).toEqual([['Payroll'], false])
  const another = work.follow('Payroll')
  expect(await next(another)).toEqual(working('page 2'))
  script.give({ state: 'done', result: 'read' })
  expect(await next(another)).toEqual({ state: 'done', result: 'read' })
  expect(await next(another)).toBeUndefined()
  expect([work.names(), work.follow('Payroll')]).toEqual([[], undefined])
})

it('a reader whose tab closes while nothing is told is let go at once', async () => {
  const work = keptWork<string>()
  const script = scripted()
  work.begin('Payroll', script.run)
  const tab = new AbortController()
  const waiting = next(work.follow('Payroll', tab.signal))
  tab.abort()
  expect(await waiting).toBeUndefined()
  expect(script.isOver()).toBe(false)
  await work.close()
})

it('two readers hear the same, and both hear why it failed', async () => {
  const work = keptWork<string>()
  const script = scripted()
  work.begin('Payroll', script.run)
  const readers = [work.follow('Payroll'), work.follow('Payroll')]
  script.give(working('page 1'))
  for (const reader of readers) expect(await next(reader)).toEqual(working('page 1'))
  script.fail(new Error('the token has expired'))
  for (const reader of readers) await expect(next(reader)).rejects.toThrow('the token has expired')
})

it('the same is not begun twice, stopping waits until it has really ended, and after the close nothing begins', async () => {
  const work = keptWork<string>()
  const script = scripted()
  work.begin('Payroll', script.run)
  expect(work.begin('Payroll', script.run)).toBe(false)
  expect(await work.stop('Payroll')).toBe(true)
  expect(script.isOver()).toBe(true)
  expect(await work.stop('Payroll')).toBe(false)
  const others = [scripted(), scripted()]
  for (const [at, other] of others.entries()) expect(work.begin(`source ${at}`, other.run)).toBe(true)
  await work.close()
  expect(others.map((other) => other.isOver())).toEqual([true, true])
  expect(work.begin('Payroll', script.run)).toBe(false)
})
