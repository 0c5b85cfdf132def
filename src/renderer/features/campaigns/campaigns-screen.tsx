import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { CommandLine } from '../../components/command-line.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../components/format.ts'
import { ProgressStrip } from '../../components/progress-strip.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { CampaignStateBadge } from './campaign-state-badge.tsx'
import './campaigns.css'

/** Every campaign of the workspace, the newest first. */
export const CampaignsScreen = () => {
  const engine = useEngine()
  const campaigns = useQuery(engine.campaigns.list.queryOptions())
  const { columns } = t.campaigns
  return (
    <div className="page">
      <div className="page-inner">
        <h1>{t.campaigns.title}</h1>
        {campaigns.isError ? <FailureView error={campaigns.error} isInline onRetry={() => void campaigns.refetch()} /> : null}
        {campaigns.isPending ? <Skeleton lines={6} /> : null}
        {campaigns.data?.length === 0 ? (
          <EmptyView isInline title={t.campaigns.none} text={t.campaigns.noneText}>
            <CommandLine command="npx muster campaign create --help" />
          </EmptyView>
        ) : null}
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
                    <td>{formatDay(campaign.spec.rules.dueOn)}</td>
                    <td className="number">{formatNumber(campaign.progress.items)}</td>
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
