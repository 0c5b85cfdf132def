import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView } from '../../../components/state-view.tsx'
import { VirtualTable, type Column } from '../../../components/virtual-table.tsx'
import { t } from '../../../texts/texts.ts'
import { AccessWay } from '../access-way.tsx'
import type { Access, PersonDetail } from '../people-types.ts'

const words = t.inventory.person
const pageSize = 500

const columns: readonly Column<Access>[] = [
  {
    key: 'entitlement', title: words.accessColumns.entitlement, track: 'minmax(0, 5fr)',
    cell: ({ entitlement }) => (
      <span className="cell-lines">
        <a href={`#/people/entitlement/${entitlement.id}`} title={entitlement.name}><DirectoryText>{entitlement.name}</DirectoryText></a>
        <span className="faint small"><DirectoryText>{entitlement.application}</DirectoryText>{entitlement.privilege === 'none' ? '' : ` · ${t.privilege[entitlement.privilege]}`}
          {entitlement.risk === 'high' || entitlement.risk === 'critical' ? ` · ${t.risk[entitlement.risk]}` : ''}</span>
      </span>
    ),
  },
  { key: 'path', title: words.accessColumns.path, track: 'minmax(0, 2.5fr)', cell: ({ via }) => <AccessWay via={via} /> },
  {
    key: 'account', title: words.accessColumns.account, track: 'minmax(0, 4fr)',
    cell: ({ account, source }) => <span className="cell-lines"><span className="small" title={account}><DirectoryText>{account}</DirectoryText></span><span className="faint small"><DirectoryText>{source}</DirectoryText></span></span>,
  },
  {
    key: 'granted', title: words.accessColumns.granted, track: '6.2rem',
    cell: ({ grantedAt, expiresAt }) => (
      <span className="cell-lines">
        {grantedAt === null ? <span className="faint">{t.unknown}</span> : <span>{formatDay(grantedAt)}</span>}
        {expiresAt === null ? null : <span className="faint small">{words.until(formatDay(expiresAt))}</span>}
      </span>
    ),
  },
  { key: 'used', title: words.accessColumns.used, track: '6.2rem', cell: ({ lastUsed }) => (lastUsed === null ? <span className="faint">{t.unknown}</span> : formatDay(lastUsed)) },
]

/** What a person holds through all accounts, each with its way there. */
export const AccessTable = ({ person }: { readonly person: PersonDetail }) => {
  const engine = useEngine()
  const [filter, setFilter] = useState('')
  const more = useInfiniteQuery(engine.inventory.personAccess.infiniteOptions({
    input: (from: number) => ({ identityId: person.identity.id, from, limit: pageSize }),
    initialPageParam: person.access.length,
    getNextPageParam: (last, pages) => {
      const next = person.access.length + pages.reduce((sum, page) => sum + page.access.length, 0)
      return last.access.length > 0 && next < last.total ? next : undefined
    },
    // Only what was asked for: the first of it came with the person.
    enabled: false,
  }))
  const all = [...person.access, ...(more.data?.pages.flatMap(({ access }) => access) ?? [])]
  const wanted = filter.trim().toLocaleLowerCase()
  const shown = wanted === '' ? all : all.filter(({ entitlement, account, via }) =>
    [entitlement.name, entitlement.application, account, ...via].some((text) => text.toLocaleLowerCase().includes(wanted)))
  return (
    <section className="section">
      <div className="section-bar">
        <h2>{words.access} ({formatNumber(person.accessTotal)})</h2>
        {all.length > 8 ? <input className="compact-input" type="search" value={filter} placeholder={words.filter} aria-label={words.filter} onChange={(event) => setFilter(event.target.value)} /> : null}
      </div>
      {person.accessTotal === 0 ? <EmptyView isInline title={words.noAccess} text={words.noAccessText} /> : null}
      {person.accessTotal > 0 && shown.length === 0 ? <p className="soft">{words.noMatch}</p> : null}
      {shown.length > 0 ? <div className="sheet"><VirtualTable label={words.access} columns={columns} total={shown.length} rowAt={(at) => shown[at]} /></div> : null}
      {more.isError ? <FailureView error={more.error} isInline onRetry={() => void more.fetchNextPage()} /> : null}
      {all.length < person.accessTotal ? (
        <p><button type="button" className="button small" disabled={more.isFetching} onClick={() => void more.fetchNextPage()}>{words.moreAccess(formatNumber(person.accessTotal))}</button></p>
      ) : null}
    </section>
  )
}
