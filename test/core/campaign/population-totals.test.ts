import fc from 'fast-check'
import { expect, test } from 'vitest'
import { populationTotals } from '../../../src/main/core/campaign/population-totals.ts'
import { exclusionReason, type ExclusionReason } from '../../../src/shared/model/campaign.ts'

test.each<[number, number, [ExclusionReason, number][], number]>([
  [10, 10, [], 0],
  [10, 7, [['not-new', 3]], 0],
  [10, 7, [['not-new', 1], ['risk-out-of-scope', 1]], 1],
  [10, 7, [['not-new', 5]], -2],
  [0, 0, [], 0],
])('%d grants, %d in review, excluded %o: difference %d', (population, inReview, excluded, difference) => {
  expect(populationTotals(population, inReview, new Map(excluded)).difference).toBe(difference)
})

test('no difference means that every grant is in exactly one place', () => {
  const anyExcluded = fc.uniqueArray(fc.tuple(fc.constantFrom(...exclusionReason.options), fc.nat(1_000)), { selector: ([reason]) => reason })
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), anyExcluded, (population, inReview, excludedBy) => {
      const totals = populationTotals(population, inReview, new Map(excludedBy))
      const sum = totals.inReview + totals.excluded.reduce((grants, part) => grants + part.grants, 0)
      expect(sum + totals.difference).toBe(population)
      expect(totals.excluded.map(({ reason }) => reason)).toEqual(excludedBy.map(([reason]) => reason).sort())
    }),
  )
})
