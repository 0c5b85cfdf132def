import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { Field, TextField } from '../../../components/fields.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { FailureLine } from '../../../components/failure-line.tsx'

/** Moves the due day, with a reason. */
export const ExtendDialog = ({ campaign, onClose }: { readonly campaign: Campaign; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.extend
  const [dueOn, setDueOn] = useState(campaign.dueOn)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const problems = { due: dueOn === '' || dueOn === campaign.dueOn ? words.problems.due : undefined, reason: reason.trim() === '' ? words.problems.reason : undefined }
  const extending = useMutation({
    mutationFn: () => engine.campaigns.extend.call({ campaign: campaign.id, dueOn, reason }),
    onSuccess: (extended) => {
      announce(words.done(formatDay(extended.dueOn)))
      void queries.invalidateQueries({ queryKey: engine.campaigns.key() })
      void queries.invalidateQueries({ queryKey: engine.workspace.key() })
      onClose()
    },
  })
  return (
    <DialogBox title={words.title} isNarrow onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (problems.due === undefined && problems.reason === undefined && !extending.isPending) extending.mutate()
      }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text(formatDay(campaign.dueOn))}</p>
          <TextField label={words.due} type="date" value={dueOn} error={isTried ? problems.due : undefined} onChange={setDueOn} />
          <Field label={words.reason} hint={t.campaigns.reassign.reasonHint} error={isTried ? problems.reason : undefined}>
            {(wired) => <textarea {...wired} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <FailureLine error={extending.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={extending.isPending}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
