import { EyeOff } from 'lucide-react'
import { formatPercent } from '../../../components/format.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { t } from '../../../texts/texts.ts'
import type { ReviewItem } from '../review-types.ts'

interface StripProps {
  readonly item: ReviewItem
  /** The advice was hidden and has just been shown, after the choice. */
  readonly isRevealed: boolean
}

/** What the engine advises, how sure it is in a word, and which fixed rule decided, if one did. */
export const AdviceStrip = ({ item, isRevealed }: StripProps) => {
  const { advice, decision } = item
  if (advice === null) {
    return (
      <div className="advice is-hidden">
        <EyeOff size={18} aria-hidden="true" />
        <p>
          <strong>{t.review.item.hidden}</strong>
          <br />
          <span className="soft">{t.review.item.hiddenText}</span>
        </p>
      </div>
    )
  }
  const isSame = decision?.outcome === advice.action || (decision?.outcome === 'keep-until' && advice.action === 'keep')
  return (
    <div className={`advice wash-${advice.action}`}>
      <OutcomeSign state={advice.action} size={18} />
      <p>
        <span className="soft">{isRevealed ? t.review.item.revealed : t.review.item.advises}: </span>
        <strong className={`outcome-${advice.action}`}>{t.advice[advice.action]}</strong>
        <span className="soft">
          , {t.confidence[advice.confidence]}{advice.chance == null ? '' : ` (${t.learning.chance(formatPercent(advice.chance))})`}
        </span>
        {advice.rules.length === 0 ? null : (
          <>
            <br />
            <span className="soft">{t.review.item.ruled} </span>
            {advice.rules.map((rule) => t.review.item.rules[rule]).join('; ')}
          </>
        )}
        {isRevealed ? <><br />{isSame ? t.review.item.revealedSame : t.review.item.revealedOther}</> : null}
      </p>
    </div>
  )
}
