import { useState } from 'react'
import { TextField } from '../components/fields.tsx'
import type { StartAnswer, StartRequest } from '../host.ts'
import { t } from '../texts/texts.ts'
import { ChosenPath } from './chosen-path.tsx'

const empty = { file: '', folder: '', reason: '', passphrase: '', email: '', opensWith: '' }

/** A backup into the place of a workspace's database: which, where, why, and whose signature records it. */
export const RestoreForm = ({ ask, onRestore, onBack }: {
  readonly ask: (request: StartRequest) => Promise<StartAnswer>
  readonly onRestore: (request: Extract<StartRequest, { kind: 'restore' }>) => void
  readonly onBack: () => void
}) => {
  const words = t.shell.start
  const [typed, setTyped] = useState(empty)
  const [isTried, setTried] = useState(false)
  const put = (field: keyof typeof empty) => (value: string): void => setTyped((before) => ({ ...before, [field]: value }))
  const missing = (field: 'file' | 'folder' | 'reason' | 'passphrase'): string | null => (isTried && typed[field].trim() === '' ? words.needed : null)
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    setTried(true)
    const { file, folder, passphrase, email, opensWith } = typed
    const reason = typed.reason.trim()
    if ([file, folder, reason, passphrase].includes('')) return
    onRestore({ kind: 'restore', file, folder, passphrase, reason, email: email.trim() === '' ? null : email.trim(), opensWith: opensWith === '' ? null : opensWith })
  }
  const said = words.restoring
  return (
    <form className="sheet start-form" onSubmit={submit} noValidate>
      <h2>{words.restore}</h2>
      <p className="soft">{said.text}</p>
      <ChosenPath label={said.file} button={said.chooseFile} hint={said.fileHint} error={missing('file')} path={typed.file} what="backup-file" ask={ask} onChosen={put('file')} />
      <ChosenPath label={said.folder} button={words.chooseFolder} hint={said.folderHint} error={missing('folder')} path={typed.folder} what="restore-folder" ask={ask} onChosen={put('folder')} />
      <TextField label={said.reason} hint={said.reasonHint} value={typed.reason} error={missing('reason')} onChange={put('reason')} />
      <TextField label={said.passphrase} hint={said.passphraseHint} isSecret value={typed.passphrase} error={missing('passphrase')} onChange={put('passphrase')} />
      <details className="start-more">
        <summary>{said.more}</summary>
        <div className="start-root">
          <TextField label={said.email} hint={said.emailHint} value={typed.email} onChange={put('email')} />
          <TextField label={said.opensWith} hint={said.opensWithHint} isSecret value={typed.opensWith} onChange={put('opensWith')} />
        </div>
      </details>
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>{words.back}</button>
        <button type="submit" className="button primary">{said.submit}</button>
      </div>
    </form>
  )
}
