import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import type { Session } from '../../../api/session.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { CommandLine } from '../../../components/command-line.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { EmptyView, FailureView, Skeleton } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import type { SignOffSummary } from '../review-types.ts'
import { SignedView } from './signed-view.tsx'
import { SummaryView } from './summary-view.tsx'
import './sign-off.css'

interface DialogProps {
  readonly campaignId: number
  readonly session: Session
  /** Decisions are still on their way to the store: signing waits for them. */
  readonly isSaving: boolean
  readonly onClose: () => void
  readonly onSigned: () => void
}

const NotEnrolled = ({ session }: { readonly session: Session }) => (
  <div className="notice warm">
    <span />
    <div className="notice-body">
      <strong>{t.signOff.notEnrolled}</strong>
      <p>{t.signOff.notEnrolledText}</p>
      <CommandLine command={`npx muster enrol ${session.person.email}`} />
    </div>
  </div>
)

const SignForm = ({ summary, campaignId, onClose, onSigned }: Pick<DialogProps, 'campaignId' | 'onClose'> & {
  readonly summary: SignOffSummary
  readonly onSigned: (result: { readonly decided: number; readonly undecided: number; readonly eventSeq: number;
    readonly checkpointSize: number }) => void
}) => {
  const engine = useEngine()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const [passphrase, setPassphrase] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const count = t.decisions(summary.pending.length, formatNumber(summary.pending.length))
  const signing = useMutation({
    mutationFn: () => engine.review.signOff.call({ campaign: campaignId, passphrase }),
    onSuccess: (result) => {
      announce(t.signOff.announce(t.decisions(result.decided, formatNumber(result.decided))))
      void queries.invalidateQueries({ queryKey: engine.review.key() })
      void queries.invalidateQueries({ queryKey: engine.workspace.key() })
      onSigned(result)
    },
    onError: () => field.current?.select(),
    // The passphrase is forgotten whatever the answer was.
    onSettled: () => setPassphrase(''),
  })
  const failure = signing.error === null ? null : toFailure(signing.error)
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (passphrase !== '' && !signing.isPending) signing.mutate() }}>
      <div className="dialog-body">
        <SummaryView summary={summary} />
        <section className="statement">
          <h3>{t.signOff.statement}</h3>
          <blockquote><DirectoryText>{summary.statement}</DirectoryText></blockquote>
        </section>
        <div className="field passphrase">
          <label htmlFor={`${id}-pass`}>{t.signOff.passphrase}</label>
          <input
            ref={field} id={`${id}-pass`} type="password" autoComplete="current-password" value={passphrase}
              aria-invalid={failure?.kind === 'WRONG_PASSPHRASE'}
            aria-describedby={`${id}-hint ${id}-error`} onChange={(event) => setPassphrase(event.target.value)} readOnly={signing.isPending}
          />
          <span className="field-hint" id={`${id}-hint`}>{t.signOff.passphraseHint}</span>
          <span className="field-error" id={`${id}-error`} role="alert">
            {failure === null ? ''
              : `${failure.kind === 'WRONG_PASSPHRASE' ? t.failureTitle.WRONG_PASSPHRASE
                : (failure.message ?? t.failureTitle[failure.kind])}. ${t.failureAdvice[failure.kind]}`.replace('..', '.')}
          </span>
        </div>
      </div>
      <div className="dialog-foot">
        <p className="foot-note faint">{t.signOff.final}</p>
        <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
        <button type="submit" className="button primary" disabled={passphrase === '' || signing.isPending}>
          {signing.isPending ? t.signOff.signing : t.signOff.sign(count)}</button>
      </div>
    </form>
  )
}

/** What was decided, what is left, what the signature means; then the passphrase. Undo ends here. */
export const SignOffDialog = ({ campaignId, session, isSaving, onClose, onSigned }: DialogProps) => {
  const engine = useEngine()
  const [signed, setSigned] = useState<Parameters<typeof SignedView>[0]['result'] | null>(null)
  const summary =
    useQuery(engine.review.signOffSummary.queryOptions({ input: { campaign: campaignId }, enabled: !isSaving && signed === null,
      staleTime: 0, gcTime: 0 }))
  return (
    <DialogBox title={signed === null ? t.signOff.title : t.signOff.done} onClose={onClose}>
      {signed !== null ? (
        <SignedView result={signed} onClose={onClose} />
      ) : isSaving ? (
        <p className="dialog-body" role="status">{t.signOff.saving}</p>
      ) : summary.isError ? (
        <div className="dialog-body"><FailureView error={summary.error} isInline onRetry={() => void summary.refetch()} /></div>
      ) : summary.data === undefined || summary.isFetching ? (
        <div className="dialog-body"><Skeleton lines={6} /></div>
      ) : summary.data.pending.length === 0 ? (
        <div className="dialog-body"><EmptyView isInline title={t.signOff.nothing} text={t.signOff.nothingText} /></div>
      ) : summary.data.isEnrolled ? (
        <SignForm summary={summary.data} campaignId={campaignId} onClose={onClose}
          onSigned={(result) => { setSigned(result); onSigned() }} />
      ) : (
        <div className="dialog-body">
          <NotEnrolled session={session} />
          <SummaryView summary={summary.data} />
        </div>
      )}
    </DialogBox>
  )
}
