import { expect, test } from 'vitest'
import type { EventBody, EvidenceEvent } from '../../../src/shared/model/evidence.ts'
import { startPace } from '../../../src/main/core/campaign/pace.ts'
import { decisionsHash } from '../../../src/main/core/evidence/item-standing.ts'
import { startCampaignReplay } from '../../../src/main/core/evidence/campaign-replay.ts'
import { sha256 } from '../../support/sha256.ts'

const hash = 'a'.repeat(64)
const mia = 'mia@example.com'
const olga = 'olga@example.com'
type Line = readonly [at: string, actor: string, body: EventBody]

const events = (lines: readonly Line[]): readonly EvidenceEvent[] => lines.map(([ts, actor, { kind, body }], seq) =>
  ({ v: 1, log: 'x', seq, ts: `${ts}:00.000Z`, boot: 'b', mono: seq, actor, prev: hash, kind, body }) as EvidenceEvent)

function figures(lines: readonly Line[]) {
  const pace = startPace(1, sha256)
  for (const event of events(lines)) pace.add(event)
  return pace.result()
}

const contradictions = (lines: readonly Line[]): readonly string[] => {
  const replay = startCampaignReplay(1, sha256)
  for (const event of events(lines)) replay.add(event)
  return replay.result().contradictions.map(({ detail }) => detail)
}

const begun: readonly Line[] = [
  ['2026-03-01T08:00', olga, {
    kind: 'campaign-launched',
    body: { campaign: 1, asOf: '2026-02-28', dueOn: '2026-03-20', snapshots: [], population: 3, inReview: 3, excluded: 0, reviewers: 1, specHash: hash, weights: 'test' },
  }],
  ['2026-03-01T08:01', olga, { kind: 'items-frozen', body: { campaign: 1, items: [1, 2, 3].map((item) => ({ item, packet: hash, reviewer: mia, basis: 'manager' as const, subject: null, advice: 'keep' as const })) } }],
]
const planted = (at: string, item: number, expected: 'keep' | 'revoke', isPlanted = true): Line => [at, olga, { kind: 'item-planted', body: { campaign: 1, item, expected, isPlanted, note: '' } }]
const decided = (at: string, item: number, outcome: 'keep' | 'revoke' | 'look-closer'): Line =>
  [at, mia, { kind: 'decision-made', body: { campaign: 1, item, outcome, until: null, reasonCode: null, reasonText: null, packet: hash, advice: 'keep', adviceVisible: true, openMs: null } }]
const signed = (at: string, decisions: readonly { item: number; outcome: 'keep' | 'revoke'; seq: number }[]): Line => [at, mia, {
  kind: 'sign-off',
  body: {
    campaign: 1, reviewer: mia, decided: decisions.length, undecided: 0, decisionsHash: decisionsHash(decisions, sha256), statement: '', certificateFingerprint: hash, authentication: 'passphrase',
    items: decisions.map(({ item }) => item),
  },
}]
const closed: Line = ['2026-03-05T12:00', olga, { kind: 'campaign-closed', body: { campaign: 1, items: 3, outcomes: { undecided: 0, keep: 1, revoke: 2, 'keep-until': 0, 'look-closer': 0 }, noAnswer: 'leave-open', unanswered: [] } }]
const removal = (remediation: number, item: number) => ({ remediation, item, basis: 'decision' as const, source: 'ERP', account: 'tom', entitlement: 'pay', path: 'direct', removes: 'pay', way: 'direct' as const, dueOn: '2026-03-20' })
const planOf = (at: string, ...planning: ReturnType<typeof removal>[]): Line => [at, 'system', { kind: 'remediations-planned', body: { campaign: 1, plannedOn: at.slice(0, 10), planned: planning } }]
const checked = (at: string, snapshot: number, ...seen: { remediation: number; as: 'verified-gone' | 'came-back' | 'still-there' }[]): Line =>
  [at, 'system', { kind: 'remediations-checked', body: { campaign: 1, source: 'ERP', snapshot, asOf: at.slice(0, 10), contentHash: hash, seen } }]

test('the catch rate counts answers to items whose right answer is known, and forgets those that were taken back', () => {
  const lines = [...begun, planted('2026-03-01T09:00', 1, 'revoke'), planted('2026-03-01T09:01', 2, 'revoke'), planted('2026-03-01T09:02', 3, 'keep'),
    planted('2026-03-01T09:03', 3, 'keep', false), decided('2026-03-02T09:00', 1, 'keep'), decided('2026-03-02T09:01', 2, 'revoke'), decided('2026-03-02T09:02', 3, 'keep')]
  const { planted: known, total, reviewers } = figures(lines)
  expect([known, total.plantedAnswered, total.plantedRight, reviewers[0]?.plantedRight]).toEqual([2, 2, 1, 1])
  expect(contradictions(lines)).toEqual([])
})

test('time to removal runs from the sign-off to the first proof; what came back and went again is gone, and days of removal are no days of review', () => {
  const lines = [
    ...begun, decided('2026-03-02T09:00', 1, 'revoke'), decided('2026-03-02T09:00', 2, 'revoke'), decided('2026-03-02T09:00', 3, 'keep'),
    signed('2026-03-03T09:00', [{ item: 1, outcome: 'revoke', seq: 2 }, { item: 2, outcome: 'revoke', seq: 3 }, { item: 3, outcome: 'keep', seq: 4 }]), closed, planOf('2026-03-06T09:00', removal(1, 1), removal(2, 2)),
    checked('2026-03-05T09:00', 7, { remediation: 1, as: 'verified-gone' }), checked('2026-03-08T09:00', 8, { remediation: 1, as: 'came-back' }, { remediation: 2, as: 'still-there' }),
    checked('2026-03-13T09:00', 9, { remediation: 1, as: 'verified-gone' }, { remediation: 2, as: 'verified-gone' }),
  ] as const
  const { removals, days } = figures(lines)
  expect(removals).toEqual({ planned: 2, gone: 2, back: 0, medianHours: (48 + 240) / 2 })
  expect(days.map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-05'])
  expect(figures(lines.slice(0, -1)).removals).toEqual({ planned: 2, gone: 0, back: 1, medianHours: 48 })
  expect(contradictions(lines)).toEqual([])
})

test('a right answer noted after the decision, or a removal of an item whose answer was known, contradicts the log', () => {
  expect(contradictions([...begun, decided('2026-03-02T09:00', 1, 'keep'), planted('2026-03-02T10:00', 1, 'revoke')])).toEqual(['item 1 was planted after it had been decided'])
  expect(contradictions([...begun, planted('2026-03-02T10:00', 9, 'revoke')])).toEqual(['item 9 was planted and never given out'])
  const lines = [
    ...begun, planted('2026-03-01T10:00', 1, 'revoke'), decided('2026-03-02T09:00', 1, 'revoke'), decided('2026-03-02T09:00', 2, 'revoke'), decided('2026-03-02T09:00', 3, 'keep'),
    signed('2026-03-03T09:00', [{ item: 1, outcome: 'revoke', seq: 3 }, { item: 2, outcome: 'revoke', seq: 4 }, { item: 3, outcome: 'keep', seq: 5 }]), closed, planOf('2026-03-06T09:00', removal(1, 1), removal(2, 2)),
  ]
  expect(contradictions(lines)).toEqual(['removal 1 was planned for item 1, which was planted'])
})
