import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { formatMoment } from '../../../components/format.ts'
import { FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'

/** One switch for every connection. An auditor sees how it stands. */
export const AirGapPart = ({ mayChange }: { readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const words = t.protection.airGap
  const gap = useQuery(engine.workspace.airGap.queryOptions())
  const change = useMutation(engine.workspace.setAirGap.mutationOptions({
    onSuccess: async ({ isOn }) => {
      announce(isOn ? words.isOn : words.isOff)
      await queries.invalidateQueries({ queryKey: engine.workspace.airGap.key() })
    },
  }))
  if (gap.isError) return <FailureView error={gap.error} isInline onRetry={() => void gap.refetch()} />
  if (gap.data === undefined) return <Skeleton lines={2} />
  const { isOn, since, by } = gap.data
  return (
    <section className="section" aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      <div className="sheet protection-state">
        <strong>{isOn ? words.isOn : words.isOff}</strong>
        <span className="soft">{words.text}</span>
        {since === null || by === null ? null : <span className="soft">{words.since(formatMoment(since))} <DirectoryText>{by}</DirectoryText></span>}
      </div>
      {mayChange ? (
        <div className="protection-ways">
          <button type="button" className="button" disabled={change.isPending} onClick={() => change.mutate({ isOn: !isOn })}>{isOn ? words.open : words.close}</button>
        </div>
      ) : null}
      <FailureLine error={change.error} />
    </section>
  )
}
