import { expect, test } from 'vitest'
import type { ItemStanding } from '../../../src/main/core/evidence/item-standing.ts'
import { startRemediationReplay } from '../../../src/main/core/evidence/remediation-replay.ts'
import type { EventBodyOf } from '../../../src/shared/model/evidence.ts'

type Planned = EventBodyOf<'remediations-planned'>
type Seen = EventBodyOf<'remediations-checked'>['seen'][number]['as']

const closed = (noAnswer: 'leave-open' | 'revoke' = 'leave-open'): EventBodyOf<'campaign-closed'> => ({ campaign: 1, items: 2, outcomes: {} as never, noAnswer, unanswered: [] })
const item = (n: number, outcome: 'keep' | 'revoke' | null, signedOffSeq: number | null = 9): [number, ItemStanding] =>
  [n, { item: n, caseItem: n, isSuperseded: false, signedOffSeq, decision: outcome === null ? null : { outcome } } as unknown as ItemStanding]
const plan = (n: number, basis: Planned['planned'][number]['basis'] = 'decision', remediation = n): Planned => ({
  campaign: 1, plannedOn: '2026-01-01',
  planned: [{ remediation, item: n, basis, source: 'S', account: 'a', entitlement: 'e', path: 'direct', removes: 'e', way: 'direct', dueOn: '2026-01-15' }],
})

function replay() {
  const told: string[] = []
  const log = startRemediationReplay((_, detail) => { told.push(detail) })
  const items = new Map([item(1, 'revoke'), item(2, 'keep'), item(3, 'revoke', null), item(4, null, null)])
  const check = (as: Seen, snapshot: number): void =>
    log.check(0, { campaign: 1, source: 'S', snapshot, asOf: '2026-01-02', contentHash: '0'.repeat(64), seen: [{ remediation: 1, as }] })
  return { told, log, items, check }
}

test('a removal that nothing signed gives a ground for is told', () => {
  const { told, log, items } = replay()
  log.plan(0, plan(1), items, closed())
  expect(told).toEqual([])
  for (const n of [2, 3, 4, 5]) log.plan(0, plan(n), items, closed())
  expect(told).toHaveLength(4)
})

test('without an answer only the campaign\'s own rule is a ground', () => {
  const { told, log, items } = replay()
  log.plan(0, plan(4, 'no-answer'), items, closed('revoke'))
  expect(told).toEqual([])
  log.plan(0, plan(4, 'no-answer', 40), items, closed('leave-open'))
  log.plan(0, plan(1, 'no-answer', 41), items, closed('revoke'))
  expect(told).toHaveLength(2)
})

test('planning before the close, planning twice and acting on what was never planned are told', () => {
  const { told, log, items } = replay()
  log.plan(0, plan(1), items, null)
  log.plan(0, plan(1), items, closed())
  log.act(0, [77])
  expect(told).toEqual(['removals were planned before the campaign was closed', 'remediation 1 was planned twice', 'remediation 77 was never planned'])
})

test('what was never gone cannot come back, nor in the snapshot that proved it gone; what was not taken back cannot be given back', () => {
  const { told, log, items, check } = replay()
  log.plan(0, plan(1), items, closed())
  check('verified-gone', 5)
  check('came-back', 6)
  check('verified-gone', 7)
  log.takeBack(0, { campaign: 1, remediation: 1, from: 'verified-gone', to: 'restoring', reason: 'x' })
  check('restored', 8)
  expect(told).toEqual([])
  const other = replay()
  other.log.plan(0, plan(1), other.items, closed())
  other.check('came-back', 5)
  other.check('verified-gone', 6)
  other.check('came-back', 6)
  other.check('restored', 7)
  expect(other.told).toHaveLength(3)
})
