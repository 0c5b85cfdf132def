import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportsTo, watchConflicts } from '../../../src/main/core/campaign/conflicted-reviews.ts'
import { actingFor, delegationObstacle, type StandIn } from '../../../src/main/core/campaign/delegation.ts'
import { lastDayOf, stepsDue } from '../../../src/main/core/campaign/escalation.ts'
import { finalOutcomes, finalTotals, type EndedCase } from '../../../src/main/core/campaign/final-outcomes.ts'
import { nextAfter, occurrence } from '../../../src/main/core/campaign/recurrence.ts'
import { isWorkingDay } from '../../../src/main/core/campaign/working-days.ts'
import type { EscalationStep } from '../../../src/shared/model/campaign.ts'

const none: ReadonlySet<string> = new Set()
const away = (person: string, delegate: string, fromOn = '2026-03-01', toOn = '2026-03-31'): StandIn => ({ person, delegate, fromOn, toOn })

test('whoever stands in may be away in turn; a circle of stand-ins stands in for nobody', () => {
  const chain = [away('a', 'b'), away('b', 'c', '2026-03-10')]
  expect(actingFor('a', chain, '2026-03-05')).toBe('b')
  expect(actingFor('a', chain, '2026-03-10')).toBe('c')
  expect(actingFor('a', chain, '2026-04-01')).toBeNull()
  expect(actingFor('c', chain, '2026-03-10')).toBeNull()
  expect(actingFor('a', [...chain, away('c', 'a')], '2026-03-10')).toBeNull()
})

test('nobody stands in for themself, twice at a time, for somebody standing in for them, or in the past', () => {
  const others = [away('a', 'b')]
  expect(delegationObstacle(away('x', 'x'), others, '2026-03-01')).toMatch(/themself/)
  expect(delegationObstacle(away('a', 'c', '2026-03-31', '2026-04-02'), others, '2026-03-01')).toMatch(/already/)
  expect(delegationObstacle(away('b', 'a'), others, '2026-03-01')).toMatch(/is away then/)
  expect(delegationObstacle(away('c', 'b', '2026-02-01', '2026-02-02'), others, '2026-03-01')).toMatch(/passed/)
  expect(delegationObstacle(away('a', 'c', '2026-04-01', '2026-04-02'), others, '2026-03-01')).toBeNull()
})

test('steps come on working days, in order, each once for a due day, and days nobody looked are made up for', () => {
  const steps: EscalationStep[] = [{ day: 2, action: 'replace-by-fallback' }, { day: -3, action: 'remind' }]
  const at = (today: string, done: EscalationStep[] = [], holidays = none): number[] => stepsDue(steps, { dueOn: '2026-03-20', done }, today, holidays).map(({ day }) => day)
  expect([at('2026-03-16'), at('2026-03-17'), at('2026-03-24'), at('2026-06-01')]).toEqual([[], [-3], [-3, 2], [-3, 2]])
  expect(at('2026-03-16', [], new Set(['2026-03-18']))).toEqual([-3])
  expect(at('2026-06-01', [{ day: -3, action: 'remind' }])).toEqual([2])
  expect([lastDayOf(steps, '2026-03-20', none), lastDayOf([], '2026-03-20', none)]).toEqual(['2026-03-24', '2026-03-20'])
})

test('a campaign at the end of a month stays at the end of months, and never falls on a day that is not worked', () => {
  const rule = { firstOn: '2026-01-31', everyMonths: 1 }
  expect([0, 1, 2].map((n) => occurrence(rule, n, none))).toEqual(['2026-02-02', '2026-03-02', '2026-03-31'])
  expect(nextAfter({ firstOn: '2026-01-12', everyMonths: 3 }, 1, '2027-05-01', none)).toEqual({ n: 6, on: '2027-07-12' })
  fc.assert(fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 31 }), (everyMonths, n, first) => {
    const holidays = new Set(['2027-01-01', '2028-05-01'])
    const day = occurrence({ firstOn: `2026-01-${String(first).padStart(2, '0')}`, everyMonths }, n, holidays)
    expect(isWorkingDay(day, holidays)).toBe(true)
    expect(occurrence({ firstOn: `2026-01-${String(first).padStart(2, '0')}`, everyMonths }, n + 1, holidays) > day).toBe(true)
  }))
})

test('a circle, one\'s own boss and a privileged right one holds are no independent look', () => {
  const managerOf = new Map([[3, 2], [2, 1]])
  const watch = watchConflicts({ managerOf, holdsPrivileged: (identity, right) => identity === 9 && right === 7 })
  const somebody = (identityId: number | null, email: string) => ({ email, name: email, identityId, isAvailable: true })
  const about = (subjectIdentityId: number, subjectEmail: string) => ({ subjectIdentityId, subjectEmail }) as Parameters<typeof watch.of>[1]
  const right = { entitlementId: 7, privilege: 'admin' as const }
  watch.note(somebody(4, 'A@x'), about(5, 'b@x'))
  expect(watch.of(somebody(5, 'B@x'), about(4, 'a@x'), right)).toBe('circular')
  expect(watch.of(somebody(4, 'a@x'), about(5, 'b@x'), right)).toBeNull()
  expect(watch.of(somebody(3, 'c@x'), about(1, 'top@x'), right)).toBe('reports-to-subject')
  expect(watch.of(somebody(9, 'd@x'), about(5, 'b@x'), right)).toBe('same-right')
  expect(watch.of(somebody(9, 'd@x'), about(5, 'b@x'), { ...right, privilege: 'none' })).toBeNull()
  expect(reportsTo(1, 8, new Map([[1, 2], [2, 1]]))).toBe(false)
})

const outcome = fc.constantFrom('keep', 'revoke', 'keep-until', 'look-closer', null)
const endedCase: fc.Arbitrary<EndedCase> = fc.record({
  caseItem: fc.nat(), stage: fc.constantFrom(1, 2), advice: fc.constantFrom('keep', 'revoke', 'look-closer'),
  answers: fc.array(fc.record({ outcome, seq: fc.nat() }), { minLength: 1, maxLength: 4 }),
})

test('every grant comes to exactly one thing, and the rule speaks only where nobody did', () => {
  fc.assert(fc.property(
    fc.array(endedCase), fc.constantFrom('leave-open', 'keep', 'revoke', 'follow-advice'), fc.constantFrom('one-revoke-revokes', 'all-must-keep', 'majority', 'first-answer'),
    (cases, noAnswer, strategy) => {
      const open = finalOutcomes(cases, [strategy, strategy], 'leave-open')
      const settled = finalOutcomes(cases, [strategy, strategy], noAnswer)
      expect(finalTotals(settled).cases).toBe(cases.length)
      expect(open.byRule).toEqual([])
      expect(settled.byRule.length).toBe(open.outcomes.undecided - settled.outcomes.undecided)
      expect([settled.outcomes['look-closer'], settled.outcomes['keep-until']]).toEqual([open.outcomes['look-closer'], open.outcomes['keep-until']])
      const silent = cases.filter(({ answers }) => answers.every((answer) => answer.outcome === null))
      expect(open.outcomes.undecided).toBe(silent.length)
      if (noAnswer === 'revoke') expect(settled.outcomes.revoke).toBe(open.outcomes.revoke + silent.length)
      if (noAnswer === 'follow-advice') expect(settled.outcomes.undecided).toBe(silent.filter(({ advice }) => advice === 'look-closer').length)
    },
  ))
})
