import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/main/app.ts'
import type { EngineClient, EngineRouter } from '../../src/main/hosts/engine-types.ts'
import type { ErrorLog } from '../../src/main/hosts/error-log.ts'
import { scriptedRouter, type ScriptedCall } from './scripted-router.ts'

/** One way of reaching the engine: serve `router` as `actor` and give back a client as that host's callers have it. */
export type HostUnderTest = (router: EngineRouter, actor: Actor, log: ErrorLog) => Promise<{ readonly client: EngineClient; readonly close: () => Promise<void> }>

const mina: Actor = { email: 'mina@example.org', name: 'Mina', roles: ['officer'] }

const run = {
  id: 1, sourceId: 1, sourceName: 'hr', sourceKind: 'hr', state: 'complete', asOf: '2026-01-31', startedAt: '2026-01-31T08:00:00.000Z',
  finishedAt: null, actor: 'mina@example.org', query: 'hr.csv', file: null, rowsRead: 1, imported: 1, rejected: 0, merged: 0, fieldsDropped: 0,
  protectedColumns: [], notes: ['‮Größe 東京'], snapshotId: 7,
}

/** What the scripted engine was asked and how streams ended, for the suite to look at. */
const heard: { calls: ScriptedCall[]; endedStreams: string[]; logged: { where: string; error: unknown }[] } = { calls: [], endedStreams: [], logged: [] }

async function* syncSteps(signal: AbortSignal | undefined, source: string): AsyncGenerator<unknown> {
  try {
    yield { state: 'working', step: 'Reading', share: 0.25 }
    if (source === 'breaks') throw new Error('secret detail: disk sector 12')
    if (source === 'held') throw new ORPCError('SOURCE', { status: 422, message: 'The file shrank; the last state was kept.' })
    while (source === 'endless' && signal?.aborted !== true) {
      yield { state: 'working', step: 'Still reading', share: null }
      await new Promise((resolve) => { setTimeout(resolve, 5) })
    }
    yield { state: 'done', result: run }
  } finally {
    heard.endedStreams.push(source)
  }
}

const engine = scriptedRouter({
  'workspace.session': (call) => {
    heard.calls.push(call)
    return {
      person: { email: call.actor.email, name: call.actor.name, roles: [...call.actor.roles], isEnrolled: true },
      workspace: { name: 'Norrvale', isSample: true, rootFingerprint: 'ab'.repeat(32) }, asOf: '2026-01-31', version: '0.1.0', host: 'cli',
    }
  },
  'inventory.search': (call) => {
    heard.calls.push(call)
    return { identities: [], entitlements: [], accounts: [], more: { identities: false, entitlements: false, accounts: false } }
  },
  'campaigns.list': () => [],
  'campaigns.close': () => { throw new ORPCError('CONFLICT', { status: 409, message: 'The campaign is closed already; nothing was changed.' }) },
  'review.signOff': () => { throw new ORPCError('WRONG_PASSPHRASE', { status: 401, message: 'That is not the passphrase of this key.' }) },
  'sources.sync': (call) => syncSteps(call.signal, (call.input as { source: string }).source),
  'sources.remove': () => { throw new Error('secret detail: /home/someone/key') },
  'inventory.snapshots': () => [{ nonsense: true }],
})

/** What a call threw, as the code and sentence its caller can act on. */
const failureOf = async (call: Promise<unknown>): Promise<{ code: string; message: string; data: unknown }> => {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError) return { code: String(error.code), message: error.message, data: error.data }
    throw error
  }
  throw new Error('The call succeeded')
}

const drain = async (stream: AsyncIterable<unknown>): Promise<unknown[]> => {
  const steps: unknown[] = []
  for await (const step of stream) steps.push(step)
  return steps
}

/** Promises every host keeps, whatever carries the call. */
export const hostKeepsTheContract = (name: string, start: HostUnderTest): void => {
  describe(`${name} carries the contract`, () => {
    let client: EngineClient
    let close = async (): Promise<void> => {}

    beforeAll(async () => {
      const log: ErrorLog = (where, error) => {
        heard.logged.push({ where, error })
        return 'log-1'
      }
      ;({ client, close } = await start(engine, mina, log))
    })
    afterAll(() => close())

    it('tells the engine who is acting, whatever the caller says', async () => {
      expect((await client.workspace.session()).person.email).toBe('mina@example.org')
      const pretending = { from: 0, limit: 1, text: 'x', actor: { email: 'eve@example.org' }, context: { actor: 'eve' } }
      await client.inventory.search(pretending)
      expect(heard.calls.at(-1)).toMatchObject({ actor: { email: 'mina@example.org' }, input: { from: 0, limit: 1, text: 'x' } })
    })

    it('fills in what an input may leave out', async () => {
      await client.inventory.search({})
      expect(heard.calls.at(-1)?.input).toEqual({ from: 0, limit: 100, text: '', of: 'all' })
    })

    it('answers empty lists as empty lists', async () => {
      expect(await client.campaigns.list()).toEqual([])
    })

    it('refuses an input that breaks the contract before the engine sees it', async () => {
      const before = heard.calls.length
      const failure = await failureOf(client.inventory.search({ from: -1 }))
      expect(failure.code).toBe('INVALID')
      expect(failure.message).toContain('from')
      expect(heard.calls.length).toBe(before)
    })

    it('passes refusals on with their code and sentence', async () => {
      expect(await failureOf(client.campaigns.close({ campaign: 1 }))).toMatchObject({ code: 'CONFLICT', message: 'The campaign is closed already; nothing was changed.' })
      expect(await failureOf(client.review.signOff({ campaign: 1, passphrase: 'wrong' }))).toMatchObject({ code: 'WRONG_PASSPHRASE' })
    })

    it('keeps what nobody foresaw to the log and tells the caller only where to look', async () => {
      const failure = await failureOf(client.sources.remove({ source: 'hr' }))
      expect(failure).toMatchObject({ code: 'INTERNAL', data: { logId: 'log-1' } })
      expect(failure.message).not.toContain('secret')
      expect(heard.logged.at(-1)).toMatchObject({ where: 'sources.remove' })
    })

    it('does not hand on an answer that breaks the contract', async () => {
      expect(await failureOf(client.inventory.snapshots())).toMatchObject({ code: 'INTERNAL' })
    })

    it('streams progress in order and ends with the result, whatever script the text is in', async () => {
      const steps = await drain(await client.sources.sync({ source: 'hr', asOf: '2026-01-31' }))
      expect(steps).toEqual([{ state: 'working', step: 'Reading', share: 0.25 }, { state: 'done', result: run }])
    })

    it('carries a refusal out of the middle of a stream', async () => {
      const failure = await failureOf((async () => drain(await client.sources.sync({ source: 'held', asOf: '2026-01-31' })))())
      expect(failure).toMatchObject({ code: 'SOURCE', message: 'The file shrank; the last state was kept.' })
    })

    it('keeps an unforeseen error in the middle of a stream to the log', async () => {
      const failure = await failureOf((async () => drain(await client.sources.sync({ source: 'breaks', asOf: '2026-01-31' })))())
      expect(failure).toMatchObject({ code: 'INTERNAL', data: { logId: 'log-1' } })
      expect(failure.message).not.toContain('secret')
    })

    it('stops the work when the caller stops listening', async () => {
      const before = heard.endedStreams.filter((source) => source === 'endless').length
      for await (const step of await client.sources.sync({ source: 'endless', asOf: '2026-01-31' })) {
        expect(step.state).toBe('working')
        break
      }
      await expect.poll(() => heard.endedStreams.filter((source) => source === 'endless').length).toBe(before + 1)
    })
  })
}
