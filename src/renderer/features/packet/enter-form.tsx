import { useState, type ReactNode } from 'react'
import { TextField } from '../../components/fields.tsx'
import { EmptyView } from '../../components/state-view.tsx'
import { isDesktop } from '../../host.ts'
import { t } from '../../texts/texts.ts'

interface EnterFormProps {
  readonly isEncrypted: boolean
  readonly other: ReactNode
  readonly onEnter: (passphrase: string | null) => void
}

/**
 * Back into a review that is on this machine. In a browser its passphrase is asked; on the desktop the computer's own key store opens it, and
 * where that does not, the window asks.
 */
export const EnterForm = ({ isEncrypted, other, onEnter }: EnterFormProps) => {
  const words = t.packet
  const [passphrase, setPassphrase] = useState('')
  const isAsked = !isDesktop()
  return (
    <form className="form-stack packet-form" noValidate onSubmit={(event) => { event.preventDefault(); onEnter(isAsked ? passphrase : null) }}>
      <EmptyView isInline title={words.isOpened} text={isAsked && !isEncrypted ? words.isOpenedPlainText : words.isOpenedText} />
      {isAsked ? <TextField label={words.ownPassphrase} hint={words.enterHint} isSecret value={passphrase} onChange={setPassphrase} /> : null}
      <div className="actions packet-actions">
        <button type="submit" className="button primary" disabled={isAsked && passphrase === ''}>{words.enter}</button>
        {other}
      </div>
    </form>
  )
}
