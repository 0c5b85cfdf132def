import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { t } from '../../texts/texts.ts'

/** Fields of one entry and the button that records it; what went wrong is told beside the button, and nothing typed is lost. */
export const NoteForm = ({ submit, done, isReady, onSubmit, onDone, children }: {
  readonly submit: string
  readonly done: string
  readonly isReady: boolean
  readonly onSubmit: () => Promise<unknown>
  readonly onDone: () => void
  readonly children: ReactNode
}) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const recording = useMutation({
    mutationFn: onSubmit,
    onSuccess: async () => {
      announce(done)
      onDone()
      await queries.invalidateQueries({ queryKey: engine.evidence.notes.key() })
    },
  })
  const failure = recording.error === null ? null : toFailure(recording.error)
  return (
    <form className="note-form" onSubmit={(event) => { event.preventDefault(); if (isReady && !recording.isPending) recording.mutate() }}>
      {children}
      <div className="note-form-foot">
        <button type="submit" className="button" disabled={!isReady || recording.isPending}>{submit}</button>
        <span className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</span>
      </div>
    </form>
  )
}
