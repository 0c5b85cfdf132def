import { useQuery } from '@tanstack/react-query'
import { ChartLine, Plus } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../components/format.ts'
import { ProgressStrip } from '../../components/progress-strip.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { CampaignScreen } from './campaign-screen.tsx'
import { CampaignStateBadge } from './campaign-state-badge.tsx'
import { DuplicateButton } from './duplicate-button.tsx'
import { HistoryScreen } from './figures/history-screen.tsx'
import { CampaignWizard } from './wizard/campaign-wizard.tsx'
import './campaigns.css'
import './wizard/wizard.css'

/** Every campaign of the workspace, the newest first. */
const CampaignList = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const campaigns = useQuery(engine.campaigns.list.queryOptions())
  const { columns } = t.campaigns
  const mayPlan = session.person.roles.includes('officer')
  const hasHistory = campaigns.data?.some(({ launchedAt }) => launchedAt !== null) === true
  return (
    <div className="page">
      <div className="page-inner">
        <div className="page-title">
          <h1>{t.campaigns.title}</h1>
          <span className="push-end title-actions">
            {hasHistory ? <a className="button quiet" href="#/campaigns/over-time"><ChartLine size={15} aria-hidden="true" />{t.campaigns.overTime}</a> : null}
            {mayPlan ? <a className="button primary" href="#/campaigns/new"><Plus size={15} aria-hidden="true" />{t.campaigns.add}</a> : null}
          </span>
        </div>
        {campaigns.isError ? <FailureView error={campaigns.error} isInline onRetry={() => void campaigns.refetch()} /> : null}
        {campaigns.isPending ? <Skeleton lines={6} /> : null}
        {campaigns.data?.length === 0 ? <EmptyView isInline title={t.campaigns.none} text={t.campaigns.noneText} /> : null}
        {campaigns.data !== undefined && campaigns.data.length > 0 ? (
          <div className="sheet">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{columns.name}</th>
                  <th scope="col">{columns.state}</th>
                  <th scope="col">{columns.due}</th>
                  <th scope="col" className="number">{columns.items}</th>
                  <th scope="col">{columns.progress}</th>
                  <th scope="col"><span className="visually-hidden">{t.campaigns.actions}</span></th>
                </tr>
              </thead>
              <tbody>
                {campaigns.data.toSorted((a, b) => b.id - a.id).map((campaign) => (
                  <tr key={campaign.id}>
                    <td>
                      <a className="strong-link" href={`#/campaigns/${campaign.id}`}>
                        <DirectoryText>{campaign.spec.name}</DirectoryText>
                      </a>
                    </td>
                    <td>
                      <CampaignStateBadge state={campaign.state} />
                    </td>
                    <td className="day">{formatDay(campaign.dueOn)}</td>
                    <td className="number">{campaign.launchedAt === null ? '' : formatNumber(campaign.progress.items)}</td>
                    <td className="grow">
                      {campaign.launchedAt === null ? (
                        <span className="faint">{t.campaigns.notLaunched}</span>
                      ) : (
                        <span className="progress-cell">
                          <ProgressStrip progress={campaign.progress} label={t.campaigns.progress} />
                          <span className="soft">
                            {t.campaigns.decidedOf(formatNumber(campaign.progress.items - campaign.progress.undecided),
                              formatNumber(campaign.progress.items))}
                          </span>
                        </span>
                      )}
                    </td>
                    <td className="number">{mayPlan ? <DuplicateButton isSmall campaign={campaign} asOf={session.asOf} /> : null}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** `#/campaigns`, `#/campaigns/new`, `#/campaigns/over-time` or `#/campaigns/<id>`. */
export const CampaignsScreen = ({ session, place }: { readonly session: Session; readonly place: string | undefined }) => {
  if (place === 'new' && session.person.roles.includes('officer')) return <CampaignWizard key="new" campaign={null} session={session} />
  if (place === 'over-time') return <HistoryScreen />
  return place !== undefined && /^\d{1,9}$/.test(place) ? <CampaignScreen key={place} campaignId={Number(place)} session={session} /> : <CampaignList session={session} />
}
