import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { t } from '../../../texts/texts.ts'

/** A dialog that does one thing to keys: says what it does, asks for what it needs, and tells why it was refused. Secrets live as long as it is open. */
export const KeyDialog = <T,>({ title, text, submit, isReady, isDanger = false, onSubmit, onDone, onClose, children }: {
  readonly title: string
  readonly text: string
  readonly submit: string
  readonly isReady: boolean
  readonly isDanger?: boolean
  readonly onSubmit: () => Promise<T>
  /** What is said when it is done; the dialog then closes, unless nothing is said. */
  readonly onDone: (result: T) => string | null
  readonly onClose: () => void
  readonly children: ReactNode
}) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const doing = useMutation({
    mutationFn: onSubmit,
    onSuccess: async (result) => {
      const said = onDone(result)
      await Promise.all([engine.keys.key(), engine.workspace.key()].map((queryKey) => queries.invalidateQueries({ queryKey })))
      if (said === null) return
      announce(said)
      onClose()
    },
  })
  const failure = doing.error === null ? null : toFailure(doing.error)
  return (
    <DialogBox title={title} isNarrow onClose={doing.isPending ? () => undefined : onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady && !doing.isPending) doing.mutate() }}>
        <div className="dialog-body form-stack">
          <p className="soft">{text}</p>
          {children}
          <p className="field-error" role="alert">{failure === null ? '' : <DirectoryText>{failure.message ?? t.failureTitle[failure.kind]}</DirectoryText>}</p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" disabled={doing.isPending} onClick={onClose}>{t.cancel}</button>
          <button type="submit" className={isDanger ? 'button danger' : 'button primary'} disabled={!isReady || doing.isPending}>{submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
