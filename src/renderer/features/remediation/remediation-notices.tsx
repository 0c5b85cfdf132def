import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, ClipboardList, Clock } from 'lucide-react'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

const words = t.remediation

interface NoticesProps {
  readonly counts: { readonly alarms: number; readonly stillThere: number; readonly unplanned: number; readonly usedAfter: number }
  readonly mayChange: boolean
  readonly onAlarms: () => void
}

/** What came back, what is still there, and what no plan holds yet. */
export const RemediationNotices = ({ counts, mayChange, onAlarms }: NoticesProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const planning = useMutation({
    mutationFn: () => engine.remediation.plan.call({}),
    onSuccess: async ({ planned, alreadyGone }) => {
      announce(words.planned(formatNumber(planned), formatNumber(alreadyGone)))
      await queries.invalidateQueries({ queryKey: engine.remediation.key() })
    },
  })
  const failure = planning.error === null ? null : toFailure(planning.error)
  const alarms = counts.alarms + counts.stillThere
  return (
    <>
      {alarms === 0 ? null : (
        <div className="notice hot">
          <CircleAlert size={18} aria-hidden="true" />
          <div className="notice-body">
            {counts.alarms === 0 ? null : <><strong>{words.alarm(counts.alarms, formatNumber(counts.alarms))}</strong><p>{words.alarmText}</p></>}
            {counts.stillThere === 0 ? null : <strong>{words.stillThereAlarm(counts.stillThere, formatNumber(counts.stillThere))}</strong>}
          </div>
          <button type="button" className="button small" onClick={onAlarms}>{words.showAlarms}</button>
        </div>
      )}
      {counts.usedAfter === 0 ? null : (
        <div className="notice warm">
          <Clock size={18} aria-hidden="true" />
          <div className="notice-body"><strong>{words.usedAfter(counts.usedAfter, formatNumber(counts.usedAfter))}</strong><p>{words.usedAfterText}</p></div>
        </div>
      )}
      {counts.unplanned === 0 ? null : (
        <div className="notice">
          <ClipboardList size={18} aria-hidden="true" />
          <div className="notice-body">
            <strong>{words.unplanned(counts.unplanned, formatNumber(counts.unplanned))}</strong>
            <p>{words.unplannedText}</p>
            <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
          </div>
          {mayChange ? <button type="button" className="button primary small" disabled={planning.isPending} onClick={() => planning.mutate()}>{words.plan}</button> : null}
        </div>
      )}
    </>
  )
}
