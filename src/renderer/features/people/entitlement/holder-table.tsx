import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { usePagedRows } from '../../../components/paged-rows.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { VirtualTable, type Column } from '../../../components/virtual-table.tsx'
import { t } from '../../../texts/texts.ts'
import { AccessWay } from '../access-way.tsx'
import type { Holder } from '../people-types.ts'
import { useSettled } from '../../../components/use-settled.ts'

const words = t.inventory.entitlement
const pageSize = 200

const columns: readonly Column<Holder>[] = [
  {
    key: 'name', title: words.columns.name, track: 'minmax(0, 3fr)',
    cell: ({ identity, account }) => (
      <span className="cell-lines">
        {identity === null ? <span><DirectoryText>{account.displayName ?? account.login ?? account.nativeId}</DirectoryText></span>
          : <a href={`#/people/person/${identity.id}`}><DirectoryText>{identity.displayName}</DirectoryText></a>}
        <span className="faint small">{identity === null ? t.inventory.link[account.linkReason] : identity.kind !== 'unknown' && (identity.status === 'active' || identity.status === 'unknown') ? t.kind[identity.kind] : t.inventory.status[identity.status]}</span>
      </span>
    ),
  },
  {
    key: 'job', title: words.columns.job, track: 'minmax(0, 3fr)',
    cell: ({ identity }) => (
      <span className="cell-lines">
        <span><DirectoryText>{identity?.title ?? ''}</DirectoryText></span>
        <span className="faint small"><DirectoryText>{identity?.department ?? ''}</DirectoryText></span>
      </span>
    ),
  },
  { key: 'account', title: words.columns.account, track: 'minmax(0, 3fr)', cell: ({ account }) => <span className="cell-lines"><span title={account.login ?? account.nativeId}><DirectoryText>{account.login ?? account.nativeId}</DirectoryText></span>{account.isEnabled === false ? <span className="faint small">{t.inventory.disabled}</span> : null}</span> },
  { key: 'path', title: words.columns.path, track: 'minmax(0, 2fr)', cell: ({ via }) => <AccessWay via={via} /> },
  { key: 'granted', title: words.columns.granted, track: '7rem', cell: ({ grantedAt }) => (grantedAt === null ? <span className="faint">{t.unknown}</span> : formatDay(grantedAt)) },
  { key: 'used', title: words.columns.used, track: '7rem', cell: ({ lastUsed }) => (lastUsed === null ? <span className="faint">{t.unknown}</span> : formatDay(lastUsed)) },
]

/** Who holds an entitlement, however many they are. */
export const HolderTable = ({ entitlementId }: { readonly entitlementId: number }) => {
  const engine = useEngine()
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim(), 150)
  const queryFor = (from: number) => engine.inventory.holders.queryOptions({ input: { entitlementId, text, from, limit: pageSize }, staleTime: 30_000 })
  const first = useQuery({ ...queryFor(0), placeholderData: keepPreviousData })
  const total = first.data?.total ?? 0
  const { rowAt, onSight } = usePagedRows({ pageSize, total, queryFor, rowsOf: (page) => page.holders })
  return (
    <section className="section">
      <div className="section-bar">
        <h2>{words.holderList}{first.data === undefined ? '' : ` (${formatNumber(total)})`}</h2>
        <input className="compact-input" type="search" value={typed} placeholder={words.holderSearch} aria-label={words.holderSearch} onChange={(event) => setTyped(event.target.value)} />
      </div>
      {first.isError ? <FailureView error={first.error} isInline onRetry={() => void first.refetch()} /> : null}
      {first.isPending ? <Skeleton lines={6} /> : null}
      {first.data?.isSorted === false ? <p className="faint">{words.unsorted}</p> : null}
      {first.data !== undefined && total === 0 ? (text === '' ? <EmptyView isInline title={words.noHolders} text={words.noHoldersText} /> : <p className="soft">{words.noHolderFound(text)}</p>) : null}
      {total > 0 ? <div className="sheet"><VirtualTable label={words.holderList} columns={columns} total={total} rowAt={rowAt} onSight={onSight} /></div> : null}
    </section>
  )
}
