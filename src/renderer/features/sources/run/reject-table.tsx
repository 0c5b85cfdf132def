import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { usePagedRows } from '../../../components/paged-rows.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { VirtualTable, type Column } from '../../../components/virtual-table.tsx'
import type { Reject } from '../../../../shared/model/source.ts'
import { t } from '../../../texts/texts.ts'

const words = t.sources.run
const pageSize = 200

const columns: readonly Column<Reject>[] = [
  { key: 'row', title: words.rejectColumns.row, track: '5rem', isNumber: true, cell: (one) => formatNumber(one.row) },
  { key: 'column', title: words.rejectColumns.column, track: 'minmax(0, 1fr)', cell: (one) => <span className="cell-lines">{one.column === null ? <span className="faint">{words.noColumn}</span> : <span><DirectoryText>{one.column}</DirectoryText></span>}</span> },
  { key: 'reason', title: words.rejectColumns.reason, track: 'minmax(0, 3fr)', cell: (one) => <span className="cell-lines" title={one.reason}><span><DirectoryText>{one.reason}</DirectoryText></span><span className="faint small">{words.effect[one.effect]}</span></span> },
  { key: 'raw', title: words.rejectColumns.raw, track: 'minmax(0, 3fr)', cell: (one) => <span className="cell-lines mono small" title={one.raw}><span><DirectoryText>{one.raw}</DirectoryText></span></span> },
]

/** Every row that was not taken, or not whole; any number of them. */
export const RejectTable = ({ runId }: { readonly runId: number }) => {
  const engine = useEngine()
  const queryFor = (from: number) => engine.sources.rejects.queryOptions({ input: { run: runId, from, limit: pageSize }, staleTime: 60_000 })
  const first = useQuery(queryFor(0))
  const total = first.data?.total ?? 0
  const { rowAt, onSight } = usePagedRows({ pageSize, total, queryFor, rowsOf: (page) => page.rejects })
  return (
    <section className="section">
      <h2>{words.rejects}{total > 0 ? ` (${formatNumber(total)})` : ''}</h2>
      {first.isError ? <FailureView error={first.error} isInline onRetry={() => void first.refetch()} /> : null}
      {first.isPending ? <Skeleton lines={4} /> : null}
      {first.data !== undefined && total === 0 ? <p className="soft">{words.noRejects}</p> : null}
      {total > 0 ? (
        <>
          <p className="soft">{words.rejectsText}</p>
          <div className="sheet"><VirtualTable label={words.rejects} columns={columns} total={total} rowAt={rowAt} onSight={onSight} /></div>
        </>
      ) : null}
    </section>
  )
}
