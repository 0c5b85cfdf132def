import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { AttestationPart } from './attestation-part.tsx'
import { GroupList } from './group-list.tsx'
import { SampleWalk } from './sample-walk.tsx'
import type { TogetherAnswer, TogetherGroup, TogetherInput } from './together-types.ts'
import './together.css'

interface DialogProps {
  readonly campaignId: number
  readonly onClose: () => void
  readonly onDecided: (answer: TogetherAnswer) => void
}

const words = t.review.depth.together

/** What may be decided in one go: unchanged access by one attestation, and groups of alike access after a drawn sample was opened. */
export const TogetherDialog = ({ campaignId, onClose, onDecided }: DialogProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [group, setGroup] = useState<TogetherGroup | null>(null)
  const offer = useQuery(engine.review.together.queryOptions({ input: { campaign: campaignId }, staleTime: 0, gcTime: 0 }))
  const deciding = useMutation({
    mutationFn: (input: TogetherInput) => engine.review.decideTogether.call(input),
    onSuccess: (answer, input) => {
      const count = t.items(answer.decided.length, formatNumber(answer.decided.length))
      announce(input.way === 'bulk' ? words.kept(count) : words.attested(count))
      setGroup(null)
      onDecided(answer)
      // Items decided now are asked for anew when they are opened.
      void queries.invalidateQueries({ queryKey: engine.review.key() })
    },
    onError: () => {
      setGroup(null)
      void offer.refetch()
    },
  })
  const failure = deciding.error === null ? null : toFailure(deciding.error)
  const { data } = offer
  return (
    <DialogBox title={words.title} onClose={onClose}>
      {failure === null ? null : <p className="field-error together-error" role="alert">{failure.message ?? t.failureTitle[failure.kind]}</p>}
      {offer.isError ? <div className="dialog-body"><FailureView error={offer.error} isInline onRetry={() => void offer.refetch()} /></div>
        : data === undefined || deciding.isPending ? (
          <div className="dialog-body" aria-busy="true"><p role="status" className="faint">{deciding.isPending ? words.working : t.loading}</p><Skeleton lines={6} /></div>
        ) : group !== null ? (
          <SampleWalk key={group.key} group={group} statement={data.bulkStatement} onBack={() => setGroup(null)}
            onKeep={(sample) => deciding.mutate({ way: 'bulk', campaign: campaignId, key: group.key, sample: [...sample] })} />
        ) : !data.isAttestationAllowed && !data.isBulkAllowed ? (
          <div className="dialog-body"><p className="soft">{words.notAllowed}</p></div>
        ) : (
          <div className="dialog-body together-body">
            {data.unchanged.length === 0 && data.groups.length === 0 ? <EmptyView isInline title={words.nothing} text={words.nothingText} /> : null}
            {data.unchanged.length === 0 ? null : (
              <AttestationPart offer={data} onAttest={(items) => deciding.mutate({ way: 'attestation', campaign: campaignId, items: [...items] })} />
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
