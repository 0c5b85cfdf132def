import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseOutcome, movesOn, type Answer } from '../../../src/main/core/campaign/case-outcome.ts'
import type { OutcomeStrategy } from '../../../src/shared/model/campaign.ts'
import type { Outcome } from '../../../src/shared/model/decision.ts'

const answers = (...outcomes: (Outcome | null)[]): Answer[] => outcomes.map((outcome, seq) => ({ outcome, seq }))
const strategies: readonly OutcomeStrategy[] = ['one-revoke-revokes', 'all-must-keep', 'majority', 'first-answer']

test.each<[OutcomeStrategy, (Outcome | null)[], string]>([
  ['one-revoke-revokes', ['keep', 'revoke', 'keep'], 'revoke'],
  ['one-revoke-revokes', ['keep', null], 'keep'],
  ['one-revoke-revokes', ['keep', 'look-closer'], 'keep'],
  ['all-must-keep', ['keep', 'keep'], 'keep'],
  ['all-must-keep', ['keep', 'keep-until'], 'keep-until'],
  ['all-must-keep', ['keep', null], 'look-closer'],
  ['all-must-keep', ['keep', 'revoke'], 'revoke'],
  ['majority', ['keep', 'keep', 'revoke'], 'keep'],
  ['majority', ['keep', 'revoke'], 'revoke'],
  ['first-answer', ['look-closer', 'keep', 'revoke'], 'keep'],
  ['first-answer', [null, 'revoke', 'keep'], 'revoke'],
])('%s of %o is %s', (strategy, given, outcome) => {
  expect(caseOutcome(strategy, answers(...given))).toBe(outcome)
})

const anyOutcome = fc.constantFrom<Outcome | null>('keep', 'revoke', 'keep-until', 'look-closer', null)

test('one reviewer\'s answer is the grant\'s outcome under every strategy', () => {
  fc.assert(fc.property(anyOutcome, fc.constantFrom(...strategies), (outcome, strategy) => {
    expect(caseOutcome(strategy, answers(outcome))).toBe(outcome ?? 'undecided')
  }))
})

test('nothing is kept that nobody kept, nothing revoked that nobody revoked or tied, and no answer at all stays undecided', () => {
  fc.assert(fc.property(fc.array(anyOutcome, { minLength: 1, maxLength: 6 }), fc.constantFrom(...strategies), (given, strategy) => {
    const outcome = caseOutcome(strategy, answers(...given))
    if (outcome === 'keep' || outcome === 'keep-until') expect(given.some((one) => one === 'keep' || one === 'keep-until')).toBe(true)
    if (outcome === 'revoke') expect(given).toContain('revoke')
    expect(outcome === 'undecided').toBe(given.every((one) => one === null))
  }))
})

test('under "one revoke revokes" and "all must keep" no order of answers changes the outcome', () => {
  fc.assert(fc.property(fc.array(anyOutcome, { minLength: 1, maxLength: 5 }), fc.constantFrom<OutcomeStrategy>('one-revoke-revokes', 'all-must-keep', 'majority'), (given, strategy) => {
    expect(caseOutcome(strategy, answers(...given.toReversed()))).toBe(caseOutcome(strategy, answers(...given)))
  }))
})

test('keeping until a date moves on where keeping does', () => {
  expect(movesOn({ takes: ['keep'] }, 'keep-until')).toBe(true)
  expect(movesOn({ takes: ['look-closer', 'undecided'] }, 'keep')).toBe(false)
  expect(movesOn({ takes: ['look-closer', 'undecided'] }, 'undecided')).toBe(true)
})
