import { useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Campaign, CampaignProgress, PopulationTotals } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { BackLink } from '../../../components/back-link.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { DueDate } from '../../../components/due-date.tsx'
import { formatDay, formatMoment, formatNumber } from '../../../components/format.ts'
import { ProgressStrip } from '../../../components/progress-strip.tsx'
import { SealDialog } from '../../../components/seal-dialog.tsx'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { FigureMeanings } from '../figures/figure-meanings.tsx'
import { CampaignStateBadge } from '../campaign-state-badge.tsx'
import { DuplicateButton } from '../duplicate-button.tsx'
import { PopulationTable } from '../population-table.tsx'
import { BurndownChart } from './burndown-chart.tsx'
import type { ReviewerProgress } from './campaign-types.ts'
import { ChaseDialog } from './chase-dialog.tsx'
import { DayTable } from './day-table.tsx'
import { CloseDialog, NextStageDialog } from './end-dialogs.tsx'
import { ExtendDialog } from './extend-dialog.tsx'
import { FigureRow } from './figure-row.tsx'
import { PaceChart } from './pace-chart.tsx'
import { PlantDialog } from './plant-dialog.tsx'
import { PlantedSection } from './planted-section.tsx'
import { ReassignDialog } from './reassign-dialog.tsx'
import { ReviewerTable } from './reviewer-table.tsx'
import { RuleList } from './rule-list.tsx'
import { WithoutReviewerNotice } from './without-reviewer.tsx'

type Open = { readonly dialog: 'chase' | 'extend' | 'next' | 'close' | 'seal' | 'plant' } | { readonly dialog: 'reassign'; readonly from: string | null }

interface RunningProps {
  readonly campaign: Campaign
  readonly progress: CampaignProgress
  readonly totals: PopulationTotals | null
  readonly reviewers: readonly ReviewerProgress[]
  readonly session: Session
}

/** A launched campaign: how it goes, and what the officer can do about it; closed and sealed ones, too. */
export const RunningCampaign = ({ campaign, progress, totals, reviewers, session }: RunningProps) => {
  const engine = useEngine()
  const words = t.campaigns
  const [open, setOpen] = useState<Open | null>(null)
  const figures = useQuery(engine.campaigns.figures.queryOptions({ input: { campaign: campaign.id } }))
  const everywhere = useQuery(engine.campaigns.withoutReviewer.queryOptions())
  const left = everywhere.data?.filter((one) => one.campaign === campaign.id) ?? []
  const mayAct = session.person.roles.includes('officer')
  const isRunning = campaign.state === 'running'
  const next = isRunning ? campaign.spec.stages[campaign.stage - 1] : undefined
  const stage = campaign.stage === 1 ? words.firstStage : (campaign.spec.stages[campaign.stage - 2]?.name ?? '')
  const until = isRunning ? new Date().toISOString().slice(0, 10) : (campaign.closedAt ?? '').slice(0, 10)
  const close = (): void => setOpen(null)
  return (
    <div className="page">
      <div className="page-inner">
        <div>
          <BackLink href="#/campaigns">{words.back}</BackLink>
          <div className="page-title">
            <h1><DirectoryText>{campaign.spec.name}</DirectoryText></h1>
            <CampaignStateBadge state={campaign.state} />
            {campaign.spec.stages.length > 0 ? <span className="badge">{words.stageOf(formatNumber(campaign.stage), formatNumber(campaign.spec.stages.length + 1), stage)}</span> : null}
            {mayAct ? <span className="push-end"><DuplicateButton campaign={campaign} asOf={session.asOf} /></span> : null}
          </div>
        </div>
        {campaign.state === 'closed' ? (
          <div className="notice warm">
            <ShieldCheck size={18} aria-hidden="true" />
            <div className="notice-body"><strong>{words.closedNotice}</strong><p>{words.closedText(formatMoment(campaign.closedAt ?? campaign.createdAt))}</p></div>
            {mayAct ? <div className="actions"><button type="button" className="button primary" onClick={() => setOpen({ dialog: 'seal' })}>{words.seal.button}</button></div> : null}
          </div>
        ) : null}
        {campaign.state === 'sealed' ? (
          <div className="notice good">
            <ShieldCheck size={18} aria-hidden="true" />
            <div className="notice-body"><strong>{words.sealedNotice}</strong><p>{words.sealedText}</p></div>
            <div className="actions">
              <a className="button" href="#/evidence">{words.bundles}</a>
              {mayAct ? <button type="button" className="button quiet" onClick={() => setOpen({ dialog: 'seal' })}>{words.seal.again}</button> : null}
            </div>
          </div>
        ) : null}
        <WithoutReviewerNotice campaign={campaign} left={left} onHandOn={mayAct && isRunning ? (from) => setOpen({ dialog: 'reassign', from }) : null} />
        <section className="campaign-progress sheet" aria-label={words.progress}>
          <p>
            <strong>{words.decidedOf(formatNumber(progress.items - progress.undecided), formatNumber(progress.items))}</strong>
            <span className="soft">{` · ${words.signedOff(formatNumber(progress.signedOff))} · `}</span>
            {isRunning ? <DueDate dueOn={campaign.dueOn} asOf={session.asOf} /> : <span className="soft">{t.today.due(formatDay(campaign.dueOn))}</span>}
            {campaign.dueOn === campaign.spec.rules.dueOn ? null : <span className="faint"> · {words.dueWas(formatDay(campaign.spec.rules.dueOn))}</span>}
          </p>
          <ProgressStrip progress={progress} label={words.progress} />
          {mayAct && isRunning ? (
            <div className="action-bar" role="group" aria-label={words.actions}>
              <button type="button" className="button primary" onClick={() => setOpen({ dialog: 'chase' })}>{words.chase.button}</button>
              <button type="button" className="button" onClick={() => setOpen({ dialog: 'reassign', from: null })}>{words.reassign.button}</button>
              <button type="button" className="button" onClick={() => setOpen({ dialog: 'extend' })}>{words.extend.button}</button>
              {next === undefined ? null : <button type="button" className="button" onClick={() => setOpen({ dialog: 'next' })}>{words.next.button}</button>}
              <button type="button" className="button" onClick={() => setOpen({ dialog: 'close' })}>{words.end.button}</button>
            </div>
          ) : null}
        </section>
        <section className="section">
          <h2>{isRunning ? words.facts : words.closedFacts}</h2>
          {figures.isError ? <FailureView isInline error={figures.error} onRetry={() => void figures.refetch()} /> : null}
          {figures.isPending ? <Skeleton lines={6} /> : null}
          {figures.data === undefined ? null : (
            <>
              <FigureRow figures={figures.data} />
              <div className="chart-pair">
                <div className="sheet"><BurndownChart start={figures.data.start} days={figures.data.days} dueOn={campaign.dueOn} until={until} /></div>
                <div className="sheet"><PaceChart days={figures.data.days} until={until} /></div>
              </div>
              <DayTable days={figures.data.days} />
              <FigureMeanings />
            </>
          )}
        </section>
        <section className="section">
          <h2>{words.reviewers}</h2>
          {reviewers.length === 0 ? <EmptyView isInline title={words.noReviewers} text={words.noReviewersText} />
            : <ReviewerTable reviewers={reviewers} pace={figures.data?.reviewers ?? []} left={new Set(left.map(({ person }) => person))}
              onHandOn={mayAct && isRunning ? (from) => setOpen({ dialog: 'reassign', from }) : null} />}
        </section>
        <PlantedSection campaignId={campaign.id} mayAct={mayAct && isRunning} onPlant={() => setOpen({ dialog: 'plant' })} />
        <div className="campaign-columns">
          {totals === null ? null : (
            <section className="section">
              <h2>{words.population}</h2>
              <p className="soft">{words.populationText}</p>
              <PopulationTable campaignId={campaign.id} totals={totals} />
            </section>
          )}
          <RuleList campaign={campaign} />
        </div>
      </div>
      {open?.dialog === 'plant' ? <PlantDialog campaignId={campaign.id} onClose={close} /> : null}
      {open?.dialog === 'chase' ? <ChaseDialog campaignId={campaign.id} name={campaign.spec.name} reviewers={reviewers} pace={figures.data?.reviewers ?? []} onClose={close} /> : null}
      {open?.dialog === 'reassign' ? <ReassignDialog campaignId={campaign.id} session={session} reviewers={reviewers} from={open.from} onClose={close} /> : null}
      {open?.dialog === 'extend' ? <ExtendDialog campaign={campaign} onClose={close} /> : null}
      {open?.dialog === 'next' ? <NextStageDialog campaign={campaign} progress={progress} onClose={close} /> : null}
      {open?.dialog === 'close' ? <CloseDialog campaign={campaign} progress={progress} onClose={close} /> : null}
      {open?.dialog === 'seal' ? <SealDialog campaign={campaign.id} name={campaign.spec.name} isAgain={campaign.state === 'sealed'} session={session} onClose={close} /> : null}
    </div>
  )
}
