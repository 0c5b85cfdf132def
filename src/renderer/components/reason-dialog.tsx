import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { toFailure } from '../api/failure.ts'
import { useAnnounce } from './announcer.tsx'
import { DialogBox } from './dialog-box.tsx'
import { t } from '../texts/texts.ts'

interface ReasonProps {
  readonly words: { readonly title: string; readonly text: string; readonly label: string; readonly confirm: string; readonly said: string }
  readonly onConfirm: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for the words that are recorded with a step. */
export const ReasonDialog = ({ words, onConfirm, onClose }: ReasonProps) => {
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const [reason, setReason] = useState('')
  const acting = useMutation({
    mutationFn: () => onConfirm(reason.trim()),
    onSuccess: async () => {
      announce(words.said)
      onClose()
      await queries.invalidateQueries()
    },
  })
  const failure = acting.error === null ? null : toFailure(acting.error)
  return (
    <DialogBox title={words.title} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim() !== '' && !acting.isPending) acting.mutate() }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text}</p>
          <div className="field">
            <label htmlFor={id}>{words.label}</label>
            <textarea id={id} rows={2} value={reason} maxLength={2_000} autoFocus onChange={(event) => setReason(event.target.value)} />
          </div>
          <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={reason.trim() === '' || acting.isPending}>{words.confirm}</button>
        </div>
      </form>
    </DialogBox>
  )
}
