import { describe, expect, it } from 'vitest'
import { circuitBreaker } from '../../src/main/narrators/circuit-breaker.ts'
import { ModelError } from '../../src/main/narrators/model-error.ts'
import { workQueue } from '../../src/main/narrators/work-queue.ts'

/** Work that ends when told, or when it is stopped. */
function held(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  return {
    release: () => resolve(undefined),
    run: async (signal: AbortSignal): Promise<string> => {
      log.push(`start ${name}`)
      const stopped = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new ModelError('cancelled')), { once: true })
      })
      try {
        await Promise.race([promise, stopped])
      } catch (error) {
        log.push(`stop ${name}`)
        throw error
      }
      log.push(`end ${name}`)
      return name
    },
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('the one queue before the model', () => {
  it('does one thing at a time, the most urgent first', async () => {
    const log: string[] = []
    const queue = workQueue()
    const [first, riskiest, next, open] = [held(log, 'first'), held(log, 'riskiest'), held(log, 'next'), held(log, 'open')]
    const all = [
      queue.submit({ key: 'first', priority: 'open', run: first.run }), queue.submit({ key: 'riskiest', priority: 'riskiest', run: riskiest.run }),
      queue.submit({ key: 'next', priority: 'next', run: next.run }), queue.submit({ key: 'open', priority: 'open', run: open.run }),
    ]
    expect([queue.ahead('first'), queue.ahead('open'), queue.ahead('next'), queue.ahead('riskiest'), queue.ahead('none')]).toEqual([0, 1, 2, 3, null])
    for (const one of [first, riskiest, next, open]) one.release()
    expect(await Promise.all(all)).toEqual(['first', 'riskiest', 'next', 'open'])
    expect(log.filter((line) => line.startsWith('start'))).toEqual(['start first', 'start open', 'start next', 'start riskiest'])
    expect(log.every((line, at) => (at % 2 === 0 ? line.startsWith('start') : line.startsWith('end')))).toBe(true)
  })

  it('the open item does not wait for what is only prepared: that is put back and done afterwards', async () => {
    const log: string[] = []
    const queue = workQueue()
    const [prepared, open] = [held(log, 'prepared'), held(log, 'open')]
    const before = queue.submit({ key: 'prepared', priority: 'riskiest', run: prepared.run })
    const now = queue.submit({ key: 'open', priority: 'open', run: open.run })
    await settled()
    open.release()
    prepared.release()
    expect([await now, await before]).toEqual(['open', 'prepared'])
    expect(log).toEqual(['start prepared', 'stop prepared', 'start open', 'end open', 'start prepared', 'end prepared'])
  })

  it('whoever asks for what is under way joins it; it stops only when nobody waits any more', async () => {
    const log: string[] = []
    const queue = workQueue()
    const work = held(log, 'one')
    const [a, b] = [new AbortController(), new AbortController()]
    const asked = [a, b].map(({ signal }) => queue.submit({ key: 'one', priority: 'open', run: work.run, signal }).catch((error: unknown) => (error as ModelError).code))
    await settled()
    a.abort()
    expect(await asked[0]).toBe('cancelled')
    expect(log).toEqual(['start one'])
    b.abort()
    expect(await asked[1]).toBe('cancelled')
    await settled()
    expect(log).toEqual(['start one', 'stop one'])
    expect(queue.size()).toEqual({ waiting: 0, running: 0 })
  })

  it('what was asked for in advance and is no longer needed is forgotten, unless somebody has it open', async () => {
    const log: string[] = []
    const queue = workQueue()
    const busy = held(log, 'busy')
    const ended = [queue.submit({ key: 'busy', priority: 'open', run: busy.run })]
    const ahead = ['a', 'b', 'c'].map((name) => queue.submit({ key: name, priority: 'next', owner: 'mia', run: async () => name }).catch(() => 'forgotten'))
    const opened = queue.submit({ key: 'a', priority: 'open', run: async () => 'a' })
    queue.keepOnly('mia', new Set(['b']))
    busy.release()
    await Promise.all(ended)
    expect([await Promise.all(ahead), await opened]).toEqual([['a', 'b', 'forgotten'], 'a'])
  })

  it('closed, it ends what runs, refuses what comes, and waits until all has stopped', async () => {
    const log: string[] = []
    const queue = workQueue()
    const work = held(log, 'one')
    const asked = queue.submit({ key: 'one', priority: 'open', run: work.run }).catch((error: unknown) => (error as ModelError).code)
    await settled()
    await queue.close()
    expect([await asked, log]).toEqual(['cancelled', ['start one', 'stop one']])
    await expect(queue.submit({ key: 'two', priority: 'open', run: async () => 'two' })).rejects.toThrow('Stopped')
  })
})

describe('leaving a failing server alone', () => {
  it('rests for a minute after three failures in a row; a success in between starts the count anew; a bad answer does not count', () => {
    let now = 0
    const breaker = circuitBreaker(() => now)
    breaker.failed('slow')
    breaker.failed('busy')
    breaker.succeeded()
    breaker.failed('cut-stream')
    breaker.failed('format-ignored')
    breaker.failed('no-server')
    expect(breaker.restsFor()).toBe(0)
    breaker.failed('server-error')
    expect(breaker.restsFor()).toBe(60_000)
    now = 60_000
    expect(breaker.restsFor()).toBe(0)
    breaker.failed('slow')
    expect(breaker.restsFor()).toBe(60_000)
    breaker.reset()
    expect(breaker.restsFor()).toBe(0)
  })
})
