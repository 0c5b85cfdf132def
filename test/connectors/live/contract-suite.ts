import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LiveSourceError, type LiveConnector, type RevokeTarget } from '../../../src/main/connectors/live-connector.ts'
import { connectionTest, type LiveConfig, type SecretName } from '../../../src/shared/model/live-source.ts'
import { reject } from '../../../src/shared/model/source.ts'
import { memoryMirror } from './memory-mirror.ts'
import { inputOf, memoryCredentials, readEverything, readInPieces, readInput, type Asking, type Reading } from './reading.ts'

/** A small source of a kind, standing in for the real one, as it is before anything happened to it. */
export interface Stage {
  readonly connector: LiveConnector
  readonly config: LiveConfig
  readonly secrets: Partial<Record<SecretName, string>>
  readonly now: () => string
  /** Everything that must never come out, tokens issued so far included. */
  readonly unspeakable: () => readonly string[]
  /** Changes people, groups, memberships and rights in the source: added, changed, removed, removed and added again. */
  readonly change: () => void
  /** Takes a permission away, by the name `test` gives it. */
  readonly withhold: (permission: string) => void
  /** Makes the source refuse the secret. */
  readonly refuseSecret: () => void
  /** Rights that can and cannot be removed, if the connector removes any. */
  readonly rights: { readonly removable: readonly RevokeTarget[]; readonly refused: readonly RevokeTarget[] }
  readonly close: () => Promise<void>
}

/** What every live connector promises, whatever it reads. `open` gives the same source anew each time. */
export function liveConnectorContract(kind: string, open: () => Promise<Stage>): void {
  describe(`${kind} keeps the live connector's contract`, () => {
    let stage: Stage
    beforeEach(async () => { stage = await open() })
    afterEach(async () => { await stage.close() })

    const asking = (signal?: AbortSignal): Asking => ({
      connector: stage.connector, config: stage.config, now: stage.now, credentials: memoryCredentials(stage.secrets),
      ...(signal === undefined ? {} : { signal }),
    })
    const names = (): readonly string[] => stage.connector.collections(stage.config).map(({ name }) => name)
    const cursorsOf = (reading: Reading): Map<string, string | null> =>
      new Map([...reading.ends].map(([name, end]) => [name, end.nextCursor]))

    it('names each collection once, with a title and the version of the interface it asks', () => {
      expect(new Set(names()).size).toBe(names().length)
      for (const one of stage.connector.collections(stage.config)) {
        expect(one.title).not.toBe('')
        expect(one.apiVersion).not.toBe('')
      }
    })

    it('fills a mirror, each page telling what was asked and what came back', async () => {
      const { mirror, pages, ends } = await readEverything(asking())
      expect([...ends.keys()]).toEqual(names())
      expect(mirror.count('account') + mirror.count('person')).toBeGreaterThan(0)
      for (const { page } of pages) {
        expect(page.request).toMatch(/^(GET|POST) \S/)
        expect(page.cursor).not.toBe('')
        expect(page.records).toBeGreaterThanOrEqual(page.signIns.length)
        expect(page.retries).toBe(0)
        if (page.progress !== null) expect(page.progress >= 0 && page.progress <= 1).toBe(true)
        for (const one of page.rejects) expect(reject.safeParse(one).success).toBe(true)
      }
      for (const end of ends.values()) expect(end.mode === 'window').toBe(end.window !== null)
    })

    it('names every holder and every held entitlement of its holds', async () => {
      const { mirror } = await readEverything(asking())
      expect(mirror.count('hold') + mirror.count('person')).toBeGreaterThan(0)
      expect(mirror.dangling()).toEqual([])
    })

    it('says the same of the same source twice', async () => {
      const first = await readEverything(asking())
      const second = await readEverything(asking())
      expect(second.mirror.lines()).toEqual(first.mirror.lines())
    })

    it('goes on from any page as if it had never been cut off', async () => {
      const whole = await readEverything(asking())
      const mirror = memoryMirror()
      for (const name of names()) {
        const end = await readInPieces(asking(), name, null, mirror)
        expect({ name, mode: end.mode, window: end.window }).toEqual({ name, mode: whole.ends.get(name)?.mode, window: whole.ends.get(name)?.window })
      }
      expect(mirror.lines()).toEqual(whole.mirror.lines())
    })

    it('may say each page twice without harm', async () => {
      const whole = await readEverything(asking())
      const mirror = memoryMirror()
      for (const { collection, page } of whole.pages) {
        mirror.apply(collection, page.changes, page.signIns)
        mirror.apply(collection, page.changes, [])
      }
      for (const [name, end] of whole.ends) mirror.end(name, end)
      expect(mirror.lines()).toEqual(whole.mirror.lines())
    })

    it('brings an older mirror to where a new listing would be', async () => {
      const before = await readEverything(asking())
      stage.change()
      const after = await readEverything(asking(), before.mirror, cursorsOf(before))
      const anew = await readEverything(asking())
      const standing = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('sign-in '))
      expect(standing(after.mirror.lines())).toEqual(standing(anew.mirror.lines()))
    })

    it('goes on from any page of the changes, too', async () => {
      const first = await readEverything(asking())
      const other = await readEverything(asking())
      stage.change()
      const whole = await readEverything(asking(), first.mirror, cursorsOf(first))
      for (const name of names()) await readInPieces(asking(), name, other.ends.get(name)?.nextCursor ?? null, other.mirror)
      expect(other.mirror.lines()).toEqual(whole.mirror.lines())
    })

    it('does not begin once aborted, and stops with the reason at the page in hand', async () => {
      const before = AbortSignal.abort(new Error('cancelled before'))
      for (const name of names()) {
        await expect(stage.connector.read(readInput(asking(before), name, null, memoryMirror().view)).next()).rejects.toThrow('cancelled before')
      }
      const stop = new AbortController()
      const first = names()[0] ?? ''
      const reading = stage.connector.read(readInput(asking(stop.signal), first, null, memoryMirror().view))
      expect((await reading.next()).done).toBe(false)
      stop.abort(new Error('the officer cancelled'))
      await expect(reading.next()).rejects.toThrow('the officer cancelled')
    })

    it('knows no collection it did not name', async () => {
      const reading = stage.connector.read(readInput(asking(), 'no-such-collection', null, memoryMirror().view))
      await expect(reading.next()).rejects.toThrow(LiveSourceError)
    })

    it('tests each permission, says what would be missing, and finds none missing here', async () => {
      const answer = connectionTest.parse(await stage.connector.test(inputOf(asking())))
      expect(answer).toMatchObject({ isConnected: true })
      expect(answer.account).not.toBeNull()
      expect(answer.permissions.length).toBeGreaterThan(0)
      expect(answer.permissions.filter((one) => !one.isGranted)).toEqual([])
      for (const one of answer.permissions) for (const text of [one.why, one.without]) expect(text).toMatch(/^\S.*[.]$/)
    })

    it('names the permission that is missing, and only that', async () => {
      const permissions = (await stage.connector.test(inputOf(asking()))).permissions.map((one) => one.permission)
      for (const permission of permissions) {
        const other = await open()
        other.withhold(permission)
        const answer = await other.connector.test(inputOf({ ...asking(), connector: other.connector, config: other.config }))
        expect(answer.permissions.filter((one) => !one.isGranted).map((one) => one.permission)).toEqual([permission])
        await other.close()
      }
    })

    it('says in a sentence that the secret is missing or refused, and does not repeat it', async () => {
      const withNone: Asking = { ...asking(), credentials: memoryCredentials({}) }
      await expect(readEverything(withNone)).rejects.toMatchObject({ name: 'LiveSourceError', code: 'secret-missing' })
      stage.refuseSecret()
      const failure = await readEverything(asking()).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'LiveSourceError', code: 'sign-in-failed' })
      expect(String(failure)).toMatch(/[.]$/)
      const answer = await stage.connector.test(inputOf(asking()))
      expect(answer.isConnected).toBe(false)
      expect(answer.notes.length).toBeGreaterThan(0)
      expectSilence(JSON.stringify(answer) + String(failure) + String((failure as Error).stack))
    })

    it('lets no secret and no token out', async () => {
      const { pages, ends } = await readEverything(asking())
      const tested = await stage.connector.test(inputOf(asking()))
      expectSilence(JSON.stringify([pages, [...ends], tested]))
    })

    function expectSilence(text: string): void {
      expect(stage.unspeakable().length).toBeGreaterThan(0)
      for (const secret of stage.unspeakable()) expect(text.includes(secret)).toBe(false)
    }

    it('removes access only when told to, and finds it gone the second time', async () => {
      const revoke = stage.connector.revoke
      if (revoke === undefined) return
      const nobody = { accounts: new Set<string>(), entitlements: new Set<string>() }
      const before = (await readEverything(asking())).mirror.lines()
      for (const target of [...stage.rights.removable, ...stage.rights.refused]) {
        const dry = await revoke({ ...inputOf(asking()), target, isDryRun: true, protectedObjects: nobody })
        expect(dry.outcome, JSON.stringify([target, dry])).toBe(stage.rights.removable.includes(target) ? 'would-remove' : 'refused')
        if (dry.outcome === 'refused') for (const text of [dry.reason, dry.instead]) expect(text).toMatch(/^\S.*[.]$/)
      }
      expect((await readEverything(asking())).mirror.lines()).toEqual(before)
      for (const target of stage.rights.removable) {
        const guarded = { accounts: new Set([target.account]), entitlements: new Set<string>() }
        expect((await revoke({ ...inputOf(asking()), target, isDryRun: false, protectedObjects: guarded })).outcome).toBe('refused')
        const locked = { accounts: new Set<string>(), entitlements: new Set([target.entitlement]) }
        expect((await revoke({ ...inputOf(asking()), target, isDryRun: false, protectedObjects: locked })).outcome).toBe('refused')
        const done = await revoke({ ...inputOf(asking()), target, isDryRun: false, protectedObjects: nobody })
        expect(done.outcome, JSON.stringify([target, done])).toBe('removed')
        expect((await revoke({ ...inputOf(asking()), target, isDryRun: false, protectedObjects: nobody })).outcome).toBe('already-gone')
        expectSilence(JSON.stringify(done))
      }
      const gone = (await readEverything(asking())).mirror.lines()
      for (const target of stage.rights.removable) {
        const id = `hold ${JSON.stringify([target.entitlement, 'account', target.account])} `
        expect(before.some((line) => line.startsWith(id)), id).toBe(true)
        expect(gone.some((line) => line.startsWith(id)), id).toBe(false)
      }
    })
  })
}
