import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { revocationReason } from '../../../../shared/model/key-events.ts'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'

export interface KeyChange {
  readonly email: string
  readonly way: 'replace' | 'revoke'
}

/** Asks why, and for the passphrases; nothing is kept when it closes. */
export const ChangeKeyDialog = ({ change: { email, way }, onClose }: { readonly change: KeyChange; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const isReplacing = way === 'replace'
  const [why, setWhy] = useState<(typeof revocationReason.options)[number]>(isReplacing ? 'replaced' : 'lost')
  const [reason, setReason] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [officerPassphrase, setOfficerPassphrase] = useState('')
  const doing = useMutation({
    mutationFn: () => (isReplacing
      ? engine.keys.replace.call({ email, why, reason, passphrase, officerPassphrase })
      : engine.keys.revoke.call({ email, why, reason, officerPassphrase })),
    onSuccess: async () => {
      announce(isReplacing ? t.keys.replaced : t.keys.taken)
      await queries.invalidateQueries({ queryKey: engine.keys.key() })
      onClose()
    },
  })
  const isReady = reason.trim() !== '' && officerPassphrase !== '' && (!isReplacing || passphrase !== '') && !doing.isPending
  const failure = doing.error === null ? null : toFailure(doing.error)
  const options = revocationReason.options.filter((one) => isReplacing || one !== 'replaced').map((one) => [one, t.keys.whys[one]] as const)
  return (
    <DialogBox title={isReplacing ? t.keys.replaceOf(email) : t.keys.revokeOf(email)} isNarrow onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) doing.mutate() }}>
        <div className="dialog-body form-stack">
          <p className="soft">{isReplacing ? t.keys.replaceText : t.keys.revokeText}</p>
          <ChoiceField label={t.keys.why} value={why} options={options} onChange={setWhy} />
          <TextField label={t.keys.reason} value={reason} onChange={setReason} />
          {isReplacing ? <TextField label={t.keys.newPassphrase(email)} isSecret value={passphrase} onChange={setPassphrase} /> : null}
          <TextField label={t.keys.rootPassphrase} hint={t.keys.rootPassphraseHint} isSecret value={officerPassphrase} onChange={setOfficerPassphrase} />
          <p className="field-error" role="alert">{failure === null ? '' : (failure.message ?? t.failureTitle[failure.kind])}</p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{isReplacing ? t.keys.replace.replace('…', '') : t.keys.revoke.replace('…', '')}</button>
        </div>
      </form>
    </DialogBox>
  )
}
