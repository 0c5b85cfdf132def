import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { usePagedRows } from '../../../components/paged-rows.ts'
import { plainText } from '../../../components/plain-text.ts'
import { VirtualTable } from '../../../components/virtual-table.tsx'
import { t } from '../../../texts/texts.ts'

const words = t.review.depth.together
const pageSize = 100

interface TableProps {
  readonly campaignId: number
  /** Every item that may be attested, in the order of the queue. */
  readonly unchanged: readonly number[]
  readonly leftOut: ReadonlySet<number>
  readonly onToggle: (itemId: number) => void
}

/** Unchanged access line by line, however much it is; read as it comes into sight. */
export const UnchangedTable = ({ campaignId, unchanged, leftOut, onToggle }: TableProps) => {
  const engine = useEngine()
  const { rowAt, onSight } = usePagedRows({
    pageSize, total: unchanged.length,
    queryFor: (from) => {
      const items = unchanged.slice(from, from + pageSize)
      const input = { campaign: campaignId, items }
      return {
        queryKey: [...engine.review.unchangedLines.queryKey({ input }), 'in place'], staleTime: Infinity, gcTime: 60_000,
        // An item decided meanwhile is not told any more; the others stay in their places.
        queryFn: async () => {
          const lines = new Map((await engine.review.unchangedLines.call(input)).map((line) => [line.itemId, line]))
          return items.map((itemId) => lines.get(itemId))
        },
      }
    },
    rowsOf: (page) => page,
  })
  return (
    <VirtualTable label={words.unchanged} total={unchanged.length} rowAt={rowAt} onSight={onSight} rowHeight={32} most={7} columns={[
      {
        key: 'include', title: words.included, track: '4rem', cell: (line) => (
          <input type="checkbox" checked={!leftOut.has(line.itemId)} onChange={() => onToggle(line.itemId)}
            aria-label={words.include(plainText(line.entitlementName), plainText(line.subjectName))} />
        ),
      },
      {
        key: 'who', title: words.who, track: 'minmax(0, 1fr)',
        cell: ({ subjectName }) => <span className="cell-lines" title={plainText(subjectName)}><DirectoryText>{subjectName}</DirectoryText></span>,
      },
      {
        key: 'what', title: words.what, track: 'minmax(0, 1.6fr)', cell: ({ entitlementName, application }) => (
          <span className="cell-lines" title={plainText(entitlementName)}>
            <span><DirectoryText>{entitlementName}</DirectoryText><span className="faint">, <DirectoryText>{application}</DirectoryText></span></span>
          </span>
        ),
      },
      { key: 'when', title: words.lastReviewed, track: '7.5rem', isNumber: true, cell: (line) => formatDay(line.lastReviewed) },
    ]} />
  )
}
