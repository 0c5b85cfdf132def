import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { SentenceText } from '../../../components/directory-text.tsx'
import { goTo } from '../../../components/hash-route.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import { FailureLine } from '../../../components/failure-line.tsx'
import { keepDraft } from './campaign-draft.ts'

/** Throws a draft away, after asking. */
export const DiscardDraft = ({ campaign }: { readonly campaign: Campaign }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [isAsking, setAsking] = useState(false)
  const words = t.campaigns.wizard
  const discarding = useMutation({
    mutationFn: () => engine.campaigns.discard.call({ campaign: campaign.id }),
    onSuccess: () => {
      announce(words.discarded(plainText(campaign.spec.name)))
      keepDraft(String(campaign.id), null)
      goTo('campaigns')
      void queries.invalidateQueries({ queryKey: engine.workspace.key() })
      void queries.invalidateQueries({ queryKey: engine.campaigns.list.key() })
    },
  })
  return (
    <>
      <button type="button" className="button quiet small push-end" onClick={() => setAsking(true)}>{words.discard}</button>
      {isAsking ? (
        <DialogBox title={words.discardTitle} isNarrow onClose={() => setAsking(false)}>
          <div className="dialog-body">
            <p><SentenceText>{words.discardText(campaign.spec.name)}</SentenceText></p>
            <FailureLine error={discarding.error} />
          </div>
          <div className="dialog-foot">
            <button type="button" className="button" onClick={() => setAsking(false)}>{t.cancel}</button>
            <button type="button" className="button danger" disabled={discarding.isPending} onClick={() => discarding.mutate()}>{words.discard}</button>
          </div>
        </DialogBox>
      ) : null}
    </>
  )
}
