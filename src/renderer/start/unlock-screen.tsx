import { useEffect, useState } from 'react'
import { TextField } from '../components/fields.tsx'
import type { StartAnswer, StartRequest } from '../host.ts'
import { Mark } from '../shell/mark.tsx'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { t } from '../texts/texts.ts'
import './start.css'

/** Shown on the desktop in place of an encrypted workspace that this computer's key store does not open. */
export const UnlockScreen = ({ ask }: { readonly ask: (request: StartRequest) => Promise<StartAnswer> }) => {
  const words = t.protection.unlock
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => { document.title = `${words.title} · ${t.appName}` }, [words])
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault()
    if (passphrase === '' || isBusy) return
    setBusy(true)
    const answer = await ask({ kind: 'unlock', passphrase })
    // The window itself goes on to the workspace.
    if (answer.kind === 'done') return
    setBusy(false)
    setFailure(answer.kind === 'failed' ? answer.message : null)
  }
  return (
    <main className="start">
      <div className="start-top"><ThemeSwitch /></div>
      <div className="start-inner">
        <div className="start-head">
          <Mark />
          <h1>{words.title}</h1>
          <p className="soft">{words.text}</p>
        </div>
        <form className="sheet start-form" onSubmit={(event) => void submit(event)} noValidate>
          <TextField label={words.label} isSecret value={passphrase} error={failure} hint={words.hint} onChange={setPassphrase} />
          <div className="actions">
            <button type="submit" className="button primary" disabled={passphrase === '' || isBusy}>{isBusy ? words.opening : words.open}</button>
          </div>
        </form>
      </div>
    </main>
  )
}
