import { afterEach, describe, expect, it } from 'vitest'
import type { CollectionEnd, LivePage } from '../../../src/main/connectors/live-connector.ts'
import { GROUPS, user } from '../../support/fake-graph/contoso.ts'
import type { Fault } from '../../support/fake-graph/faults.ts'
import { memoryMirror } from '../live/memory-mirror.ts'
import { inputOf, readOne } from '../live/reading.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'

let stage: EntraStage
afterEach(() => stage.graph.close())

async function read(collection: string, cursor: string | null = null, mirror = memoryMirror(), signal?: AbortSignal): Promise<{ pages: LivePage[]; end: CollectionEnd; lines: readonly string[] }> {
  const pages: LivePage[] = []
  const end = await readOne(stage.asking(signal === undefined ? {} : { signal }), collection, cursor, mirror, (page) => { pages.push(page) })
  return { pages, end, lines: mirror.lines() }
}

const sum = (pages: readonly LivePage[], of: 'retries' | 'throttledMs'): number => pages.reduce((total, page) => total + page[of], 0)

describe('what goes wrong on the way to Microsoft Graph', () => {
  it('waits as long as it is told to, and says so', async () => {
    stage = await entraStage()
    stage.graph.faults.plan('/users/delta', { kind: 'status', status: 429, retryAfter: '17' })
    const { pages } = await read('users')
    expect(stage.time.waits).toEqual([17_000])
    expect(sum(pages, 'retries')).toBe(1)
    expect(sum(pages, 'throttledMs')).toBe(17_000)
  })

  it('waits longer and longer, with jitter, where it is not told how long', async () => {
    stage = await entraStage()
    stage.graph.faults.plan('/identity/conditionalAccess/policies', { kind: 'status', status: 429 }, 4)
    const { pages } = await read('conditional-access-policies')
    // Those of a quarter of a second keep to one request a second.
    expect(stage.time.waits.filter((wait) => wait >= 750).slice(0, 4)).toEqual([750, 1_500, 3_000, 6_000])
    expect(sum(pages, 'retries')).toBe(4)
    expect(sum(pages, 'throttledMs')).toBeGreaterThanOrEqual(11_250)
  })

  it('gives up on a source that never stops asking to wait, and goes on from there next time', async () => {
    stage = await entraStage()
    const mirror = memoryMirror()
    let cursor: string | null = null
    stage.graph.faults.plan(/\/users\/delta\?\$skiptoken/, { kind: 'status', status: 429, retryAfter: '30' }, 100)
    await expect(readOne(stage.asking(), 'users', null, mirror, (page) => { ({ cursor } = page) })).rejects.toMatchObject({ name: 'LiveSourceError', code: 'throttled' })
    expect(stage.time.waits.length).toBeLessThan(40)
    expect(mirror.count('account')).toBe(3)
    while (stage.graph.faults.left() > 0) stage.graph.faults.take('/users/delta?$skiptoken')
    await read('users', cursor, mirror)
    expect(mirror.count('account')).toBe(10)
  })

  it.each<[string, Fault, string]>([
    ['answers with a fault of its own', { kind: 'status', status: 503 }, 'unreachable'],
    ['loses the connection', { kind: 'drop-connection' }, 'unreachable'],
    ['cuts the body off', { kind: 'cut-body' }, 'unreachable'],
    ['sends half of the JSON', { kind: 'half-json' }, 'half-answer'],
  ])('tries again when it %s, and ends with a sentence when it keeps on', async (_, fault, code) => {
    stage = await entraStage()
    const whole = await read('users')
    stage.graph.faults.plan('/users/delta', fault, 2)
    const tried = await read('users')
    expect(tried.lines).toEqual(whole.lines)
    expect(sum(tried.pages, 'retries')).toBe(2)
    stage.graph.faults.plan('/users/delta', fault, 1_000)
    const failure = await read('users').catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'LiveSourceError', code })
    expect(String(failure)).toContain('The next run goes on from here.')
    expect(String(failure)).not.toContain('127.0.0.1')
  })

  it('takes a continuation that leads in a circle once for a slip, twice for the end', async () => {
    stage = await entraStage()
    const whole = await read('users')
    stage.graph.faults.plan(/delta\?\$skiptoken/, { kind: 'repeat-next-link' })
    const tried = await read('users')
    expect(tried.lines).toEqual(whole.lines)
    expect(tried.pages.flatMap((page) => page.gaps)).toEqual([expect.stringContaining('repeated a continuation')])
    stage.graph.faults.plan(/delta\?\$skiptoken/, { kind: 'repeat-next-link' }, 100)
    await expect(read('users')).rejects.toMatchObject({ code: 'half-answer' })
  })

  it('follows an empty page that goes on', async () => {
    stage = await entraStage()
    const whole = await read('groups')
    stage.graph.faults.plan(/groups\/delta\?\$skiptoken=/, { kind: 'empty-page' }, 3)
    const tried = await read('groups')
    expect(tried.pages.filter((page) => page.records === 0)).toHaveLength(3)
    expect(tried.lines).toEqual(whole.lines)
  })

  it('records an entity named twice on a page, and holds it once', async () => {
    stage = await entraStage()
    const whole = await read('users')
    stage.graph.faults.plan('/users/delta', { kind: 'duplicate' })
    const tried = await read('users')
    expect(tried.lines).toEqual(whole.lines)
    expect(tried.pages.flatMap((page) => page.gaps)).toEqual(['Microsoft Graph named one user more than once on a page; what it said last counts.'])
  })

  it('does not take a list that ends in the middle for a whole one', async () => {
    stage = await entraStage()
    stage.graph.faults.plan('/users/delta', { kind: 'half-answered' }, 2)
    await expect(read('users')).rejects.toMatchObject({ code: 'half-answer' })
    stage.graph.faults.plan('/users/delta', { kind: 'no-value' }, 2)
    await expect(read('users')).rejects.toMatchObject({ code: 'half-answer' })
  })

  it('lets the source\'s own count show what a list without an end mark left out', async () => {
    stage = await entraStage()
    const { end, pages } = await read('groups')
    expect(end.sourceCount).toBe(pages.reduce((names, page) => {
      for (const change of page.changes) if ('put' in change && change.put === 'entitlement') names.add(change.record.entitlement)
      return names
    }, new Set<string>()).size)
  })

  it('follows no continuation to another host', async () => {
    stage = await entraStage()
    stage.graph.faults.plan('/users/delta', { kind: 'foreign-next-link' }, 2)
    await expect(read('users')).rejects.toMatchObject({ code: 'half-answer' })
  })

  it('says that the place of the last reading is lost when Graph has forgotten it', async () => {
    stage = await entraStage()
    const { end } = await read('groups')
    stage.graph.forgetChanges()
    await expect(read('groups', end.nextCursor)).rejects.toMatchObject({ name: 'LiveSourceError', code: 'expired-cursor' })
    expect((await read('groups')).end.mode).toBe('full')
    await expect(read('groups', 'no cursor of ours')).rejects.toMatchObject({ code: 'expired-cursor' })
  })

  it('lists users anew when the directory begins to stand in for HR', async () => {
    stage = await entraStage({ config: { isHr: false } })
    const { end } = await read('users')
    const asHr = { ...stage.asking(), config: { ...stage.config, isHr: true } }
    await expect(readOne(asHr, 'users', end.nextCursor, memoryMirror(), () => undefined)).rejects.toMatchObject({ code: 'expired-cursor' })
    expect((await read('users', end.nextCursor)).end.mode).toBe('changes')
  })

  it('renews a token that has ended in the middle, without anybody noticing', async () => {
    stage = await entraStage()
    const whole = await read('users')
    const reading = stage.connector.read({ ...inputOf(stage.asking()), collection: 'users', cursor: null, mirror: memoryMirror().view })
    const mirror = memoryMirror()
    for (let step = await reading.next(); step.done !== true; step = await reading.next()) {
      mirror.apply('users', step.value.changes, [])
      stage.graph.tokens.expireAll()
    }
    expect(mirror.lines()).toEqual(whole.lines)
  })

  it('asks again for the parts of a joint request that were refused', async () => {
    stage = await entraStage()
    const mirror = memoryMirror()
    await read('service-principals', null, mirror)
    const whole = await read('app-role-assignments', null, mirror)
    stage.graph.faults.plan('/appRoleAssignedTo', { kind: 'status', status: 429, retryAfter: '3' }, 2)
    const tried = await read('app-role-assignments', null, mirror)
    expect(tried.lines).toEqual(whole.lines)
    expect(sum(tried.pages, 'retries')).toBe(2)
    expect(stage.time.waits).toContain(3_000)
  })

  it('stops at once while it waits, and while it hangs', async () => {
    stage = await entraStage({
      world: { pause: (_, signal) => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => { reject(signal.reason as Error) }) }) },
    })
    for (const fault of [{ kind: 'status', status: 429, retryAfter: '600' }, { kind: 'hang' }] as const) {
      const stop = new AbortController()
      stage.graph.faults.plan('/users/delta', fault)
      const reading = read('users', null, memoryMirror(), stop.signal)
      setTimeout(() => { stop.abort(new Error('the officer cancelled')) }, 50)
      await expect(reading).rejects.toThrow('the officer cancelled')
    }
  })

  it('sees a removal in the next delta', async () => {
    stage = await entraStage()
    const mirror = memoryMirror()
    await read('users', null, mirror)
    const { end } = await read('groups', null, mirror)
    const hold = `hold ["group:${GROUPS.finance}","account","${user(1)}"]`
    expect(mirror.lines().some((line) => line.startsWith(hold))).toBe(true)
    const target = { account: user(1), entitlement: `group:${GROUPS.finance}`, path: 'direct', traits: [] }
    const nobody = { accounts: new Set<string>(), entitlements: new Set<string>() }
    const answer = await stage.connector.revoke?.({ ...inputOf(stage.asking()), target, isDryRun: false, protectedObjects: nobody })
    expect(answer).toMatchObject({ outcome: 'removed', request: `DELETE /v1.0/groups/${GROUPS.finance}/members/${user(1)}/$ref` })
    await read('groups', end.nextCursor, mirror)
    expect(mirror.lines().some((line) => line.startsWith(hold))).toBe(false)
  })
})
