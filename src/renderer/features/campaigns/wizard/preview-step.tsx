import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, CircleCheckBig, Info } from 'lucide-react'
import { useEngine } from '../../../api/engine.ts'
import { useKeptWork } from '../../../api/kept-work.ts'
import { DirectoryText, SentenceText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { goTo } from '../../../components/hash-route.ts'
import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { engineSentence } from '../../../texts/engine-sentences.ts'
import { t } from '../../../texts/texts.ts'
import { PopulationTable } from '../population-table.tsx'
import { WorkProgress } from '../../../components/work-progress.tsx'
import { keepDraft } from './campaign-draft.ts'
import { loadByPerson } from './load-by-person.ts'

const shownLoads = 200

interface PreviewProps {
  readonly campaignId: number
  readonly name: string
  readonly mayLaunch: boolean
  /** As many items as the rules let one person have; null = any number. */
  readonly mostItems: number | null
}

/** What the launch would do; then the launch. */
export const PreviewStep = ({ campaignId, name, mayLaunch, mostItems }: PreviewProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const words = t.campaigns.wizard
  const preview = useQuery(engine.campaigns.preview.queryOptions({ input: { campaign: campaignId }, staleTime: 0, gcTime: 0 }))
  const { standing, begin, stop } = useKeptWork({
    kind: 'launch', of: campaignId, subject: name, campaign: campaignId,
    onDone: () => {
      keepDraft(String(campaignId), null)
      void queries.invalidateQueries().then(() => goTo('campaigns', String(campaignId)))
    },
  })
  if (preview.isError) return <FailureView isInline error={preview.error} onRetry={() => void preview.refetch()} />
  if (preview.data === undefined || (preview.isFetching && standing.state === 'idle')) return <Skeleton lines={10} />
  const { totals, obstacles, warnings, advice } = preview.data
  const load = loadByPerson(preview.data.reviewers)
  const isWorking = standing.state === 'working'
  const excluded = totals.excluded.reduce((sum, { grants }) => sum + grants, 0)
  return (
    <div className="form-stack">
      {obstacles.length === 0 ? null : (
        <div className="notice hot" role="alert">
          <CircleAlert size={18} aria-hidden="true" />
          <div className="notice-body"><strong>{words.obstacles}</strong>{obstacles.map((one) => <p key={one}><SentenceText>{engineSentence(one)}</SentenceText></p>)}</div>
        </div>
      )}
      {warnings.length === 0 ? null : (
        <div className="notice warm">
          <Info size={18} aria-hidden="true" />
          <div className="notice-body"><strong>{words.warnings}</strong>{warnings.map((one) => <p key={one}><SentenceText>{engineSentence(one)}</SentenceText></p>)}</div>
        </div>
      )}
      <p className="population-equation numbers">
        <span><strong>{formatNumber(totals.population)}</strong> <span className="soft">{t.campaigns.grants}</span></span>
        <span aria-hidden="true">=</span>
        <span><strong>{formatNumber(totals.inReview)}</strong> <span className="soft">{t.campaigns.inReview}</span></span>
        <span aria-hidden="true">+</span>
        <span><strong>{formatNumber(excluded)}</strong> <span className="soft">{t.campaigns.excluded}</span></span>
        <span className={totals.difference === 0 ? 'badge good' : 'badge hot'}>{totals.difference === 0 ? words.adds : words.addsNot}</span>
      </p>
      <div className="campaign-columns">
        <div className="campaign-column">
          <section className="section">
            <h2>{words.load}</h2>
            <div className="sheet load-table" tabIndex={0} role="group" aria-label={words.load}>
              <table className="table">
                <thead><tr><th scope="col">{t.campaigns.pace.name}</th><th scope="col">{t.campaigns.reviewer.basis}</th><th scope="col" className="number">{t.campaigns.columns.items}</th></tr></thead>
                <tbody>
                  {load.slice(0, shownLoads).map((one) => (
                    <tr key={one.person}>
                      <td><DirectoryText>{one.name}</DirectoryText><br /><span className="faint small"><DirectoryText>{one.person}</DirectoryText></span></td>
                      <td className="soft">{one.bases.map((basis) => t.campaigns.basis[basis]).join(', ')}</td>
                      <td className="number">
                        {formatNumber(one.items)}
                        {mostItems !== null && one.items >= mostItems ? <><br /><span className="outcome-look-closer small">{one.items > mostItems ? words.overLimit : words.atLimit}</span></> : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {load.length > shownLoads ? <p className="faint small set">{words.moreReviewers(formatNumber(load.length - shownLoads))}</p> : null}
            </div>
          </section>
        </div>
        <div className="campaign-column">
          <section className="section">
            <h2>{words.population}</h2>
            <p className="soft small">{words.equation}</p>
            <PopulationTable campaignId={campaignId} totals={totals} />
          </section>
          <section className="section">
            <h2>{words.advice}</h2>
            <p className="soft small">{words.adviceText}</p>
            <dl className="advice-counts sheet numbers">
              {([['keep', advice.keep], ['look-closer', advice.lookCloser], ['revoke', advice.revoke]] as const).map(([action, n]) => (
                <div key={action}><dt><OutcomeSign state={action} /> {t.outcome[action]}</dt><dd>{formatNumber(n)}</dd></div>
              ))}
            </dl>
          </section>
        </div>
      </div>
      {mayLaunch ? (
        <section className="launch-panel sheet">
          <div className="section">
            <h2>{obstacles.length === 0 ? <><CircleCheckBig size={17} className="outcome-keep" aria-hidden="true" /> {words.ready}</> : words.obstacles}</h2>
            <p className="soft">{words.readyText}</p>
          </div>
          {isWorking ? null : (
            <button type="button" className="button primary" disabled={obstacles.length > 0} onClick={() => void begin((signal) => engine.campaigns.launch.call({ campaign: campaignId }, { signal }))}>
              {words.launch(t.items(totals.inReview, formatNumber(totals.inReview)))}
            </button>
          )}
          <WorkProgress standing={standing} label={words.launching} starting={words.launchStep} stopped={words.stopped} onStop={() => void stop()} />
        </section>
      ) : null}
    </div>
  )
}
