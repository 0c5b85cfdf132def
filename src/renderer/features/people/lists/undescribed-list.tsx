import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import type { Entitlement } from '../../../../shared/model/entitlement.ts'
import { t } from '../../../texts/texts.ts'
import { Pager } from './pager.tsx'

const words = t.inventory.undescribed
const pageSize = 50

/** A line of the work list: said in place, so that twenty of them are one sitting. */
const Row = ({ one, isOfficer }: { readonly one: Entitlement & { readonly holders: number }; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [text, setText] = useState('')
  const describe = useMutation(engine.inventory.describe.mutationOptions({
    onSuccess: () => { announce(t.inventory.entitlement.saved); void queries.invalidateQueries({ queryKey: engine.inventory.entitlement.key() }) },
  }))
  const failure = describe.isError ? toFailure(describe.error) : null
  return (
    <tr>
      <td><a href={`#/people/entitlement/${one.id}`}><DirectoryText>{one.name}</DirectoryText></a></td>
      <td><DirectoryText>{one.application}</DirectoryText></td>
      <td><span className={one.risk === 'high' || one.risk === 'critical' ? 'badge hot' : 'badge'}>{t.riskShort[one.risk]}</span></td>
      <td className="number">{formatNumber(one.holders)}</td>
      <td className="grow wide-cell">
        {!isOfficer ? null : describe.isSuccess ? <span><CircleCheckBig size={14} className="icon outcome-keep" aria-hidden="true" /> <DirectoryText>{describe.data.entitlement.description ?? ''}</DirectoryText></span> : (
          <form className="describe-form" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') describe.mutate({ entitlementId: one.id, description: text.trim() }) }}>
            <input className="compact-input" value={text} maxLength={2_000} aria-label={words.label(one.name)} onChange={(event) => setText(event.target.value)} />
            <button type="submit" className="button small" disabled={describe.isPending || text.trim() === ''}>{t.inventory.entitlement.save}</button>
          </form>
        )}
        {failure === null ? null : <p role="alert" className="field-error"><DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText></p>}
      </td>
    </tr>
  )
}

/** Entitlements nobody has described, the riskiest first. */
export const UndescribedList = ({ isOfficer }: { readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const [from, setFrom] = useState(0)
  const page = useQuery(engine.inventory.undescribed.queryOptions({ input: { from, limit: pageSize }, placeholderData: keepPreviousData }))
  if (page.isError) return <FailureView error={page.error} isInline onRetry={() => void page.refetch()} />
  if (page.data === undefined) return <Skeleton lines={10} />
  if (page.data.total === 0) return <EmptyView isInline title={words.none} text={words.noneText} />
  const { columns } = words
  return (
    <div className="section">
      <p className="soft">{words.text}</p>
      <div className="sheet">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{columns.entitlement}</th><th scope="col">{columns.application}</th><th scope="col">{columns.risk}</th><th scope="col" className="number">{columns.holders}</th>
              {isOfficer ? <th scope="col">{columns.words}</th> : <td />}
            </tr>
          </thead>
          <tbody>{page.data.entitlements.map((one) => <Row key={one.id} one={one} isOfficer={isOfficer} />)}</tbody>
        </table>
      </div>
      <Pager from={from} size={pageSize} total={page.data.total} onFrom={setFrom} />
    </div>
  )
}
