import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFamilies } from '../../src/renderer/features/review/evidence/families.ts'
import { toHrSteps } from '../../src/renderer/features/review/evidence/hr-steps.ts'
import { toPathSteps } from '../../src/renderer/features/review/evidence/path-steps.ts'
import { toUsageMonths } from '../../src/renderer/features/review/evidence/usage-months.ts'
import { toReasons } from '../../src/renderer/features/review/item/reasons.ts'
import { isAgainstAdvice } from '../../src/renderer/features/review/sign-off/summary-groups.ts'
import { fakeItems } from '../support/fake-review-data.ts'

describe('what the evidence pane draws', () => {
  it('every signal has exactly one card', () => {
    for (const { known } of fakeItems(60)) {
      const ids = toFamilies(known.signals, true).flatMap((family) => family.signals.map((signal) => signal.id))
      expect(ids.toSorted()).toEqual(known.signals.map((signal) => signal.id).toSorted())
    }
  })

  it('while weights are hidden, the order of the cards does not depend on them', () => {
    for (const { known } of fakeItems(60)) {
      const order = (signals: typeof known.signals) => toFamilies(signals, false).map((family) => family.family)
      expect(order(known.signals)).toEqual(order(known.signals.map((signal) => ({ ...signal, weight: 0 }))))
    }
  })

  it('tells no use from no record', () => {
    const months =
      toUsageMonths({ rhythm: 'monthly', activeDays: 4, activeMonths: 1, coveredMonths: 3, typicalGapDays: 30, isWithinRhythm: true,
        months: [{ month: '2026-01', days: 4 }] }, '2026-02-10')
    expect(months).toHaveLength(12)
    expect(months[0]).toEqual({ month: '2025-03', days: null })
    expect(months.slice(-3)).toEqual([{ month: '2025-12', days: 0 }, { month: '2026-01', days: 4 }, { month: '2026-02', days: 0 }])
  })

  it('places the day of the grant among HR’s events, in order', () => {
    const event = { employeeId: '1', kind: 'mover' as const, attribute: 'department' as const, from: 'A', to: 'B',
      effectiveOn: '2026-05-01', seenAsOf: '2026-05-02' }
    expect(toHrSteps([event], '2023-06-12', '2026-11-22').map((step) => step.kind)).toEqual(['granted', 'event', 'review'])
    expect(toHrSteps([event], '2026-06-12', '2026-11-22').map((step) => step.kind)).toEqual(['event', 'granted', 'review'])
  })

  it.each([['direct', []], ['', []], ['via Finance > AP', ['Finance', 'AP']],
    ['Legacy → FI', ['Legacy', 'FI']]] as const)('reads the path %j', (path, steps) => {
    expect(toPathSteps(path)).toEqual(steps)
  })
})

describe('reasons for and against', () => {
  it('shows every sentence once, on the side it takes', () => {
    for (const { item, known } of fakeItems(60)) {
      const reasons = toReasons({ ...item, counter: known.counter, isAdviceHidden: false })
      const shown =
        [...reasons.known, ...reasons.forKeeping, ...reasons.forRevoking].map((claim) => claim.pieces.map((piece) => piece.text).join(''))
      expect(new Set(shown).size).toBe(shown.length)
      for (const claim of item.claims) expect(shown).toContain(claim.pieces.map((piece) => piece.text).join(''))
    }
  })

  it('marks no sentence as the strongest while the advice is hidden', () => {
    for (const { item, known } of fakeItems(60)) {expect(toReasons({ ...item, counter: known.counter, isAdviceHidden: true }).counter)
      .toBeNull()}
  })

  it('looking closer never counts as going against the advice', () => {
    fc.assert(fc.property(fc.constantFrom('keep', 'revoke', 'look-closer'), (advice) => {
      expect(isAgainstAdvice({ decision: { outcome: 'look-closer' } as never, advice: advice as 'keep' })).toBe(false)
    }))
    expect(isAgainstAdvice({ decision: { outcome: 'keep-until' } as never, advice: 'keep' })).toBe(false)
    expect(isAgainstAdvice({ decision: { outcome: 'keep' } as never, advice: 'revoke' })).toBe(true)
  })
})
