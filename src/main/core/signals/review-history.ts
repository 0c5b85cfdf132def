import { dateOf } from './day.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'
import { reviewsOf } from './past-reviews.ts'
import type { PastReview } from './past-reviews.ts'
import type { WeightKey } from './weight-keys.ts'

/** A "keep" from longer ago says little about today's work. */
const STALE_AFTER_DAYS = 730
/** Rows cited per signal; the counts speak for the rest. */
const ROWS_CITED = 5

/** What earlier campaigns made of this very grant: decided, or left unanswered. */
export function reviewHistorySignals(context: GrantContext): readonly Draft[] {
  const reviews = reviewsOf(context.population.reviews, context.account, context.entitlement)
  if (reviews.length === 0) return []
  return [decisionsSignal(context, reviews), streakSignal(reviews)].filter((draft) => draft !== null)
}

function decisionsSignal(context: GrantContext, reviews: readonly PastReview[]): Draft | null {
  const decided = reviews.filter(({ answer }) => answer === 'kept' || answer === 'revoked')
  const last = decided.reduce((latest, one) => Math.max(latest, one.decidedDay), -Infinity)
  if (decided.length === 0) return null
  // A grant held through two paths is two items of one campaign: one campaign counts once for each answer it gave.
  const count = (answer: PastReview['answer']): number =>
    new Set(decided.filter((one) => one.answer === answer).map(({ campaignId }) => campaignId)).size
  const [kept, revoked] = [count('kept'), count('revoked')]
  const isOld = context.population.asOfDay - last > STALE_AFTER_DAYS
  const weighs: WeightKey = kept > 0 && revoked > 0 ? 'past-decision.mixed'
    : revoked > 0 ? 'past-decision.revoked'
    : isOld ? 'past-decision.kept-long-ago' : 'past-decision.kept'
  return {
    kind: 'past-decision', facts: { basis: 'same-grant', kept, revoked, latest: dateOf(last) }, quality: isOld ? 'stale' : 'observed',
    rows: decided.slice(-ROWS_CITED).map(({ itemId }) => `review-item:${itemId}`), weighs,
  }
}

/** The unbroken row of latest campaigns that ended without an answer. */
function streakSignal(reviews: readonly PastReview[]): Draft | null {
  const answered = reviews.findLastIndex(({ answer }) => answer !== 'none')
  const streak = reviews.slice(answered + 1).filter(({ campaignId }) => campaignId !== reviews[answered]?.campaignId)
  const campaigns = new Set(streak.map(({ campaignId }) => campaignId)).size
  if (campaigns === 0) return null
  return {
    kind: 'unreviewed-streak', facts: { campaigns, since: dateOf(Math.min(...streak.map(({ asOfDay }) => asOfDay))) }, quality: 'observed',
    rows: streak.slice(-ROWS_CITED).map(({ itemId }) => `review-item:${itemId}`),
    weighs: campaigns === 1 ? 'unreviewed-streak.once' : 'unreviewed-streak.repeated',
  }
}
