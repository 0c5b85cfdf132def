import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { FailureView, Skeleton } from '../../components/state-view.tsx'
import { RunningCampaign } from './running/running-campaign.tsx'
import { CampaignWizard } from './wizard/campaign-wizard.tsx'

/** One campaign: a draft is planned on, a launched one is followed. */
export const CampaignScreen = ({ campaignId, session }: { readonly campaignId: number; readonly session: Session }) => {
  const engine = useEngine()
  const status = useQuery(engine.campaigns.status.queryOptions({ input: { campaign: campaignId } }))
  if (status.isError) return <FailureView error={status.error} onRetry={() => void status.refetch()} />
  if (status.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={10} /></div></div>
  const { campaign, progress, totals, reviewers } = status.data
  return campaign.state === 'draft'
    ? <CampaignWizard key={campaign.id} campaign={campaign} session={session} />
    : <RunningCampaign key={campaign.id} campaign={campaign} progress={progress} totals={totals} reviewers={reviewers} session={session} />
}
