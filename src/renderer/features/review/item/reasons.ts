import type { RenderedClaim } from '../../../../shared/model/narrative.ts'
import type { ReviewItem } from '../review-types.ts'

export interface Reasons {
  /** Sentences that take no side: who has what. */
  readonly known: readonly RenderedClaim[]
  readonly forKeeping: readonly RenderedClaim[]
  readonly forRevoking: readonly RenderedClaim[]
  /** The sentence that weighs most against the advice; null while the advice is hidden. */
  readonly counter: RenderedClaim | null
}

const textOf = (claim: RenderedClaim): string => claim.pieces.map((piece) => piece.text).join('')

/** Sentences by the side they take, each once; the counter first on its side, so that it cannot be overlooked. */
export const toReasons = (item: Pick<ReviewItem, 'claims' | 'counter' | 'isAdviceHidden'>): Reasons => {
  const { counter } = item
  const others = counter === null ? item.claims : item.claims.filter((claim) => textOf(claim) !== textOf(counter))
  // While the advice is hidden the counter is one sentence like any other: its place must not give the advice away.
  const all = item.isAdviceHidden || counter === null ? item.claims : [counter, ...others]
  const on = (stance: RenderedClaim['stance']): readonly RenderedClaim[] => all.filter((claim) => claim.stance === stance)
  return {
    known: on('neutral'), forKeeping: on('for-keeping'), forRevoking: on('for-revoking'),
    counter: item.isAdviceHidden ? null : counter,
  }
}
