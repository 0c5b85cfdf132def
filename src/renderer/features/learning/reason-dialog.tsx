import { useId, useState } from 'react'
import { DialogBox } from '../../components/dialog-box.tsx'
import { FailureView } from '../../components/state-view.tsx'
import { t } from '../../texts/texts.ts'

interface Props {
  readonly title: string
  readonly text: string
  readonly act: string
  readonly needsReason: boolean
  readonly isBusy: boolean
  readonly error: unknown
  readonly onAct: (reason: string) => void
  readonly onClose: () => void
}

/** Asks once more before something goes into the evidence, with a reason where one belongs there. */
export const ReasonDialog = ({ title, text, act, needsReason, isBusy, error, onAct, onClose }: Props) => {
  const [reason, setReason] = useState('')
  const id = useId()
  const isReady = !needsReason || reason.trim() !== ''
  return (
    <DialogBox title={title} isNarrow onClose={onClose}>
      <form
        className="reason-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !isBusy) onAct(reason.trim())
        }}
      >
        <p>{text}</p>
        {needsReason ? (
          <div className="field">
            <label htmlFor={id}>{t.learning.reason}</label>
            <textarea id={id} value={reason} maxLength={500} required aria-describedby={`${id}-hint`} onChange={(event) => setReason(event.target.value)} />
            <span className="field-hint" id={`${id}-hint`}>{t.learning.reasonHint}</span>
          </div>
        ) : null}
        {error === null ? null : <FailureView error={error} isInline onRetry={() => onAct(reason.trim())} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>{t.learning.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady || isBusy}>{act}</button>
        </div>
      </form>
    </DialogBox>
  )
}
