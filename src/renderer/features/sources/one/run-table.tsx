import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { RunBadge } from '../../../components/source-sign.tsx'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

/** Every reading of a source, the latest first. */
export const RunTable = ({ source }: { readonly source: string }) => {
  const engine = useEngine()
  const runs = useQuery(engine.sources.runs.queryOptions({ input: { source } }))
  const { columns } = t.sources.page
  return (
    <section className="section">
      <h2>{t.sources.page.runs}</h2>
      {runs.isError ? <FailureView error={runs.error} isInline onRetry={() => void runs.refetch()} /> : null}
      {runs.isPending ? <Skeleton lines={4} /> : null}
      {runs.data?.length === 0 ? <EmptyView isInline title={t.sources.page.noRuns} text={t.sources.page.noRunsText} /> : null}
      {runs.data !== undefined && runs.data.length > 0 ? (
        <div className="sheet">
          <table className="table run-table">
            <thead>
              <tr>
                <th scope="col">{columns.run}</th><th scope="col">{columns.state}</th><th scope="col">{columns.asOf}</th>
                <th scope="col" className="number">{columns.taken}</th><th scope="col" className="number">{columns.rejected}</th><th scope="col">{columns.by}</th>
              </tr>
            </thead>
            <tbody>
              {runs.data.map((run) => (
                <tr key={run.id}>
                  <td><a href={`#/sources/run/${run.id}`}>{t.sources.page.openRun(formatNumber(run.id))}</a></td>
                  <td><RunBadge state={run.state} /></td>
                  <td>{formatDay(run.asOf)}</td>
                  <td className="number">{run.state === 'complete' ? formatNumber(run.imported) : <span className="faint">–</span>}</td>
                  <td className="number">{formatNumber(run.rejected)}</td>
                  <td className="faint by"><DirectoryText>{run.actor}</DirectoryText></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  )
}
