import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { KeyDialog } from './key-dialog.tsx'

/** Another passphrase for the acting person's own key, or for the organisation's root. */
export const PassphraseDialog = ({ of, onClose }: { readonly of: 'own' | 'root'; readonly onClose: () => void }) => {
  const engine = useEngine()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  return (
    <KeyDialog title={of === 'own' ? t.keys.passphraseTitle : t.keys.rootPassphraseTitle} text={t.keys.mineText} submit={t.keys.passphraseSubmit}
      isReady={current !== '' && next !== ''} onClose={onClose}
      onSubmit={() => engine.keys.changePassphrase.call({ of, current, next })} onDone={() => t.keys.passphraseChanged}>
      <TextField label={t.keys.current} isSecret value={current} onChange={setCurrent} />
      <TextField label={t.keys.next} hint={t.keys.newPassphraseHint} isSecret value={next} onChange={setNext} />
    </KeyDialog>
  )
}

/** Signs the log's head now, or says why it may not. */
export const SignHeadDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const [passphrase, setPassphrase] = useState('')
  return (
    <KeyDialog title={t.keys.signTitle} text={t.keys.signText} submit={t.keys.signSubmit} isReady={passphrase !== ''} onClose={onClose}
      onSubmit={() => engine.keys.checkpoint.call({ passphrase })} onDone={({ size }) => t.keys.signed(formatNumber(size))}>
      <TextField label={t.keys.ownPassphrase} isSecret value={passphrase} onChange={setPassphrase} />
    </KeyDialog>
  )
}
