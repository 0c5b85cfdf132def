import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BLIND_NEEDED, calibrate, calibrationErrorOf, chanceKept, confidencePercent, type BlindDecision,
} from '../../../src/main/core/recommendation/calibration.ts'
import { chanceOf } from '../../../src/main/core/learning/logistic.ts'
import { seeded } from '../../../src/main/core/learning/seeded.ts'

/** Reviewers who keep more often the higher the score, as a calibrated score would have it. */
function decisions(count: number, seed = 1): BlindDecision[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const score = Math.round((random() - 0.5) * 8000)
    return { score, isKept: random() < chanceOf(score / 1000) }
  })
}

describe('a word before a number', () => {
  test('with fewer than 200 blind decisions there is no number, whatever the advice', () => {
    expect(calibrate(decisions(BLIND_NEEDED - 1))).toBeNull()
    expect(calibrationErrorOf(decisions(BLIND_NEEDED - 1))).toBeNull()
    expect(confidencePercent(null, { action: 'keep', score: 9000, rules: [] })).toBeNull()
  })

  test('with 200 there is one, but not where a rule decided and not for "look closer"', () => {
    const curve = calibrate(decisions(BLIND_NEEDED))
    expect(confidencePercent(curve, { action: 'keep', score: 3000, rules: [] })).toBeGreaterThan(80)
    expect(confidencePercent(curve, { action: 'revoke', score: -3000, rules: [] })).toBeGreaterThan(80)
    expect(confidencePercent(curve, { action: 'revoke', score: -3000, rules: ['leaver-revoke'] })).toBeNull()
    expect(confidencePercent(curve, { action: 'look-closer', score: 100, rules: [] })).toBeNull()
  })
})

describe('the calibration curve', () => {
  const scored = fc.array(fc.record({ score: fc.integer({ min: -5000, max: 5000 }), isKept: fc.boolean() }), { minLength: BLIND_NEEDED, maxLength: 400 })

  test('never falls as the score rises, and never says certainty', () => {
    fc.assert(fc.property(scored, (all) => {
      const curve = calibrate(all)
      if (curve === null) throw new Error('there were enough decisions')
      let last = 0
      for (let score = -6000; score <= 6000; score += 250) {
        const chance = chanceKept(curve, score)
        expect(chance).toBeGreaterThanOrEqual(last)
        expect(chance).toBeGreaterThan(0)
        expect(chance).toBeLessThan(1)
        last = chance
      }
    }), { numRuns: 50 })
  })

  test('does not depend on the order of the decisions', () => {
    const all = decisions(300)
    expect(calibrate(all.toReversed())).toEqual(calibrate(all))
  })

  test('its error is small on scores that tell the truth and large on scores that do not', () => {
    const error = calibrationErrorOf(decisions(4000)) ?? 1
    expect(error).toBeLessThan(0.03)
    const shifting = decisions(4000).map((one, at) => ({ ...one, isKept: at % 5 === 0 ? true : at % 5 === 1 ? false : one.isKept }))
    expect(calibrationErrorOf(shifting)).toBeGreaterThan(error)
  })
})
