import { type ExclusionReason, type PopulationTotals } from '../../../shared/model/campaign.ts'

/** Counts every grant once: in review, or excluded for a reason. `population` is counted apart, so that a difference can show. */
export function populationTotals(
  population: number, inReview: number, excludedBy: ReadonlyMap<ExclusionReason, number>,
): PopulationTotals {
  const excluded = [...excludedBy].map(([reason, grants]) => ({ reason, grants })).sort((left, right) => (left.reason < right.reason ? -1 : 1))
  const excludedGrants = excluded.reduce((sum, { grants }) => sum + grants, 0)
  return { population, inReview, excluded, difference: population - inReview - excludedGrants }
}
