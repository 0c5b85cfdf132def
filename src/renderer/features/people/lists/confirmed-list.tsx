import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatMoment } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { UndoMatch } from '../undo-match.tsx'
import { Pager } from './pager.tsx'

const words = t.inventory.confirmed
const pageSize = 50

/** What was matched by hand, and a way back. */
export const ConfirmedList = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const [from, setFrom] = useState(0)
  const page = useQuery(engine.inventory.confirmedMatches.queryOptions({ input: { from, limit: pageSize }, placeholderData: keepPreviousData }))
  if (page.isError) return <FailureView error={page.error} isInline onRetry={() => void page.refetch()} />
  if (page.data === undefined) return <Skeleton lines={6} />
  if (page.data.total === 0) return <EmptyView isInline title={words.none} text={words.noneText} />
  const { columns } = words
  return (
    <div className="section">
      <p className="soft">{words.text}</p>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr><th scope="col">{columns.account}</th><th scope="col">{columns.source}</th><th scope="col">{columns.person}</th><th scope="col">{columns.by}</th><th scope="col">{columns.at}</th><td /></tr>
          </thead>
          <tbody>
            {page.data.matches.map(({ account, identity, confirmed }) => (
              <tr key={account.id}>
                <td><DirectoryText>{account.login ?? account.nativeId}</DirectoryText></td>
                <td><DirectoryText>{account.source}</DirectoryText></td>
                <td>
                  {identity === null ? <span className="faint">{t.inventory.nobody}</span> : <a href={`#/people/person/${identity.id}`}><DirectoryText>{identity.displayName}</DirectoryText></a>}
                  {account.linkReason === 'confirmed' ? null : <><br /><span className="faint small">{words.outweighed}</span></>}
                </td>
                <td><DirectoryText>{confirmed.by}</DirectoryText></td>
                <td>{formatMoment(confirmed.at)}</td>
                <td>{isOfficer ? <UndoMatch accountId={account.id} login={account.login ?? account.nativeId} /> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager from={from} size={pageSize} total={page.data.total} onFrom={setFrom} />
    </div>
  )
}
