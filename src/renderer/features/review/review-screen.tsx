import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatNumber } from '../../components/format.ts'
import { notePlace } from '../../components/hash-route.ts'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { QuestionList, useQuestions } from './questions/question-list.tsx'
import { useQueue } from './queue/use-queue.ts'
import { ReviewDesk } from './review-desk.tsx'
import './review.css'
import './queue/queue.css'
import './item/item.css'
import './decide/decide.css'
import './evidence/evidence-pane.css'

interface ScreenProps {
  readonly campaignId: number | null
  readonly firstItemId: number | null
  readonly session: Session
}

const Waiting = () => (
  <div className="review" aria-busy="true">
    <div className="review-head" />
    <div className="review-panes">
      <div className="queue-pane pad"><Skeleton lines={14} /></div>
      <div className="item-pane pad"><Skeleton lines={12} /></div>
      <div className="evidence-pane"><Skeleton lines={9} /></div>
    </div>
  </div>
)

const LoadedReview = ({ campaignId, firstItemId, session }: ScreenProps & { readonly campaignId: number }) => {
  const queue = useQueue(campaignId)
  if (queue.isError) return <FailureView error={queue.error} onRetry={() => void queue.refetch()} />
  if (queue.data === undefined) return <Waiting />
  if (queue.data.items.length === 0) {
    return (
      <EmptyView title={t.review.emptyQueue} text={t.review.emptyQueueText}>
        <a className="button" href="#/today">{t.backToToday}</a>
      </EmptyView>
    )
  }
  return <ReviewDesk queue={queue.data} firstItemId={firstItemId} session={session} />
}

/** Finds the campaign to review: the one named, the only one there is, or the one chosen. */
export const ReviewScreen = (props: ScreenProps) => {
  const engine = useEngine()
  const questions = useQuestions().data?.length ?? 0
  const mine = useQuery(engine.review.mine.queryOptions({ enabled: props.campaignId === null }))
  const only = mine.data?.length === 1 ? mine.data[0]?.campaign.id : undefined
  const campaignId = props.campaignId ?? only ?? null
  useEffect(() => {
    if (props.campaignId === null && only !== undefined) notePlace('review', String(only))
  }, [props.campaignId, only])

  if (campaignId !== null) return <LoadedReview {...props} campaignId={campaignId} />
  if (mine.isError) return <FailureView error={mine.error} onRetry={() => void mine.refetch()} />
  if (mine.data === undefined) return <Waiting />
  if (mine.data.length === 0 && questions > 0) {
    return (
      <div className="page"><div className="page-inner"><h1>{t.review.depth.questions.title}</h1><QuestionList /></div></div>
    )
  }
  if (mine.data.length === 0) {
    return (
      <EmptyView title={t.review.nothing} text={t.review.nothingText}>
        <a className="button" href="#/today">{t.backToToday}</a>
      </EmptyView>
    )
  }
  return (
    <div className="page">
      <div className="page-inner">
        <h1>{t.review.pick}</h1>
        <ul className="campaign-choice">
          {mine.data.map(({ campaign, progress }) => (
            <li key={campaign.id}>
              <a className="sheet" href={`#/review/${campaign.id}`}>
                <strong><DirectoryText>{campaign.spec.name}</DirectoryText></strong>
                <span className="soft">{t.today.undecided(formatNumber(progress.undecided), formatNumber(progress.items))}</span>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
