import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startCampaignReplay } from '../../../src/main/core/evidence/campaign-replay.ts'
import { agreesWithAdvice, decisionsHash, stateOf } from '../../../src/main/core/evidence/item-standing.ts'
import { compareItem, compareTotals, missingExceptions } from '../../../src/main/core/evidence/report-comparison.ts'
import { campaignTotals, medianSeconds } from '../../../src/main/core/evidence/report-totals.ts'
import { evidenceEvent } from '../../../src/shared/model/evidence.ts'
import type { EventBody } from '../../../src/shared/model/evidence.ts'
import { CAMPAIGN, headOf, itemsOf, recordCampaign, replayOf, startLog } from '../../support/sample-campaign.ts'
import type { EventLog } from '../../support/sample-campaign.ts'
import { sha256, sha256Hex } from '../../support/sha256.ts'

const anna = 'anna@example.com'
const ben = 'ben@example.com'
const packet = sha256Hex('packet')
const note = `log\n1\n${Buffer.alloc(32).toString('base64')}\n`

type Frozen = Extract<EventBody, { kind: 'items-frozen' }>['body']['items'][number]

function launched(items: Partial<Frozen>[] = [{}], facts: { inReview?: number; population?: number } = {}): EventLog {
  const log = startLog()
  const inReview = facts.inReview ?? items.length
  log.add('officer@example.com', {
    kind: 'campaign-launched',
    body: {
      campaign: CAMPAIGN, asOf: '2026-11-20', dueOn: '2026-12-01', snapshots: [], population: facts.population ?? inReview, inReview,
        excluded: 0,
      reviewers: 1, specHash: packet, weights: 'test',
    },
  })
  log.add('officer@example.com', {
    kind: 'items-frozen',
    body: {
      campaign: CAMPAIGN,
      items: items.map((item, index) => ({ item: index + 1, packet, reviewer: anna, basis: 'manager', subject: null, advice: 'keep',
        ...item })),
    },
  })
  return log
}

type Decision = Extract<EventBody, { kind: 'decision-made' }>['body']

function decide(log: EventLog, decision: Partial<Decision> = {}, actor = anna): number {
  return log.add(actor, {
    kind: 'decision-made',
    body: {
      campaign: CAMPAIGN, item: 1, outcome: 'keep', until: null, reasonCode: null, reasonText: null, packet, advice: 'keep',
        adviceVisible: true,
      openMs: null, ...decision,
    },
  })
}

function undo(log: EventLog, undoes: number, item = 1): void {
  log.add(anna, { kind: 'decision-undone', body: { campaign: CAMPAIGN, item, undoes } })
}

function signOff(log: EventLog, facts: { items?: number[]; hash?: string; reviewer?: string; actor?: string } = {}): void {
  const items = facts.items ?? [1]
  const decided = items.flatMap((item) => {
    const decision = replayOf(log).items.get(item)?.decision
    return decision == null ? [] : [{ item, outcome: decision.outcome, seq: decision.seq }]
  })
  log.add(facts.actor ?? anna, {
    kind: 'sign-off',
    body: {
      campaign: CAMPAIGN, reviewer: facts.reviewer ?? anna, decided: decided.length, undecided: 0,
      decisionsHash: facts.hash ?? decisionsHash(decided, sha256), statement: 'mine', certificateFingerprint: packet,
      authentication: 'passphrase', items,
    },
  })
}

function close(log: EventLog, facts: { unanswered?: number[]; keep?: number; items?: number } = {}): void {
  log.add('officer@example.com', {
    kind: 'campaign-closed',
    body: {
      campaign: CAMPAIGN, items: facts.items ?? 1, noAnswer: 'leave-open', unanswered: facts.unanswered ?? [],
      outcomes: { undecided: 0, keep: facts.keep ?? 1, revoke: 0, 'keep-until': 0, 'look-closer': 0 },
    },
  })
}

const standing = (log: EventLog, item = 1) => replayOf(log).items.get(item)
const told = (log: EventLog) => replayOf(log).contradictions.map(({ detail }) => detail)

test('an undo brings back what stood before, down to undecided', () => {
  const log = launched()
  const first = decide(log, { outcome: 'keep' })
  const second = decide(log, { outcome: 'revoke' })
  expect(standing(log)?.decision).toMatchObject({ outcome: 'revoke', seq: second, decidedBy: anna })
  undo(log, second)
  expect(standing(log)?.decision).toMatchObject({ outcome: 'keep', seq: first })
  undo(log, first)
  expect(standing(log)?.decision).toBeNull()
  expect(told(log)).toEqual([])
})

test('events of other campaigns change nothing', () => {
  const log = launched()
  decide(log)
  const before = standing(log)
  decide(log, { campaign: CAMPAIGN + 1, outcome: 'revoke' })
  expect(standing(log)).toEqual(before)
})

describe('the log contradicts itself', () => {
  test.each<[string, () => EventLog, RegExp]>([
    ['without a launch', () => startLog(), /no launch/],
    ['when fewer items were given out than announced', () => launched([{}], { inReview: 2 }), /2 grants were announced.*1 were given out/],
    ['when the population does not add up', () => launched([{}], { population: 5 }), /population 5 is not 1 in review/],
    ['when an item was given out twice', () => launched([{ item: 1 }, { item: 1 }]), /given out twice/],
    ['by a decision on an item nobody was given', () => doing(launched(), (log) => decide(log, { item: 9 })),
      /item 9, which was never given/],
    ['by a decision on other evidence', () => doing(launched(), (log) => decide(log, { packet: sha256Hex('other') })), /other evidence/],
    ['by a decision under other advice', () => doing(launched(), (log) => decide(log, { advice: 'revoke' })), /other advice/],
    ['by "keep until" without a date', () => doing(launched(), (log) => decide(log, { outcome: 'keep-until' })), /a date belongs/],
    ['by a date on another outcome', () => doing(launched(), (log) => decide(log, { until: '2027-01-01' })), /a date belongs/],
    ['by a decision after the sign-off', () => doing(launched(), (log) => [decide(log), signOff(log), decide(log)]), /after its sign-off/],
    ['by an undo after the sign-off', () => doing(launched(), (log) => { const seq = decide(log); signOff(log); undo(log, seq) }),
      /after its sign-off/],
    ['by a decision after the close', () => doing(launched(), (log) => [close(log, { keep: 0, unanswered: [1] }), decide(log)]),
      /after the campaign was closed/],
    ['by an undo of what does not stand', () => doing(launched(), (log) => { decide(log); undo(log, 0) }), /does not stand/],
    ['by a sign-off over other decisions', () => doing(launched(), (log) => [decide(log), signOff(log, { hash: packet })]),
      /not the ones the log holds/],
    ['by a sign-off of somebody else\'s item', () => doing(launched([{ reviewer: ben }]), (log) => [decide(log, {}, ben), signOff(log)]),
      /of ben@example.com/],
    ['by a sign-off in another\'s name', () => doing(launched(), (log) => [decide(log), signOff(log, { actor: ben })]), /in the name of/],
    ['by wrong figures at the close', () => doing(launched(), (log) => [decide(log), signOff(log), close(log, { keep: 0 })]),
      /figures written at the close/],
    ['by items missing from the unanswered', () => doing(launched(), (log) => [decide(log), close(log)]), /unanswered/],
    ['by closing twice', () => doing(launched(), (log) => [decide(log), signOff(log), close(log), close(log)]), /closed twice/],
  ])('%s', (_name, make, expected) => {
    expect(told(make()).join('\n')).toMatch(expected)
  })

  function doing(log: EventLog, action: (log: EventLog) => unknown): EventLog {
    action(log)
    return log
  }
})

test('the sample campaign adds up: whatever is decided, the totals are those of the items', () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 40 }), fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), (count, open) => {
    const items = Array.from({ length: count }, (_, index) => index + 1)
    const reviewers = [anna, ben].map((email, index) => ({ email, fingerprint: packet, items: items.filter((item) => item % 2 === index) }))
    const log = startLog()
    const leaveOpen = [...new Set(open.filter((item) => item <= count))]
    recordCampaign(log, reviewers, { leaveOpen })
    const replay = replayOf(log)
    expect(replay.contradictions).toEqual([])
    const { progress, reviewers: byReviewer, advice } = campaignTotals(replay)
    expect(progress.items).toBe(count)
    expect(progress.undecided).toBe(leaveOpen.length)
    expect(progress.kept + progress.revoked + progress.keptUntil + progress.lookCloser + progress.undecided).toBe(count)
    expect(byReviewer.reduce((sum, reviewer) => sum + reviewer.decided, 0)).toBe(count - leaveOpen.length)
    expect(advice.decidedVisible + advice.decidedHidden).toBe(count - leaveOpen.length)
    const head = headOf(replay, note)
    expect(compareTotals(head, replay)).toEqual([])
    expect([...itemsOf(replay)].flatMap((row) => compareItem(row, replay.items.get(row.item)))).toEqual([])
    expect(missingExceptions(head)).toEqual([])
  }), { numRuns: 30 })
})

test('every figure of a report that is not the recomputed one is named', () => {
  const log = launched()
  decide(log, { openMs: 5000 })
  signOff(log)
  close(log)
  const replay = replayOf(log)
  const head = headOf(replay, note)
  const right = { ...head, controlTotals: { ...head.controlTotals, population: { population: 1, inReview: 1, excluded: [],
    difference: 0 } } }
  const agreeing = { ...right, campaign: { ...right.campaign, specHash: packet } }
  expect(compareTotals(agreeing, replay)).toEqual([])
  const { progress } = agreeing.controlTotals
  const wrong = { ...agreeing, controlTotals: { ...agreeing.controlTotals, progress: { ...progress, kept: 0, revoked: 1 } }, reviewers: [],
    signOffs: [] }
  const named = compareTotals(wrong, replay).join('\n')
  for (const part of ['"kept": the report says 0, the events give 1', '"revoked"', 'reviewer anna', 'sign-off']) expect(named).toContain(part)
})

test('self-review is seen whoever decided and however the address is spelled', () => {
  const log = launched([{ subject: 'Anna@Example.com' }, { subject: ben }, { subject: null }])
  decide(log, { item: 2 }, ben)
  const { selfReviews, decidedByOthers } = campaignTotals(replayOf(log))
  expect({ selfReviews, decidedByOthers }).toEqual({ selfReviews: 2, decidedByOthers: 1 })
})

test('a report without exceptions must have none to name', () => {
  const log = launched()
  const head = headOf(replayOf(log), note)
  const check = { code: 'x', title: 'Extract complete', passed: false, detail: '' }
  const quiet = { ...head, exceptions: [], selfReviews: 1, checks: [check] }
  expect(missingExceptions(quiet)).toEqual([
    '1 items are undecided', '1 items were reviewed by the person they concern', 'the check "Extract complete" failed',
  ])
  expect(missingExceptions({ ...quiet, exceptions: ['said'] })).toEqual([])
})

test('keeping until a date agrees with the advice to keep, and with nothing else', () => {
  expect(agreesWithAdvice('keep-until', 'keep')).toBe(true)
  expect(agreesWithAdvice('keep-until', 'revoke')).toBe(false)
  expect(agreesWithAdvice('look-closer', 'look-closer')).toBe(true)
  expect(agreesWithAdvice('keep', 'revoke')).toBe(false)
})

test('the median is the middle, or between the two middles', () => {
  expect([[], [4000], [1000, 9000], [9000, 1000, 2000], [1400]].map(medianSeconds)).toEqual([null, 4, 5, 2, 1])
})

test('what a sign-off binds does not depend on the order, and changes with every decision', () => {
  const decisions = [{ item: 2, outcome: 'keep', seq: 5 }, { item: 10, outcome: 'revoke', seq: 4 }] as const
  expect(decisionsHash(decisions, sha256)).toBe(sha256Hex('2\tkeep\t5\n10\trevoke\t4\n'))
  expect(decisionsHash([...decisions].reverse(), sha256)).toBe(decisionsHash(decisions, sha256))
})

test('an undecided item has a state, not a decision', () => {
  const log = launched()
  const found = standing(log)
  expect(found === undefined ? undefined : stateOf(found)).toBe('undecided')
  const replay = startCampaignReplay(CAMPAIGN, sha256)
  for (const { line } of log.events) replay.add(evidenceEvent.parse(JSON.parse(line)))
  expect(replay.result().items.size).toBe(1)
})
