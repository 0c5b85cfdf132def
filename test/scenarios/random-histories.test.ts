import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addDays } from '../../src/main/core/campaign/working-days.ts'
import { outcomeStrategy } from '../../src/shared/model/campaign.ts'
import { ada, asOf, buildWorkspace, copyWorkspace, finish, fixtureFolder, launch, mia, olga, openWorkspace, passphrase, specOf, tom, type Client } from '../support/workspace-builder.ts'
import { failed, verifyBoth } from '../support/verify-both.ts'

let place: string
let template: string
let copies = 0

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'muster-histories-'))
  template = join(place, 'workspace')
  // Keys are as old as the story: a certificate made after it would not vouch for it.
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(`${asOf}T07:00:00Z`)
  await (await buildWorkspace(template, { enrolled: [mia, ada, tom] })).close()
  vi.useRealTimers()
}, 120_000)
afterAll(() => rm(place, { recursive: true, force: true }))

const who = fc.constantFrom(olga, mia, ada, tom)
const act = fc.oneof(
  fc.record({ do: fc.constant('decide' as const), who, at: fc.nat(20), outcome: fc.constantFrom('keep' as const, 'revoke' as const, 'look-closer' as const) }),
  fc.record({ do: fc.constant('undo' as const), who, at: fc.nat(20) }),
  fc.record({ do: fc.constant('sign' as const), who }),
  fc.record({ do: fc.constant('hand-on' as const), who, at: fc.nat(20), to: who }),
  fc.record({ do: fc.constant('delegate' as const), who, to: who, days: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ do: fc.constant('leave' as const), who: fc.constantFrom(mia, tom, 'tia.team@example.com') }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 12 }) }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** Whoever can is asked, each for themself, or only the first; what they say comes to one thing by the strategy. */
const ways = fc.record({ ask: fc.constantFrom('first' as const, 'all' as const), strategy: fc.constantFrom(...outcomeStrategy.options), noAnswer: fc.constantFrom('leave-open', 'keep', 'revoke', 'follow-advice') })

const spec = ({ ask, noAnswer }: { readonly ask: string; readonly noAnswer: string }) => specOf('Random', {
  reviewers: { ask, order: ['manager', 'owner'] },
  rules: { dueOn: '2026-04-10', reasonRequired: [], controlSharePercent: 0, noAnswer },
})
const ladder = [{ day: -2, action: 'remind' as const }, { day: 0, action: 'add-manager' as const }, { day: 2, action: 'replace-by-manager' as const }, { day: 4, action: 'replace-by-fallback' as const }]
const stages = [{ name: 'Again', reviewers: specOf('x', { reviewers: { order: ['managers-manager', 'owner'] } }).reviewers, strategy: 'majority' as const, takes: ['undecided' as const, 'look-closer' as const], isInformed: false, days: 5 }]

/** What people may do at any moment; what the rules refuse is refused and changes nothing. */
async function doIt(clients: ReadonlyMap<string, Client>, campaign: number, one: Exclude<Act, { do: 'wait' | 'leave' }>): Promise<void> {
  const client = clients.get(one.who) as Client
  const queue = async (): Promise<Awaited<ReturnType<Client['review']['queue']>>['items']> => (await client.review.queue({ campaign })).items
  switch (one.do) {
    case 'decide': case 'undo': case 'hand-on': {
      const items = await queue()
      const item = items[one.at % Math.max(1, items.length)]
      if (item === undefined) return
      if (one.do === 'decide') await client.review.decide({ itemId: item.itemId, outcome: one.outcome })
      else if (one.do === 'undo') await client.review.undo({ itemId: item.itemId })
      else await client.review.passOn({ campaign, items: [item.itemId], to: one.to, reason: 'Knows better' })
      return
    }
    case 'sign': await client.review.signOff({ campaign, passphrase }); return
    case 'delegate': {
      const today = new Date().toISOString().slice(0, 10)
      await client.calendar.delegate({ person: one.who, to: one.to, fromOn: today, toOn: addDays(today, one.days), reason: 'Away' })
    }
  }
}

/** HR's file as it is once these have left. */
async function letGo(officer: Client, folder: string, gone: ReadonlySet<string>): Promise<void> {
  const today = new Date().toISOString().slice(0, 10)
  const lines = (await readFile(join(fixtureFolder(template), 'people.csv'), 'utf8')).split('\n')
  const file = join(folder, `people-${today}-${gone.size}.csv`)
  await writeFile(file, lines.map((line) => ([...gone].some((email) => line.includes(email)) ? line.replace(',active,', ',inactive,') : line)).join('\n'))
  await finish(await officer.sources.sync({ source: 'HR', asOf: today, file }))
}

test('whatever people and the calendar do, no grant is lost, none counts twice, nobody judges themself, and both verifiers accept what is sealed', { timeout: 400_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 30 }), ways, async (acts, way) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(`${asOf}T08:00:00Z`)
    const { officer, as, close, folder } = await openWorkspace(await copyWorkspace(template, join(place, `copy-${copies++}`)))
    try {
      const campaign = await launch(officer, { ...spec(way), strategy: way.strategy, escalation: ladder, stages })
      const gone = new Set<string>()
      const clients = new Map([[olga, officer], ...(await Promise.all([mia, ada, tom].map(async (email) => [email, await as(email)] as const)))])
      const { totals } = await officer.campaigns.status({ campaign })
      for (const one of acts) {
        if (one.do === 'wait') {
          vi.setSystemTime(Date.now() + one.days * 86_400_000)
          await officer.calendar.tick()
        } else if (one.do === 'leave') {
          gone.add(one.who)
          await letGo(officer, folder, gone)
        } else {
          await doIt(clients, campaign, one).catch((error: unknown) => {
            if (!(error instanceof Error && 'defined' in error && error.defined === true)) throw error
          })
        }
      }
      const { progress } = await officer.campaigns.status({ campaign })
      expect(progress.undecided + progress.kept + progress.revoked + progress.keptUntil + progress.lookCloser).toBe(progress.items)
      await officer.campaigns.close({ campaign })
      const { removals } = await officer.calendar.tick()
      expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
      const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
      expect(failed(await verifyBoth(sealed.path, { rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8'), seen: [] }))).toEqual([])
      const report = JSON.parse(await readFile(join(sealed.path, 'evidence.json'), 'utf8')) as {
        selfReviews: number; controlTotals: { final: { cases: number; undecided: number; kept: number; revoked: number; keptUntil: number; lookCloser: number } }
      }
      const { cases, undecided, kept, revoked, keptUntil, lookCloser } = report.controlTotals.final
      expect([report.selfReviews, cases, undecided + kept + revoked + keptUntil + lookCloser]).toEqual([0, totals?.inReview, totals?.inReview])
      // What was to be revoked in the end is what is carried out, and nothing else.
      expect(removals.planned).toBe(revoked)
    } finally {
      await close()
      vi.useRealTimers()
    }
  }), { numRuns: 10, endOnFailure: true })
})
