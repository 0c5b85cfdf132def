import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Repeat } from 'lucide-react'
import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { RecurringDialog } from './recurring-dialog.tsx'

type Recurrence = Awaited<ReturnType<Client['calendar']['recurrences']>>[number]

const Row = ({ one, mayChange }: { readonly one: Recurrence; readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.calendar.recurring
  const name = plainText(one.spec.name)
  const changing = useMutation({
    mutationFn: async (): Promise<string> => {
      if (one.isActive) {
        await engine.calendar.endRecurrence.call({ recurrence: one.id })
        return words.pausedSay(name)
      }
      const { nextOn } = await engine.calendar.resumeRecurrence.call({ recurrence: one.id })
      return words.resumedSay(name, formatDay(nextOn))
    },
    onSuccess: async (said) => {
      announce(said)
      await queries.invalidateQueries({ queryKey: engine.calendar.recurrences.key() })
    },
  })
  return (
    <tr>
      <td><DirectoryText>{one.spec.name}</DirectoryText><FailureLine error={changing.error} /></td>
      <td>{words.every(one.rule.everyMonths, formatNumber(one.rule.everyMonths))}</td>
      <td className="numbers">{one.isActive ? formatDay(one.nextOn) : <span className="faint">{t.none}</span>}</td>
      <td>{words.due(one.rule.dueDays, formatNumber(one.rule.dueDays))}</td>
      <td>{one.lastCampaign === null ? <span className="faint">{t.none}</span> : <a href={`#/campaigns/${one.lastCampaign}`}>{words.lastDraft(String(one.lastCampaign))}</a>}</td>
      <td><span className={one.isActive ? 'badge good' : 'badge'}>{one.isActive ? words.active : words.paused}</span></td>
      {mayChange ? (
        <td className="number">
          <button type="button" className="button small" disabled={changing.isPending} aria-label={one.isActive ? words.pauseOf(name) : words.resumeOf(name)} onClick={() => changing.mutate()}>
            {one.isActive ? words.pause : words.resume}
          </button>
        </td>
      ) : null}
    </tr>
  )
}

/** Campaigns whose drafts come by the calendar. */
export const RecurringPart = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const words = t.calendar.recurring
  const all = useQuery(engine.calendar.recurrences.queryOptions())
  const [isOpen, setOpen] = useState(false)
  const { columns } = words
  return (
    <div className="settings-block">
      <div className="part-head">
        <h3>{words.title}</h3>
        {mayChange ? <button type="button" className="button small" onClick={() => setOpen(true)}><Repeat size={14} aria-hidden="true" />{words.open}</button> : null}
      </div>
      <p className="soft settings-text">{words.text}</p>
      {all.isError ? <FailureView error={all.error} isInline onRetry={() => void all.refetch()} /> : null}
      {all.isPending ? <Skeleton lines={3} /> : null}
      {all.data?.length === 0 ? <EmptyView isInline title={words.none} text={words.noneText} /> : null}
      {all.data !== undefined && all.data.length > 0 ? (
        <div className="sheet wide-table" tabIndex={0} role="group" aria-label={words.title}>
          <table className="table dense">
            <thead>
              <tr>
                <th scope="col">{columns.name}</th><th scope="col">{columns.every}</th><th scope="col">{columns.next}</th><th scope="col">{columns.due}</th><th scope="col">{columns.last}</th>
                <th scope="col">{columns.state}</th>{mayChange ? <th scope="col"><span className="visually-hidden">{columns.act}</span></th> : null}
              </tr>
            </thead>
            <tbody>{all.data.map((one) => <Row key={one.id} one={one} mayChange={mayChange} />)}</tbody>
          </table>
        </div>
      ) : null}
      {isOpen ? <RecurringDialog onClose={() => setOpen(false)} /> : null}
    </div>
  )
}
