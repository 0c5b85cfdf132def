import { useQuery } from '@tanstack/react-query'
import { ArrowRight, CircleCheckBig } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { DueDate } from '../../components/due-date.tsx'
import { formatNumber } from '../../components/format.ts'
import { ProgressStrip } from '../../components/progress-strip.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import type { Campaign, CampaignProgress } from '../../../shared/model/campaign.ts'
import { t } from '../../texts/texts.ts'

const standing = (progress: CampaignProgress): { readonly words: string; readonly button: string; readonly isUrgent: boolean } => {
  const decided = progress.items - progress.undecided
  const toSign = decided - progress.signedOff
  if (progress.undecided > 0) {
    return {
      words: t.today.undecided(formatNumber(progress.undecided), formatNumber(progress.items)),
      button: decided === 0 ? t.today.openReview : t.today.continueReview, isUrgent: true,
    }
  }
  if (toSign > 0) return { words: t.today.toSignOff(formatNumber(toSign)), button: t.today.signOffReady, isUrgent: true }
  return { words: t.today.allSignedOff, button: t.today.seeReview, isUrgent: false }
}

const WaitingCard =
  ({ campaign, progress, asOf }: { readonly campaign: Campaign; readonly progress: CampaignProgress; readonly asOf: string }) => {
  const { words, button, isUrgent } = standing(progress)
  return (
    <li className="waiting sheet">
      <span className={isUrgent ? 'waiting-count' : 'waiting-count is-done'} aria-hidden="true">
        {progress.undecided > 0 ? formatNumber(progress.undecided) : <CircleCheckBig size={26} strokeWidth={1.75} />}
      </span>
      <div className="waiting-text">
        <h3>
          <DirectoryText>{campaign.spec.name}</DirectoryText>
        </h3>
        <p className="soft">
          {words} · <DueDate dueOn={campaign.dueOn} asOf={asOf} />
        </p>
        <ProgressStrip progress={progress} label={t.review.progressLabel} />
      </div>
      <a className={isUrgent ? 'button primary' : 'button'} href={`#/review/${campaign.id}`}>
        {button}
        <ArrowRight size={15} aria-hidden="true" />
        <span className="visually-hidden">{campaign.spec.name}</span>
      </a>
    </li>
  )
}

/** Campaigns in which the acting person has something to decide or to sign. */
export const WaitingReviews = ({ asOf }: { readonly asOf: string }) => {
  const engine = useEngine()
  const mine = useQuery(engine.review.mine.queryOptions())
  return (
    <section className="section">
      <h2>{t.today.waiting}</h2>
      {mine.isError ? <FailureView error={mine.error} isInline onRetry={() => void mine.refetch()} /> : null}
      {mine.isPending ? <Skeleton lines={3} /> : null}
      {mine.data?.length === 0 ? <EmptyView isInline title={t.today.nothingWaiting} text={t.today.nothingWaitingText} /> : null}
      <ul className="waiting-list">
        {mine.data?.map(({ campaign, progress }) => <WaitingCard key={campaign.id} campaign={campaign} progress={progress} asOf={asOf} />)}
      </ul>
    </section>
  )
}
