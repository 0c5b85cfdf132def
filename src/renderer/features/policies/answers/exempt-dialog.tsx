import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { SentenceText } from '../../../components/directory-text.tsx'
import { addMonths } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import type { SodRule } from '../policy-types.ts'

interface ExemptProps {
  readonly rule: SodRule
  readonly identityId: number
  readonly subject: string
  readonly asOf: string
  readonly onClose: () => void
}

/** Accepts one person's conflict for a time: an owner, a reason and a last day, all three. */
export const ExemptDialog = ({ rule, identityId, subject, asOf, onClose }: ExemptProps) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const id = useId()
  const [owner, setOwner] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(addMonths(asOf, 3))
  const granting = useMutation({
    mutationFn: () => engine.policies.grantExemption.call({ ruleId: rule.id, identityId, owner, reason, until }),
    onSuccess: async () => {
      announce(t.policies.exempt.granted(plainText(subject)))
      onClose()
      await queries.invalidateQueries({ queryKey: engine.policies.key() })
    },
  })
  const failure = granting.error === null ? null : toFailure(granting.error)
  const isComplete = owner.trim() !== '' && reason.trim() !== '' && until >= asOf
  return (
    <DialogBox title={t.policies.exempt.title(plainText(subject))} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isComplete && !granting.isPending) granting.mutate() }}>
        <div className="dialog-body form-stack">
          <p className="soft"><SentenceText>{t.policies.exempt.text(rule.name)}</SentenceText></p>
          <div className="field">
            <label htmlFor={`${id}-owner`}>{t.policies.exempt.owner}</label>
            <input id={`${id}-owner`} value={owner} maxLength={200} autoFocus onChange={(event) => setOwner(event.target.value)} />
          </div>
          <div className="field">
            <label htmlFor={`${id}-reason`}>{t.policies.exempt.reason}</label>
            <textarea id={`${id}-reason`} rows={3} value={reason} maxLength={2_000} onChange={(event) => setReason(event.target.value)} />
          </div>
          <div className="field">
            <label htmlFor={`${id}-until`}>{t.policies.exempt.until}</label>
            <input id={`${id}-until`} type="date" value={until} min={asOf} max={addMonths(asOf, 24)} aria-describedby={`${id}-hint`} onChange={(event) => setUntil(event.target.value)} />
            <span className="field-hint" id={`${id}-hint`}>{t.policies.exempt.untilHint}</span>
          </div>
          <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isComplete || granting.isPending}>{t.policies.exempt.confirm}</button>
        </div>
      </form>
    </DialogBox>
  )
}
