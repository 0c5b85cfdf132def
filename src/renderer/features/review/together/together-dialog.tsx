import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { useLinesChange } from '../queue/use-queue.ts'
import { AttestationPart } from './attestation-part.tsx'
import { GoneList } from './gone-list.tsx'
import { GroupList } from './group-list.tsx'
import { SampleWalk } from './sample-walk.tsx'
import type { TogetherAnswer, TogetherGroup, TogetherInput } from './together-types.ts'
import { useUndoTogether } from './use-undo-together.ts'
import './together.css'

interface DialogProps {
  readonly campaignId: number
  readonly onClose: () => void
  readonly onDecided: (answer: TogetherAnswer) => void
  readonly onUndone: (answer: { readonly id: number; readonly undone: readonly number[] }) => void
}

const words = t.review.depth.together

/**
 * What may be decided in one go: unchanged access by one attestation, and groups of alike access after a drawn sample was opened. And what
 * was, to be taken back in one go.
 */
export const TogetherDialog = ({ campaignId, onClose, onDecided, onUndone }: DialogProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const changeLines = useLinesChange(campaignId)
  const [group, setGroup] = useState<TogetherGroup | null>(null)
  const offer = useQuery(engine.review.together.queryOptions({ input: { campaign: campaignId }, staleTime: 0, gcTime: 0 }))
  const named = { entitlementId: group?.entitlementId ?? 0, subjectKind: group?.subjectKind ?? 'unknown' }
  const drawn = useQuery(engine.review.drawGroup.queryOptions({ input: { campaign: campaignId, group: named }, enabled: group !== null, staleTime: 0, gcTime: 0 }))
  const lookAgain = (): void => {
    setGroup(null)
    void offer.refetch()
  }
  const deciding = useMutation({
    mutationFn: (input: TogetherInput) => engine.review.decideTogether.call(input),
    scope: { id: `decisions-${campaignId}` },
    onSuccess: (answer, input) => {
      const count = t.items(answer.decided.length, formatNumber(answer.decided.length))
      announce(input.way === 'bulk' ? words.kept(count) : words.attested(count))
      changeLines(answer.decided, { state: 'keep' })
      // Items decided now are asked for anew when they are opened.
      void queries.invalidateQueries({ queryKey: engine.review.item.key() })
      onDecided(answer)
      lookAgain()
    },
    onError: lookAgain,
  })
  const undoing = useUndoTogether(campaignId, (answer) => {
    onUndone(answer)
    lookAgain()
  }, lookAgain)
  const error = deciding.error ?? undoing.error
  const failure = error === null ? null : toFailure(error)
  const isBusy = deciding.isPending || undoing.isPending
  const { data } = offer
  return (
    <DialogBox title={words.title} onClose={onClose}>
      {failure === null ? null : <p className="field-error together-error" role="alert">{failure.message ?? t.failureTitle[failure.kind]}</p>}
      {offer.isError ? <div className="dialog-body"><FailureView error={offer.error} isInline onRetry={() => void offer.refetch()} /></div>
        : data === undefined || isBusy || (group !== null && drawn.data === undefined && !drawn.isError) ? (
          <div className="dialog-body" aria-busy="true"><p role="status" className="faint">{isBusy ? words.working : t.loading}</p><Skeleton lines={6} /></div>
        ) : group !== null && drawn.isError ? (
          <div className="dialog-body"><FailureView error={drawn.error} isInline onRetry={lookAgain} /></div>
        ) : group !== null && drawn.data !== undefined ? (
          <SampleWalk key={drawn.data.key} group={drawn.data} statement={data.bulkStatement} onBack={() => setGroup(null)}
            onKeep={(sample) => deciding.mutate({ way: 'bulk', campaign: campaignId, group: named, key: drawn.data.key, sample: [...sample] })} />
        ) : !data.isAttestationAllowed && !data.isBulkAllowed ? (
          <div className="dialog-body"><p className="soft">{words.notAllowed}</p></div>
        ) : (
          <div className="dialog-body together-body">
            {data.recorded.length === 0 ? null : <GoneList recorded={data.recorded} isBusy={isBusy} onUndo={undoing.mutate} />}
            {data.unchanged.length === 0 && data.groups.length === 0 ? <EmptyView isInline title={words.nothing} text={words.nothingText} /> : null}
            {data.unchanged.length === 0 ? null : (
              <AttestationPart campaignId={campaignId} offer={data} onAttest={(items) => deciding.mutate({ way: 'attestation', campaign: campaignId, items: [...items] })} />
            )}
            {data.groups.length === 0 ? null : <GroupList groups={data.groups} onOpen={setGroup} />}
            {data.leftOut.length === 0 ? null : (
              <section>
                <h3>{words.leftOut}</h3>
                <dl className="left-out">
                  {data.leftOut.map(({ reason, items }) => (
                    <div key={reason}><dt>{words.reasons[reason]}</dt><dd className="numbers">{formatNumber(items)}</dd></div>
                  ))}
                </dl>
              </section>
            )}
          </div>
        )}
    </DialogBox>
  )
}
