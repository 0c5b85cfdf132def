import { useState } from 'react'
import { revocationReason } from '../../../../shared/model/key-events.ts'
import { useEngine } from '../../../api/engine.ts'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import { KeyDialog } from './key-dialog.tsx'

export interface KeyChange {
  readonly email: string
  readonly way: 'replace' | 'revoke'
  /** The organisation's own authority keeps the revocation list. */
  readonly isElsewhere: boolean
}

/** Asks why, and for the passphrases; nothing is kept when it closes. */
export const ChangeKeyDialog = ({ change: { email, way, isElsewhere }, onClose }: { readonly change: KeyChange; readonly onClose: () => void }) => {
  const engine = useEngine()
  const isReplacing = way === 'replace'
  const [why, setWhy] = useState<(typeof revocationReason.options)[number]>(isReplacing ? 'replaced' : 'lost')
  const [reason, setReason] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [officerPassphrase, setOfficerPassphrase] = useState('')
  const [former, setFormer] = useState('')
  const [isAnswerLost, setAnswerLost] = useState(false)
  const options = revocationReason.options.filter((one) => isReplacing || one !== 'replaced').map((one) => [one, t.keys.whys[one]] as const)
  if (isAnswerLost) {
    return (
      <DialogBox title={t.keys.replaced} isNarrow onClose={onClose}>
        <div className="dialog-body"><p>{t.keys.answersLost(email)}</p></div>
        <div className="dialog-foot"><button type="button" className="button primary" onClick={onClose}>{t.close}</button></div>
      </DialogBox>
    )
  }
  return (
    <KeyDialog
      title={isReplacing ? t.keys.replaceOf(email) : t.keys.revokeOf(email)} text={isReplacing ? t.keys.replaceText : isElsewhere ? t.keys.revokeElsewhereText : t.keys.revokeText}
      submit={isReplacing ? t.keys.replaceSubmit : t.keys.revokeSubmit} isDanger={!isReplacing}
      isReady={reason.trim() !== '' && officerPassphrase !== '' && (!isReplacing || passphrase !== '')}
      onSubmit={() => (isReplacing
        ? engine.keys.replace.call({ email, why, reason, passphrase, officerPassphrase, formerPassphrase: former === '' ? null : former })
        : engine.keys.revoke.call({ email, why, reason, officerPassphrase }))}
      onDone={(done) => {
        if (!('answers' in done)) return t.keys.taken
        setAnswerLost(done.answers === 'set-aside')
        return done.answers === 'set-aside' ? null : t.keys.replaced
      }} onClose={onClose}
    >
      <ChoiceField label={t.keys.why} value={why} options={options} onChange={setWhy} />
      <TextField label={t.keys.reason} hint={t.keys.reasonHint} value={reason} onChange={setReason} />
      {isReplacing ? <TextField label={t.keys.newPassphrase(email)} hint={t.keys.newPassphraseHint} isSecret value={passphrase} onChange={setPassphrase} /> : null}
      {isReplacing ? <TextField label={t.keys.formerPassphrase} hint={t.keys.formerPassphraseHint} isSecret value={former} onChange={setFormer} /> : null}
      {isElsewhere
        ? <TextField label={t.keys.ownPassphrase} hint={t.keys.ownPassphraseHint} isSecret value={officerPassphrase} onChange={setOfficerPassphrase} />
        : <TextField label={t.keys.rootPassphrase} hint={t.keys.rootPassphraseHint} isSecret value={officerPassphrase} onChange={setOfficerPassphrase} />}
    </KeyDialog>
  )
}
