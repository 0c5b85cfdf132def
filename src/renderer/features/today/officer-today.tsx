import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import type { Session } from '../../api/session.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { DueDate } from '../../components/due-date.tsx'
import { formatNumber } from '../../components/format.ts'
import { ProgressStrip } from '../../components/progress-strip.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'
import { DailyWork } from './daily-work.tsx'
import { FirstSteps } from './first-steps.tsx'
import { OfficerWork } from './officer-work.tsx'
import { RemovalsNotice } from './removals-notice.tsx'
import { SourceFreshness } from './source-freshness.tsx'
import type { Status } from './status.ts'

const figures = [
  ['identities', t.today.identities], ['accounts', t.today.accounts], ['entitlements', t.today.entitlements], ['grants', t.today.grants],
  ['orphanAccounts', t.today.orphans], ['leaversWithAccess', t.today.leavers],
] as const
/** Where the figure can be looked at, or worked off. */
const places: Readonly<Record<string, string>> = { identities: '#/people', accounts: '#/people', entitlements: '#/people', orphanAccounts: '#/people/orphans' }
const attention: ReadonlySet<string> = new Set(['orphanAccounts', 'leaversWithAccess'])

const Figures = ({ status }: { readonly status: Status }) => (
  <section className="section">
    <h2>{t.today.figures}</h2>
    <dl className="figures sheet">
      {figures.map(([key, label]) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd className={attention.has(key) && status[key] > 0 ? 'numbers outcome-look-closer' : 'numbers'}>{places[key] === undefined ? formatNumber(status[key])
            : <a href={places[key]}>{formatNumber(status[key])}<span className="visually-hidden"> {label}</span></a>}</dd>
        </div>
      ))}
    </dl>
  </section>
)

const RunningCampaigns = ({ status, asOf }: { readonly status: Status; readonly asOf: string }) => {
  const running = status.campaigns.filter((campaign) => campaign.state === 'running')
  return (
    <section className="section">
      <h2>{t.today.campaigns}</h2>
      {running.length === 0 ? (
        <EmptyView isInline title={t.today.noCampaigns} text={t.today.noCampaignsText}>
          <a className="button" href="#/campaigns/new"><Plus size={15} aria-hidden="true" />{t.campaigns.add}</a>
        </EmptyView>
      ) : (
        <ul className="running sheet">
          {running.map((campaign) => (
            <li key={campaign.id}>
              <a href={`#/campaigns/${campaign.id}`}>
                <DirectoryText>{campaign.spec.name}</DirectoryText>
              </a>
              <span className="soft numbers">
                {t.campaigns.decidedOf(formatNumber(campaign.progress.items - campaign.progress.undecided),
                  formatNumber(campaign.progress.items))}
              </span>
              <ProgressStrip progress={campaign.progress} label={t.campaigns.progress} />
              <span className="faint">
                <DueDate dueOn={campaign.dueOn} asOf={asOf} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const EvidenceLog = ({ status }: { readonly status: Status }) => {
  const behind = status.events - (status.lastCheckpointSize ?? 0)
  return (
    <section className="section">
      <h2>{t.today.evidence}</h2>
      <p>{t.today.events(status.events, formatNumber(status.events))}</p>
      <p className="soft">
        {status.lastCheckpointSize === null ? t.today.noCheckpoint : t.today.checkpoint(formatNumber(status.lastCheckpointSize))}{' '}
        {status.lastCheckpointSize !== null && behind > 0 ? t.today.checkpointBehind(formatNumber(behind)) : null}
      </p>
    </section>
  )
}

const Overview = ({ status, asOf }: { readonly status: Status; readonly asOf: string }) => (
  <>
    <RunningCampaigns status={status} asOf={asOf} />
    <DailyWork />
    <SourceFreshness asOf={asOf} />
    <div className="today-pair">
      <Figures status={status} />
      <EvidenceLog status={status} />
    </div>
  </>
)

/** The officer's overview: what is held, what runs, how fresh the sources are, how far the evidence is signed. */
export const OfficerToday = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const status = useQuery(engine.workspace.status.queryOptions())
  const sources = useQuery(engine.sources.list.queryOptions())
  if (status.isError) return <FailureView error={status.error} isInline onRetry={() => void status.refetch()} />
  if (status.data === undefined || sources.isPending) return <Skeleton lines={8} />
  const isNew = sources.data?.length === 0 && status.data.campaigns.length === 0
  return (
    <>
      <RemovalsNotice />
      <OfficerWork status={status.data} asOf={session.asOf} />
      {isNew ? <FirstSteps /> : <Overview status={status.data} asOf={session.asOf} />}
    </>
  )
}
