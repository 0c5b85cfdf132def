import { useMutation, useQueryClient } from '@tanstack/react-query'
import { PauseCircle } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { SentenceText } from '../../../components/directory-text.tsx'
import { TextField } from '../../../components/fields.tsx'
import { FailureView } from '../../../components/state-view.tsx'
import type { Run } from '../../../../shared/model/source.ts'
import { engineSentence } from '../../../texts/engine-sentences.ts'
import { t } from '../../../texts/texts.ts'

/** A reading that was not believed, why, and the officer's word on it. */
export const HeldNotice = ({ run, isOfficer }: { readonly run: Run; readonly isOfficer: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const judge = useMutation(engine.sources.judgeHeld.mutationOptions({ onSuccess: () => void queries.invalidateQueries() }))
  const words = t.sources.held
  const say = (accept: boolean): void => {
    setAsked(true)
    if (reason.trim() === '') return
    judge.mutate({ run: run.id, accept, reason: reason.trim() }, { onSuccess: () => announce(accept ? words.accepted : words.discarded) })
  }
  return (
    <div className="notice warm">
      <PauseCircle size={18} aria-hidden="true" />
      <div className="notice-body">
        <strong>{words.title}</strong>
        <p>{words.text}</p>
        <ul className="plain-notes">{run.notes.map((note) => <li key={note}><SentenceText>{engineSentence(note)}</SentenceText></li>)}</ul>
        {isOfficer ? (
          <>
            <TextField label={words.reason} value={reason} onChange={setReason} error={isAsked && reason.trim() === '' ? words.reasonMissing : null} />
            <div className="actions">
              <button type="button" className="button" disabled={judge.isPending} onClick={() => say(true)}>{words.accept}</button>
              <button type="button" className="button" disabled={judge.isPending} onClick={() => say(false)}>{words.discard}</button>
              <a className="button quiet" href={`#/sources/run/${run.id}`}>{t.sources.seeRun}</a>
            </div>
            {judge.isError ? <FailureView error={judge.error} isInline onRetry={() => judge.reset()} /> : null}
          </>
        ) : null}
      </div>
    </div>
  )
}
