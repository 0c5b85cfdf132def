import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { CommandLine } from '../../components/command-line.tsx'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatDay, formatNumber, formatPercent } from '../../components/format.ts'
import { ProgressStrip } from '../../components/progress-strip.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import type { Campaign, CampaignState, PopulationTotals } from '../../../shared/model/campaign.ts'
import { t } from '../../texts/texts.ts'
import { CampaignStateBadge } from './campaign-state-badge.tsx'
import { ReviewerTable } from './reviewer-table.tsx'
import './campaigns.css'

const actions = {
  draft: ['preview', 'launch'], running: ['status', 'close'], closed: ['seal', 'status'], sealed: ['status'],
} as const satisfies Record<CampaignState, readonly (keyof typeof t.campaigns.actions)[]>

const commandFor = (action: keyof typeof t.campaigns.actions, id: number): string =>
  action === 'seal' ? `npx muster seal --campaign ${id}` : `npx muster campaign ${action} ${id}`

const Actions = ({ campaign }: { readonly campaign: Campaign }) => (
  <section className="section">
    <h2>{t.campaigns.act}</h2>
    <p className="soft">{t.campaigns.actText}</p>
    {actions[campaign.state].map((action) => (
      <div key={action} className="action-line">
        <span>{t.campaigns.actions[action]}</span>
        <CommandLine command={commandFor(action, campaign.id)} />
      </div>
    ))}
  </section>
)

const Population = ({ totals }: { readonly totals: PopulationTotals }) => (
  <section className="section">
    <h2>{t.campaigns.population}</h2>
    <p className="soft">{t.campaigns.populationText}</p>
    <div className="sheet">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.campaigns.populationColumns.what}</th>
            <th scope="col" className="number">{t.campaigns.populationColumns.count}</th>
          </tr>
        </thead>
        <tbody>
          <tr><td>{t.campaigns.grants}</td><td className="number">{formatNumber(totals.population)}</td></tr>
          <tr><td>{t.campaigns.inReview}</td><td className="number">{formatNumber(totals.inReview)}</td></tr>
          {totals.excluded.map(({ reason, grants }) => (
            <tr key={reason}><td>{t.campaigns.exclusion[reason]}</td><td className="number">{formatNumber(grants)}</td></tr>
          ))}
          <tr className={totals.difference === 0 ? 'sum' : 'sum outcome-revoke'}>
            <td>{t.campaigns.difference}</td><td className="number">{formatNumber(totals.difference)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  </section>
)

const Rules = ({ campaign }: { readonly campaign: Campaign }) => {
  const { rules } = campaign.spec
  const labels = t.campaigns.ruleLabels
  const lines: readonly (readonly [string, string])[] = [
    [labels.due, formatDay(rules.dueOn)],
    [labels.noAnswer, t.campaigns.noAnswer[rules.noAnswer]],
    [labels.reasons, rules.reasonRequired.map((when) => t.campaigns.reasonWhen[when]).join(', ') || t.none],
    [labels.control, t.campaigns.controlShare(formatPercent(rules.controlSharePercent))],
    [labels.as, formatDay(campaign.asOf)],
    [labels.by, campaign.createdBy],
  ]
  return (
    <section className="section">
      <h2>{t.campaigns.rules}</h2>
      <dl className="rule-list">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd><DirectoryText>{value}</DirectoryText></dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** One campaign: how far it is, by reviewer, and what adds up. */
export const CampaignScreen = ({ campaignId }: { readonly campaignId: number }) => {
  const engine = useEngine()
  const status = useQuery(engine.campaigns.status.queryOptions({ input: { campaign: campaignId } }))
  if (status.isError) return <FailureView error={status.error} onRetry={() => void status.refetch()} />
  if (status.data === undefined) return <div className="page"><div className="page-inner"><Skeleton lines={10} /></div></div>
  const { campaign, progress, totals, reviewers } = status.data
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <a className="back-link" href="#/campaigns">
            <ArrowLeft size={14} aria-hidden="true" />
            {t.campaigns.back}
          </a>
          <div className="page-title">
            <h1><DirectoryText>{campaign.spec.name}</DirectoryText></h1>
            <CampaignStateBadge state={campaign.state} />
          </div>
        </div>
        {campaign.launchedAt === null ? null : (
          <section className="campaign-progress sheet" aria-label={t.campaigns.progress}>
            <p>
              <strong>{t.campaigns.decidedOf(formatNumber(progress.items - progress.undecided), formatNumber(progress.items))}</strong>
              <span className="soft">
                {` · ${t.campaigns.signedOff(formatNumber(progress.signedOff))} · ${t.today.due(formatDay(campaign.spec.rules.dueOn))}`}
              </span>
            </p>
            <ProgressStrip progress={progress} label={t.campaigns.progress} />
          </section>
        )}
        <div className="campaign-columns">
          <div className="campaign-column">
            <section className="section">
              <h2>{t.campaigns.reviewers}</h2>
              {reviewers.length === 0 ? (
                <EmptyView isInline title={t.campaigns.noReviewers} text={t.campaigns.noReviewersText} />
              ) : (
                <ReviewerTable reviewers={reviewers} />
              )}
            </section>
            <Actions campaign={campaign} />
          </div>
          <div className="campaign-column">
            {totals === null ? null : <Population totals={totals} />}
            <Rules campaign={campaign} />
          </div>
        </div>
      </div>
    </div>
  )
}
