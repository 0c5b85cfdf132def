import { useState } from 'react'
import { askDoor } from '../../api/packet-door.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { TextField } from '../../components/fields.tsx'
import { saveFile } from '../../components/save-file.ts'
import { SpokenDigits } from '../../components/spoken-digits.tsx'
import { isDesktop } from '../../host.ts'
import { t } from '../../texts/texts.ts'
import type { Refused, Requested } from './packet-types.ts'
import { RefusedNote } from './refused-note.tsx'

const empty = { name: '', email: '', passphrase: '', repeat: '' }

const Done = ({ made, onBack }: { readonly made: Requested; readonly onBack: () => void }) => {
  const words = t.packet.request
  return (
    <div className="sheet packet-sheet">
      <h2>{words.done}</h2>
      <p>{words.doneText}</p>
      <SpokenDigits digits={made.spoken} label={t.packet.keyDigits} say={t.packet.digits} />
      <p className="mono small path-line"><DirectoryText>{made.path}</DirectoryText></p>
      <div className="actions packet-actions">
        {isDesktop() ? null : <button type="button" className="button primary" onClick={() => saveFile(made.name, 'application/json', made.text)}>{words.save}</button>}
        <button type="button" className="button" onClick={onBack}>{words.back}</button>
      </div>
    </div>
  )
}

/** First contact before any packet: a key of one's own, and the file that asks the officer to certify it. */
export const KeyRequest = ({ onBack }: { readonly onBack: () => void }) => {
  const words = t.packet.request
  const [typed, setTyped] = useState(empty)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [made, setMade] = useState<Requested | null>(null)
  const put = (field: keyof typeof empty) => (value: string): void => setTyped((before) => ({ ...before, [field]: value }))
  const problems = {
    name: typed.name.trim() === '' ? words.needed : null, email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email.trim()) ? null : words.emailWrong,
    passphrase: [...typed.passphrase].length < 12 ? t.packet.tooShort : null, repeat: typed.repeat === typed.passphrase ? null : t.packet.differs,
  }
  const shown = (field: keyof typeof problems): string | null => (isTried ? problems[field] : null)
  const submit = async (): Promise<void> => {
    setTried(true)
    if (isBusy || Object.values(problems).some((problem) => problem !== null)) return
    setBusy(true)
    setRefused(null)
    const answer = await askDoor({ kind: 'key-request', email: typed.email.trim(), name: typed.name.trim(), passphrase: typed.passphrase })
    setBusy(false)
    setTyped((before) => ({ ...before, passphrase: '', repeat: '' }))
    setTried(false)
    if (answer.kind === 'requested') setMade(answer)
    else setRefused(answer.kind === 'refused' ? answer : { kind: 'refused', why: 'other', message: '' })
  }
  if (made !== null) return <Done made={made} onBack={onBack} />
  return (
    <form className="sheet packet-sheet packet-form-sheet form-stack" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <div><h2>{words.title}</h2><p className="soft">{words.text}</p></div>
      {refused === null ? null : <RefusedNote refused={refused} />}
      <TextField label={words.name} value={typed.name} error={shown('name')} onChange={put('name')} />
      <TextField label={words.email} hint={words.emailHint} value={typed.email} error={shown('email')} onChange={put('email')} />
      <TextField label={t.packet.ownPassphrase} hint={t.packet.ownNewHint} isSecret value={typed.passphrase} error={shown('passphrase')} onChange={put('passphrase')} />
      <TextField label={t.packet.repeat} isSecret value={typed.repeat} error={shown('repeat')} onChange={put('repeat')} />
      {isBusy ? <p className="soft" role="status">{words.working}…</p> : null}
      <div className="actions packet-actions">
        <button type="submit" className="button primary" disabled={isBusy}>{words.submit}</button>
        <button type="button" className="button" disabled={isBusy} onClick={onBack}>{words.back}</button>
      </div>
    </form>
  )
}
