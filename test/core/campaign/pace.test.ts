import { expect, test } from 'vitest'
import type { EventBody, EvidenceEvent } from '../../../src/shared/model/evidence.ts'
import { startPace } from '../../../src/main/core/campaign/pace.ts'
import { sha256 } from '../../support/sha256.ts'

const packet = 'a'.repeat(64)
const mia = 'mia@example.com'

type Line = readonly [at: string, actor: string, body: EventBody]

function told(...bodies: readonly Line[]): ReturnType<ReturnType<typeof startPace>['result']> {
  const pace = startPace(1, sha256)
  for (const [seq, [ts, actor, { kind, body }]] of bodies.entries()) {
    pace.add({ v: 1, log: 'x', seq, ts: `${ts}:00.000Z`, boot: 'b', mono: seq, actor, prev: packet, kind, body } as EvidenceEvent)
  }
  return pace.result()
}

const launched: Line = ['2026-03-01T08:00', 'olga@example.com', {
  kind: 'campaign-launched', body: {
    campaign: 1, asOf: '2026-02-28', dueOn: '2026-03-20', snapshots: [], population: 3, inReview: 3, excluded: 0, reviewers: 2, specHash: packet, weights: 'test',
  },
}]
const frozen: Line = ['2026-03-01T08:01', 'olga@example.com', {
  kind: 'items-frozen', body: { campaign: 1, items: [1, 2, 3].map((item) => ({ item, packet, reviewer: item === 3 ? 'Ada@example.com' : mia, basis: 'manager' as const, subject: null, advice: 'keep' as const })) },
}]
const decision = (at: string, item: number, outcome: 'keep' | 'revoke' | 'look-closer', more: { openMs?: number; adviceVisible?: boolean; actor?: string } = {}): Line =>
  [at, more.actor ?? mia, {
    kind: 'decision-made', body: {
      campaign: 1, item, outcome, until: null, reasonCode: null, reasonText: null, packet, advice: 'keep', adviceVisible: more.adviceVisible ?? true, openMs: more.openMs ?? null,
    },
  }]

test('each day tells what was done and what was left when it ended', () => {
  const { start, days, dueDays } = told(
    launched, frozen, decision('2026-03-02T09:00', 1, 'keep'), decision('2026-03-02T09:05', 2, 'keep'), ['2026-03-02T09:06', mia, { kind: 'decision-undone', body: { campaign: 1, item: 2, undoes: 3 } }],
    decision('2026-03-04T23:59', 2, 'revoke'),
    ['2026-03-05T10:00', 'olga@example.com', { kind: 'campaign-extended', body: { campaign: 1, stage: 1, from: '2026-03-20', to: '2026-03-31', reason: 'Holidays' } }],
  )
  expect(days).toEqual([
    { day: '2026-03-01', decided: 0, undone: 0, signedOff: 0, undecided: 3, unsigned: 3 },
    { day: '2026-03-02', decided: 2, undone: 1, signedOff: 0, undecided: 2, unsigned: 3 },
    { day: '2026-03-04', decided: 1, undone: 0, signedOff: 0, undecided: 1, unsigned: 3 },
    { day: '2026-03-05', decided: 0, undone: 0, signedOff: 0, undecided: 1, unsigned: 3 },
  ])
  expect(start).toBe(3)
  expect(dueDays).toEqual(['2026-03-20', '2026-03-31'])
})

test('a decision that was changed or undone counts once, or not at all, in pace and agreement', () => {
  const { reviewers, total } = told(
    launched, frozen, decision('2026-03-02T09:00', 1, 'revoke', { openMs: 2_000 }), decision('2026-03-02T09:01', 1, 'keep', { openMs: 9_000 }),
    decision('2026-03-02T09:02', 2, 'revoke', { openMs: 31_000, adviceVisible: false }), decision('2026-03-03T09:02', 3, 'keep', { openMs: 3_000, actor: 'ada@example.com' }),
    ['2026-03-03T09:03', 'ada@example.com', { kind: 'decision-undone', body: { campaign: 1, item: 3, undoes: 5 } }],
    ['2026-03-04T09:00', 'olga@example.com', { kind: 'reviewers-reminded', body: { campaign: 1, people: [{ person: 'ADA@example.com', open: 1 }], channel: 'list' } }],
    ['2026-03-06T09:00', 'olga@example.com', { kind: 'reviewers-reminded', body: { campaign: 1, people: [{ person: 'ada@example.com', open: 1 }], channel: 'list' } }],
  )
  const figures = { decisions: 2, kept: 1, medianSeconds: 20, bulk: 0, attested: 0, decidedVisible: 1, agreedVisible: 1, decidedHidden: 1, agreedHidden: 0, plantedAnswered: 0, plantedRight: 0 }
  expect(total).toEqual(figures)
  const none = { decisions: 0, kept: 0, medianSeconds: null, bulk: 0, attested: 0, decidedVisible: 0, agreedVisible: 0, decidedHidden: 0, agreedHidden: 0, plantedAnswered: 0, plantedRight: 0 }
  expect(reviewers).toEqual([
    { person: 'ada@example.com', ...none, firstAt: null, lastAt: null, reminders: 2, remindedAt: '2026-03-06T09:00:00.000Z' },
    { person: mia, ...figures, firstAt: '2026-03-02T09:01:00.000Z', lastAt: '2026-03-02T09:02:00.000Z', reminders: 0, remindedAt: null },
  ])
})

test('answers of a stage that moved on stay their reviewers\', and no longer count as left', () => {
  const { days, total } = told(
    launched, frozen, decision('2026-03-02T09:00', 1, 'look-closer'),
    ['2026-03-03T09:00', 'olga@example.com', { kind: 'stage-closed', body: { campaign: 1, stage: 1, cases: 3, movedOn: [1], unanswered: [1, 2, 3], nextDueOn: '2026-04-10' } }],
    ['2026-03-03T09:01', 'olga@example.com', { kind: 'items-frozen', body: { campaign: 1, stage: 2, items: [{ item: 4, packet, reviewer: 'ada@example.com', basis: 'owner', subject: null, advice: 'keep', of: 1 }] } }],
  )
  expect(days.at(-1)).toEqual({ day: '2026-03-03', decided: 0, undone: 0, signedOff: 0, undecided: 3, unsigned: 3 })
  expect([total.decisions, total.kept]).toEqual([1, 0])
})
