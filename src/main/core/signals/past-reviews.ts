import { dayOf } from './day.ts'
import { firstAtLeast, int32Column } from './columns.ts'
import type { ReviewRow } from './population-rows.ts'

export const reviewAnswers = ['kept', 'revoked', 'look-closer', 'none'] as const
export type ReviewAnswer = (typeof reviewAnswers)[number]

/** One earlier review of the same account and right. */
export interface PastReview {
  readonly itemId: number
  readonly campaignId: number
  /** The day the campaign judged. */
  readonly asOfDay: number
  /** What was signed off; `none`: the campaign ended without an answer. */
  readonly answer: ReviewAnswer
  /** Day of the decision; NO_DAY where there is none. */
  readonly decidedDay: number
}

/** Earlier reviews by account and right, as columns: a workspace may remember as many items as it has grants, times its campaigns. */
export interface PastReviews {
  readonly count: number
  readonly entitlements: number
  /** Account index times `entitlements` plus entitlement index; ascending, within one by campaign. */
  readonly key: Float64Array
  readonly itemId: Int32Array
  readonly campaignId: Int32Array
  readonly asOfDay: Int32Array
  /** Index into `reviewAnswers`. */
  readonly answer: Int32Array
  readonly decidedDay: Int32Array
}

export interface PastReviewColumns {
  readonly add: (row: ReviewRow, account: number, entitlement: number) => void
  readonly finish: (entitlements: number) => PastReviews
}

export function pastReviewColumns(): PastReviewColumns {
  const [account, entitlement, item, campaign] = [int32Column(), int32Column(), int32Column(), int32Column()]
  const [asOf, answer, decided] = [int32Column(), int32Column(), int32Column()]
  return {
    add: (row, accountIndex, entitlementIndex) => {
      account.push(accountIndex)
      entitlement.push(entitlementIndex)
      item.push(row.itemId)
      campaign.push(row.campaignId)
      asOf.push(dayOf(row.asOf))
      answer.push(reviewAnswers.indexOf(row.answer))
      decided.push(dayOf(row.decidedOn))
    },
    finish: (entitlements) => {
      const [rights, campaigns] = [entitlement.values(), campaign.values()]
      // Exact: an account index times the number of entitlements stays far below 2^53.
      const keys = Float64Array.from(account.values(), (one, row) => one * entitlements + (rights[row] as number))
      const order = Int32Array.from(keys, (_, row) => row).sort(
        (a, b) => (keys[a] as number) - (keys[b] as number) || (campaigns[a] as number) - (campaigns[b] as number) || a - b,
      )
      const sorted = (column: Int32Array): Int32Array => order.map((row) => column[row] as number)
      return {
        count: order.length, entitlements, key: Float64Array.from(order, (row) => keys[row] as number), itemId: sorted(item.values()),
        campaignId: sorted(campaigns), asOfDay: sorted(asOf.values()), answer: sorted(answer.values()), decidedDay: sorted(decided.values()),
      }
    },
  }
}

/** Earlier reviews of one account (index) and entitlement (index), in the order of their campaigns. */
export function reviewsOf(reviews: PastReviews, account: number, entitlement: number): readonly PastReview[] {
  const key = account * reviews.entitlements + entitlement
  const found: PastReview[] = []
  for (let row = firstAtLeast(reviews.key, key); row < reviews.count && reviews.key[row] === key; row++) {
    found.push({
      itemId: reviews.itemId[row] as number, campaignId: reviews.campaignId[row] as number, asOfDay: reviews.asOfDay[row] as number,
      answer: reviewAnswers[reviews.answer[row] as number] ?? 'none', decidedDay: reviews.decidedDay[row] as number,
    })
  }
  return found
}
