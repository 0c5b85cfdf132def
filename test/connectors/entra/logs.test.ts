import { afterEach, describe, expect, it } from 'vitest'
import { user } from '../../support/fake-graph/contoso.ts'
import { memoryMirror } from '../live/memory-mirror.ts'
import { readOne } from '../live/reading.ts'
import type { CollectionEnd, LivePage } from '../../../src/main/connectors/live-connector.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'

let stage: EntraStage
afterEach(() => stage.graph.close())

async function read(cursor: string | null = null): Promise<{ pages: LivePage[]; end: CollectionEnd }> {
  const pages: LivePage[] = []
  const end = await readOne(stage.asking(), 'sign-ins', cursor, memoryMirror(), (page) => { pages.push(page) })
  return { pages, end }
}

function signIn(at: string): Parameters<EntraStage['graph']['tenant']['extraSignIns']['push']>[0] {
  return { id: at, createdDateTime: at, userId: user(1), appDisplayName: 'Ledger', status: { errorCode: 0 } }
}

describe('the sign-in log', () => {
  it('is read in half-open windows that leave no hole and count nothing twice', async () => {
    stage = await entraStage()
    stage.graph.tenant.extraSignIns.push(signIn('2026-11-10T06:00:00.000Z'))
    const { pages, end } = await read()
    const windows = stage.graph.requests.flatMap((line) => {
      const found = /createdDateTime ge (\S+) and createdDateTime lt ([^&\s]+)/.exec(line)
      return found === null || line.includes('skiptoken') ? [] : [[found[1] ?? '', found[2] ?? ''] as const]
    })
    expect(windows[0]?.[0]).toBe('2026-10-23T06:00:00.000Z')
    windows.slice(1).forEach(([from], index) => { expect(from).toBe(windows[index]?.[1]) })
    expect(windows.at(-1)?.[1]).toBe('2026-11-22T06:00:00.000Z')
    const ids = pages.flatMap((page) => page.signIns.map((one) => `${one.account} ${one.at}`))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(41)
    expect(end.window).toEqual({ from: '2026-11-05T00:00:00.000Z', to: '2026-11-22T06:00:00.000Z' })
  })

  it('leaves what has not settled for the next run, which then finds the late comers', async () => {
    stage = await entraStage()
    stage.graph.tenant.extraSignIns.push(signIn('2026-11-22T07:00:00.000Z'))
    const first = await read()
    stage.graph.tenant.extraSignIns.push(signIn('2026-11-22T06:30:00.000Z'))
    stage.now = '2026-11-22T15:00:00.000Z'
    const second = await read(first.end.nextCursor)
    expect(first.pages.flatMap((page) => page.signIns)).toHaveLength(40)
    expect(second.pages.flatMap((page) => page.signIns.map((one) => one.at))).toEqual(['2026-11-22T07:00:00.000Z', '2026-11-22T06:30:00.000Z'])
    expect(second.end.window).toEqual({ from: first.end.window?.to, to: '2026-11-22T12:00:00.000Z' })
  })

  it('says that the days between are not covered after a pause longer than the log lives', async () => {
    stage = await entraStage()
    const first = await read()
    stage.now = '2027-03-01T00:00:00.000Z'
    const { end } = await read(first.end.nextCursor)
    expect(end.window?.to).toBe('2027-02-28T21:00:00.000Z')
    expect((end.window?.from ?? '') > (first.end.window?.to ?? '')).toBe(true)
  })

  it('keeps to five requests in ten seconds and says how long it waited', async () => {
    stage = await entraStage()
    const { pages } = await read()
    expect(pages.reduce((sum, page) => sum + page.retries, 0)).toBe(0)
    expect(pages.reduce((sum, page) => sum + page.throttledMs, 0)).toBe(stage.time.waits.reduce((sum, wait) => sum + wait, 0))
    expect(stage.time.waits.length).toBeGreaterThan(0)
  })

  it('asks a window again when its continuation has expired, and counts nothing twice', async () => {
    stage = await entraStage({ sizes: { entities: 2, members: 4 } })
    const whole = await read()
    stage.graph.faults.plan(/signIns\?.*skiptoken/, { kind: 'status', status: 400, code: 'BadRequest' })
    const { pages } = await read()
    expect(stage.graph.faults.left()).toBe(0)
    expect(pages.flatMap((page) => page.signIns)).toEqual(whole.pages.flatMap((page) => page.signIns))
    expect(pages.flatMap((page) => page.gaps)).toEqual([expect.stringMatching(/no longer valid/)])
  })

  it('is an optional collection: without the licence reading says so and nothing else breaks', async () => {
    stage = await entraStage({ hasPremium: false })
    await expect(read()).rejects.toMatchObject({ code: 'permission-missing', message: expect.stringContaining('licence') as string })
    expect(stage.connector.collections(stage.config).find(({ name }) => name === 'sign-ins')?.isOptional).toBe(true)
  })
})
