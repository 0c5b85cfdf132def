import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

/** Rights that came back after they were removed, and removals that are late: nothing where there are none. */
export const RemovalsNotice = () => {
  const engine = useEngine()
  const { data } = useQuery(engine.remediation.counts.queryOptions())
  if (data === undefined || data.alarms + data.overdue === 0) return null
  return (
    <div className={data.alarms > 0 ? 'notice hot' : 'notice warm'}>
      <CircleAlert size={18} aria-hidden="true" />
      <div className="notice-body">
        {data.alarms === 0 ? null : <strong>{t.remediation.today.alarms(data.alarms, formatNumber(data.alarms))}</strong>}
        {data.overdue === 0 ? null : <p>{t.remediation.today.overdue(data.overdue, formatNumber(data.overdue))}</p>}
        <p><a className="button" href="#/remediation">{t.remediation.today.to}</a></p>
      </div>
    </div>
  )
}
