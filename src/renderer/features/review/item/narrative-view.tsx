import { ThumbsDown, ThumbsUp } from 'lucide-react'
import type { RenderedClaim } from '../../../../shared/model/narrative.ts'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'
import { ClaimLine } from './claim-line.tsx'
import { toReasons } from './reasons.ts'

interface ViewProps {
  readonly item: ReviewItem
  readonly onEvidence: (signalId: string) => void
  /** Without chips, where there is no evidence pane beside. */
  readonly isPlain?: boolean
}

interface SideProps extends ViewProps {
  readonly side: 'keep' | 'revoke'
  readonly claims: readonly RenderedClaim[]
  readonly counter: RenderedClaim | null
}

const Side = ({ side, claims, counter, item, isPlain = false, onEvidence }: SideProps) => {
  const Sign = side === 'keep' ? ThumbsUp : ThumbsDown
  return (
    <section className="side">
      <h2>
        <Sign size={15} aria-hidden="true" />
        {side === 'keep' ? t.review.item.forKeeping : t.review.item.forRevoking}
      </h2>
      {claims.length === 0 ? (
        <p className="faint">{side === 'keep' ? t.review.item.nothingForKeeping : t.review.item.nothingForRevoking}</p>
      ) : (
        <ul>
          {claims.map((claim, at) => (
            <li key={at}>
              {claim === counter ? <span className="counter-mark">{t.review.item.strongestAgainst}</span> : null}
              <ClaimLine claim={claim} signals={isPlain ? [] : item.signals} onEvidence={onEvidence} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The sentences: what is known, then both sides next to each other with the same weight. */
export const NarrativeView = ({ item, isPlain = false, onEvidence }: ViewProps) => {
  const reasons = toReasons(item)
  return (
    <div className="narrative">
      {reasons.known.length === 0 ? null : (
        <p className="known">
          {reasons.known.map((claim, at) => (
            <span key={at} className="known-sentence"><ClaimLine claim={claim} signals={isPlain ? [] : item.signals} onEvidence={onEvidence} /></span>
          ))}
        </p>
      )}
      <div className="sides">
        <Side side="keep" claims={reasons.forKeeping} counter={reasons.counter} item={item} isPlain={isPlain} onEvidence={onEvidence} />
        <Side side="revoke" claims={reasons.forRevoking} counter={reasons.counter} item={item} isPlain={isPlain} onEvidence={onEvidence} />
      </div>
    </div>
  )
}
