import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import { keptWork, type Ticket, type WorkMark } from '../../src/main/jobs/kept-work.ts'
import type { Steps } from '../../src/main/jobs/progress-stream.ts'
import type { KeptWork as Shown, WorkResult } from '../../src/shared/contract/work.ts'

type Checked = WorkResult<'verify'>
type Step = Steps<Checked>

/** Work whose every step is let through by the test; aborting it throws, as real work does. */
const scripted = () => {
  const gates: PromiseWithResolvers<Step>[] = [Promise.withResolvers()]
  let isStopped = false
  async function* run(signal: AbortSignal): AsyncGenerator<Step> {
    const stopped = new Promise<never>((_, reject) => { signal.addEventListener('abort', () => reject(new ORPCError('CANCELLED')), { once: true }) })
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
    give: (step: Step): void => { gates.push(Promise.withResolvers()); gates.at(-2)?.resolve(step) },
    fail: (error: Error): void => gates.at(-1)?.reject(error),
    isOver: () => isStopped,
  }
}
const ana = 'ana@company.example'
const result: Checked = { bundle: 'q3', isValid: true, checks: [] }
const ticket = (name: string, by = ana): Ticket<'verify'> => ({ kind: 'verify', name, subject: name, campaign: null, by })
const working = (step: string): Step => ({ state: 'working', step, share: null })
const next = async (steps: AsyncGenerator<Step> | null): Promise<unknown> => (await steps?.next())?.value
const turns = async (): Promise<void> => { for (let turn = 0; turn < 40; turn += 1) await Promise.resolve() }
const kept = (more: { cutOff?: readonly Shown[]; mark?: (going: readonly WorkMark[]) => void } = {}) =>
  keptWork({ now: () => '2026-11-22T09:00:00.000Z', cutOff: [], mark: () => undefined, ...more })
const standings = (work: ReturnType<typeof kept>, person = ana) => work.list(person).map(({ name, standing }) => [name, standing.state])

it('work goes on when its only reader leaves, is seen by everybody, and its result is found again by who began it until they put it away', async () => {
  const work = kept()
  const script = scripted()
  const tab = work.begin(ticket('q3'), script.run)
  script.give(working('page 1'))
  expect(await next(tab)).toEqual(working('page 1'))
  await tab?.return(undefined)
  script.give(working('page 2'))
  await turns()
  expect(script.isOver()).toBe(false)
  expect(work.list('ben@company.example')).toMatchObject([{ name: 'q3', by: ana, standing: { state: 'working', step: 'page 2', isStopping: false } }])
  script.give({ state: 'done', result })
  await turns()
  expect(work.list(ana)).toMatchObject([{ standing: { state: 'done', outcome: { kind: 'verify', result } } }])
  expect(work.list('ben@company.example')).toEqual([])
  expect(work.dismiss('q3', 'ben@company.example')).toBe(false)
  expect(work.dismiss('q3', ana)).toBe(true)
  expect(work.list(ana)).toEqual([])
})

it('a reader whose tab closes while nothing is told is let go at once', async () => {
  const work = kept()
  const script = scripted()
  const tab = new AbortController()
  const waiting = next(work.begin(ticket('q3'), script.run, tab.signal))
  tab.abort()
  expect(await waiting).toBeUndefined()
  expect(script.isOver()).toBe(false)
  await work.close()
})

it('its reader hears the result, or why it failed; the list keeps the sentence', async () => {
  const work = kept()
  const [good, bad] = [scripted(), scripted()]
  const readers = [work.begin(ticket('good'), good.run), work.begin(ticket('bad'), bad.run)] as const
  good.give({ state: 'done', result })
  expect(await next(readers[0])).toEqual({ state: 'done', result })
  expect(await next(readers[0])).toBeUndefined()
  bad.fail(new ORPCError('CONFLICT', { message: 'The disk is full.' }))
  await expect(next(readers[1])).rejects.toThrow('The disk is full.')
  expect(work.list(ana).at(-1)?.standing).toMatchObject({ state: 'failed', code: 'CONFLICT', message: 'The disk is full.' })
})

it('the same is not begun twice, stopping waits until it has really ended, and after the close nothing begins', async () => {
  const work = kept()
  const script = scripted()
  expect(work.begin(ticket('q3'), script.run)).not.toBeNull()
  expect(work.begin(ticket('q3', 'ben@company.example'), script.run)).toBeNull()
  expect(await work.stop('q3')).toBe(true)
  expect(script.isOver()).toBe(true)
  expect(standings(work)).toEqual([['q3', 'stopped']])
  expect(await work.stop('q3')).toBe(false)
  const others = [scripted(), scripted()]
  for (const [at, other] of others.entries()) expect(work.begin(ticket(`bundle ${at}`), other.run)).not.toBeNull()
  await work.close()
  expect(others.map((other) => other.isOver())).toEqual([true, true])
  expect(work.begin(ticket('q3'), script.run)).toBeNull()
})

it('work begun again replaces how it ended before, and what nobody puts away does not pile up', async () => {
  const work = kept()
  for (let at = 0; at < 40; at += 1) {
    const script = scripted()
    work.begin(ticket(`bundle ${at}`), script.run)
    script.give({ state: 'done', result })
    await turns()
  }
  expect(standings(work)).toHaveLength(30)
  const again = scripted()
  work.begin(ticket('bundle 39'), again.run)
  expect(standings(work).filter(([name]) => name === 'bundle 39')).toEqual([['bundle 39', 'working']])
  await work.close()
})

it('what the next engine would have to tell lies marked while it goes on; closing in the middle leaves the mark, an end takes it away', async () => {
  const marks: (readonly WorkMark[])[] = []
  const work = kept({ mark: (going) => marks.push(going) })
  const [launch, check, seal] = [scripted(), scripted(), scripted()]
  // Only what is marked matters here, not what the work would come to.
  const run = (script: ReturnType<typeof scripted>) => script.run as never
  work.begin({ kind: 'launch', name: 'launch:1', subject: 'Q3', campaign: 1, by: ana }, run(launch))
  work.begin(ticket('q2'), check.run)
  work.begin({ kind: 'seal', name: 'seal:2', subject: 'Q2', campaign: 2, by: ana }, run(seal))
  expect(marks.at(-1)).toEqual([
    { kind: 'launch', campaign: 1, startedAt: '2026-11-22T09:00:00.000Z' }, { kind: 'seal', campaign: 2, startedAt: '2026-11-22T09:00:00.000Z' },
  ])
  await work.stop('launch:1')
  expect(marks.at(-1)?.map(({ kind }) => kind)).toEqual(['seal'])
  await work.close()
  expect(marks.at(-1)?.map(({ kind }) => kind)).toEqual(['seal'])
})

it('what a former engine was cut off from is told to everybody until somebody puts it away', () => {
  const cut: Shown = { name: 'cut-off:0', kind: 'seal', subject: 'Q2', campaign: 2, by: '', startedAt: '2026-11-22T08:00:00.000Z', standing: { state: 'cut-off' } }
  const work = kept({ cutOff: [cut] })
  expect([standings(work), standings(work, 'ben@company.example')]).toEqual([[['cut-off:0', 'cut-off']], [['cut-off:0', 'cut-off']]])
  expect(work.dismiss('cut-off:0', 'ben@company.example')).toBe(true)
  expect(standings(work)).toEqual([])
})
