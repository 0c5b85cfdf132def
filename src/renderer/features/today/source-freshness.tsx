import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../api/engine.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { daysBetween, formatDay, formatDays, formatNumber } from '../../components/format.ts'
import { toHash } from '../../components/hash-route.ts'
import { RunBadge, SourceSign, staleAfterDays } from '../../components/source-sign.tsx'
import { EmptyView, FailureView, Skeleton } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

/** Each source with what it last brought and how old that is. */
export const SourceFreshness = ({ asOf }: { readonly asOf: string }) => {
  const engine = useEngine()
  const sources = useQuery(engine.sources.list.queryOptions())
  return (
    <section className="section">
      <h2>{t.today.sources}</h2>
      {sources.isError ? <FailureView error={sources.error} isInline onRetry={() => void sources.refetch()} /> : null}
      {sources.isPending ? <Skeleton lines={3} /> : null}
      {sources.data?.length === 0 ? (
        <EmptyView isInline title={t.today.noSources} text={t.today.noSourcesText}>
          <a className="button primary" href="#/sources/add">
            {t.sources.add}
          </a>
        </EmptyView>
      ) : null}
      <ul className="source-cards">
        {sources.data?.map((source) => {
          const run = source.lastRun
          const taken = source.lastTaken
          const age = taken === null ? 0 : daysBetween(taken.asOf, asOf)
          return (
            <li key={source.id} className="source-card sheet">
              <SourceSign kind={source.kind} />
              <div>
                <h3>
                  <a href={toHash('sources', 'of', source.name)}><DirectoryText>{source.name}</DirectoryText></a>
                </h3>
                <p className="faint">{t.today.kind[source.kind]}</p>
              </div>
              <RunBadge state={run?.state ?? null} />
              {taken === null ? null : (
                <p className="source-line soft numbers">
                  {t.today.read(formatDay(taken.asOf))}
                  {age >= staleAfterDays ? <strong className="outcome-look-closer">{`, ${t.today.stale(formatDays(age))}`}</strong> : null}
                  <br />
                  {t.today.rows(formatNumber(taken.imported), formatNumber(taken.rejected))}
                </p>
              )}
              {run === null || run.notes.length === 0 ? null : run.state === 'complete'
                ? <p className="source-line"><a href={`#/sources/run/${run.id}`}>{t.today.notes(run.notes.length, formatNumber(run.notes.length))}</a></p>
                : <p className="source-line"><DirectoryText>{run.notes[0] ?? ''}</DirectoryText></p>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
