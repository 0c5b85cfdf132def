import { Keyboard, Layers, ListChecks, MessageCircleQuestion, PenLine } from 'lucide-react'
import { DirectoryText } from '../../components/directory-text.tsx'
import { DueDate } from '../../components/due-date.tsx'
import { formatNumber } from '../../components/format.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { ProgressStrip } from '../../components/progress-strip.tsx'
import type { Campaign, CampaignProgress } from '../../../shared/model/campaign.ts'
import { t } from '../../texts/texts.ts'

interface HeadProps {
  readonly campaign: Campaign
  readonly progress: CampaignProgress
  readonly asOf: string
  /** Questions that wait for this person's answer. */
  readonly questions: number
  readonly onKeys: () => void
  readonly onTogether: () => void
  readonly onQuestions: () => void
  readonly onOverview: () => void
  readonly onSignOff: () => void
}

/** Which review this is, how far it is, and the way to finish it. */
export const ReviewHead = ({ campaign, progress, asOf, questions, onKeys, onTogether, onQuestions, onOverview, onSignOff }: HeadProps) => {
  const decided = progress.items - progress.undecided
  const toSign = decided - progress.signedOff
  return (
    <header className="review-head">
      <div className="review-name">
        <p><strong><DirectoryText>{campaign.spec.name}</DirectoryText></strong></p>
        <p className="faint"><DueDate dueOn={campaign.dueOn} asOf={asOf} /></p>
      </div>
      <div className="review-progress">
        <p className="numbers">
          <strong>{t.review.progress(formatNumber(decided), formatNumber(progress.items))}</strong>
          <span className="faint">
            {progress.undecided > 0 ? ` · ${t.review.left(formatNumber(progress.undecided))}` : null}
            {progress.signedOff > 0 ? ` · ${t.review.signedOffCount(formatNumber(progress.signedOff))}` : null}
          </span>
        </p>
        <ProgressStrip progress={progress} label={t.review.progressLabel} />
      </div>
      <button type="button" className="button quiet" onClick={onTogether}>
        <Layers size={16} aria-hidden="true" />
        {t.review.depth.together.button}
      </button>
      <button type="button" className="button quiet" onClick={onQuestions}>
        <MessageCircleQuestion size={16} aria-hidden="true" />
        {t.review.depth.questions.button}
        {questions > 0 ? <span className="numbers badge warm">{formatNumber(questions)}</span> : null}
      </button>
      <button type="button" className="button quiet" aria-keyshortcuts="O" onClick={onOverview}>
        <ListChecks size={16} aria-hidden="true" />
        {t.review.depth.basket.button}
      </button>
      <button type="button" className="button quiet icon-only" aria-label={t.review.allKeys} aria-keyshortcuts="?" onClick={onKeys}>
        <Keyboard size={16} aria-hidden="true" />
        <KeyHint>?</KeyHint>
      </button>
      <button type="button" className={toSign > 0 ? 'button primary' : 'button'} aria-keyshortcuts="Control+Enter" onClick={onSignOff}>
        <PenLine size={16} aria-hidden="true" />
        {t.signOff.button}
        {toSign > 0 ? <span className="numbers sign-count">{formatNumber(toSign)}</span> : null}
      </button>
    </header>
  )
}
