import { useQuery } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import type { Delegation } from '../../../../shared/model/calendar.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { AwayDialog, EndAwayDialog } from './away-dialogs.tsx'

const looks = { ahead: 'badge calm', running: 'badge good', over: 'badge' } as const

/** Who stands in for whom: an officer sees and arranges all of it, a reviewer what concerns them. */
export const AwayPart = ({ session }: { readonly session: Session }) => {
  const engine = useEngine()
  const words = t.calendar.away
  const all = useQuery(engine.calendar.delegations.queryOptions())
  const [isOpen, setOpen] = useState(false)
  const [ending, setEnding] = useState<Delegation | null>(null)
  const [hasOver, setOver] = useState(false)
  const isOfficer = session.person.roles.includes('officer')
  const mayArrange = isOfficer || session.person.roles.includes('reviewer')
  const shown = (all.data ?? []).filter(({ state }) => hasOver || state !== 'over')
  const { columns } = words
  return (
    <div className="settings-block">
      <div className="part-head">
        <h3>{words.title}</h3>
        {mayArrange ? <button type="button" className="button small" onClick={() => setOpen(true)}><UserRoundPlus size={14} aria-hidden="true" />{words.open}</button> : null}
      </div>
      <p className="soft settings-text">{words.text}</p>
      {all.isError ? <FailureView error={all.error} isInline onRetry={() => void all.refetch()} /> : null}
      {all.isPending ? <Skeleton lines={3} /> : null}
      {all.data !== undefined && shown.length === 0 ? <p className="faint">{words.none}</p> : null}
      {shown.length === 0 ? null : (
        <div className="sheet wide-table" tabIndex={0} role="group" aria-label={words.title}>
          <table className="table dense">
            <thead>
              <tr>
                <th scope="col">{columns.person}</th><th scope="col">{columns.delegate}</th><th scope="col">{columns.from}</th><th scope="col">{columns.until}</th><th scope="col">{columns.state}</th>
                <th scope="col">{columns.reason}</th><th scope="col"><span className="visually-hidden">{columns.act}</span></th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.id}>
                  <td><DirectoryText>{one.person}</DirectoryText></td><td><DirectoryText>{one.delegate}</DirectoryText></td>
                  <td className="numbers">{formatDay(one.fromOn)}</td><td className="numbers">{formatDay(one.endedOn ?? one.toOn)}</td>
                  <td><span className={looks[one.state]}>{words.states[one.state]}</span></td><td><DirectoryText>{one.reason}</DirectoryText></td>
                  <td className="number">
                    {one.state === 'over' || !(isOfficer || one.person === session.person.email) ? null
                      : <button type="button" className="button small" aria-label={words.endOf(one.person)} onClick={() => setEnding(one)}>{words.end}</button>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {all.data?.some(({ state }) => state === 'over') === true ? (
        <label className="packets-all"><input type="checkbox" checked={hasOver} onChange={(event) => setOver(event.target.checked)} />{words.showOver}</label>
      ) : null}
      {isOpen ? <AwayDialog session={session} onClose={() => setOpen(false)} /> : null}
      {ending === null ? null : <EndAwayDialog delegation={ending} onClose={() => setEnding(null)} />}
    </div>
  )
}
