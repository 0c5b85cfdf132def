import { ArrowRight } from 'lucide-react'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { KeyHint } from '../../../components/key-hint.tsx'
import type { Outcome } from '../../../../shared/model/decision.ts'
import { t } from '../../../texts/texts.ts'
import { DecidedNote } from '../decide/decided-note.tsx'
import { EffectNote } from '../effect/effect-note.tsx'
import { ItemQuestions } from '../questions/item-questions.tsx'
import type { QueueItem, ReviewItem } from '../review-types.ts'
import { AdviceStrip } from './advice-strip.tsx'
import { Arithmetic } from './arithmetic.tsx'
import { AccessDescription, AccessFacts, ItemHead } from './item-head.tsx'
import { FormerAnswers } from './former-answers.tsx'
import { NarrativeView } from './narrative-view.tsx'
import { useWording } from './use-wording.ts'
import { WordedBy } from './worded-by.tsx'
import { LiveWording, OtherOpinion, WordingNote } from './wording-strip.tsx'
import './wording.css'

interface PaneProps {
  readonly line: QueueItem
  readonly item: ReviewItem | undefined
  readonly error: unknown
  readonly isRevealed: boolean
  /** The undecided items that come next. */
  readonly following: readonly number[]
  readonly onRetry: () => void
  readonly onEvidence: (signalId: string) => void
  readonly onNext: () => void
  readonly onReason: (outcome: Outcome) => void
}

const Known =
  ({ item, isRevealed, following, onEvidence, onNext, onReason }: Omit<PaneProps, 'line' | 'error' | 'onRetry'
    | 'item'> & { readonly item: ReviewItem }) => {
  const { decision, advice } = item
  const wording = useWording(item, following)
  return (
    <>
      <AccessDescription description={item.access.description} />
      <ItemQuestions itemId={item.itemId} />
      <FormerAnswers former={item.former} />
      {decision === null ? null : <DecidedNote decision={decision} onReason={() => onReason(decision.outcome)} />}
      <AdviceStrip item={item} isRevealed={isRevealed} />
      <OtherOpinion item={item} />
      {isRevealed ? (
        <p>
          <button type="button" className="button" onClick={onNext}>
            {t.review.item.next}
            <ArrowRight size={15} aria-hidden="true" />
            <KeyHint>J</KeyHint>
          </button>
        </p>
      ) : null}
      <WordingNote item={item} now={wording.now} onAgain={wording.again} />
      <NarrativeView item={item} onEvidence={onEvidence} />
      <LiveWording item={item} now={wording.now} onEvidence={onEvidence} />
      <EffectNote itemId={item.itemId} />
      <AccessFacts item={item} />
      {advice === null ? null
        : <Arithmetic key={item.itemId} bias={advice.bias} score={advice.score} signals={item.signals} onEvidence={onEvidence} />}
      <p className="faint item-foot">{t.review.item.why(t.basis[item.basis])}</p>
      <WordedBy key={`words-${item.itemId}`} item={item} />
    </>
  )
}

/** The middle pane: who has what, what speaks for and against, and what was decided. */
export const ItemPane = ({ line, item, error, onRetry, ...rest }: PaneProps) => (
  <article className="item" aria-label={t.review.item.shown(line.subjectName, line.entitlementName)}
    aria-busy={item === undefined && error === null}>
    <ItemHead line={line} />
    {item !== undefined ? <Known item={item} {...rest} />
      : error !== null ? <FailureView error={error} isInline onRetry={onRetry} /> : <Skeleton lines={9} />}
  </article>
)
