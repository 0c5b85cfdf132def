import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { DirectoryText } from '../components/directory-text.tsx'
import { TextField } from '../components/fields.tsx'
import type { StartAnswer, StartRequest } from '../host.ts'
import { t } from '../texts/texts.ts'
import { strengthOf } from './strength.ts'

interface OwnFormProps {
  readonly ask: (request: StartRequest) => Promise<StartAnswer>
  readonly onCreate: (request: Extract<StartRequest, { kind: 'own' }>) => void
  readonly onBack: () => void
}

const empty = { organisation: '', name: '', email: '', passphrase: '', repeat: '', folder: '' }

/** An empty workspace of one's own: who, under which passphrase, in which folder. */
export const OwnForm = ({ ask, onCreate, onBack }: OwnFormProps) => {
  const words = t.shell.start
  const [typed, setTyped] = useState(empty)
  const [isTried, setTried] = useState(false)
  const put = (field: keyof typeof empty) => (value: string): void => setTyped((before) => ({ ...before, [field]: value }))
  const needed = (value: string): string | null => (value.trim() === '' ? words.needed : null)
  const problems = {
    organisation: needed(typed.organisation), name: needed(typed.name), folder: needed(typed.folder),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email.trim()) ? null : words.emailWrong,
    passphrase: strengthOf(typed.passphrase) === 'short' ? words.strength.short : null,
    repeat: typed.repeat === typed.passphrase ? null : words.differs,
  }
  const shown = (field: keyof typeof problems): string | null => (isTried ? problems[field] : null)
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (Object.values(problems).some((problem) => problem !== null)) return
    const { repeat, ...request } = typed
    if (repeat === request.passphrase) onCreate({ kind: 'own', ...request, organisation: request.organisation.trim(), name: request.name.trim(), email: request.email.trim() })
  }
  const choose = (): void => {
    void ask({ kind: 'folder' }).then((answer) => {
      if (answer.kind === 'folder' && answer.folder !== null) put('folder')(answer.folder)
    })
  }
  return (
    <form className="sheet start-form" onSubmit={submit} noValidate>
      <h2>{words.own}</h2>
      <TextField label={words.organisation} value={typed.organisation} error={shown('organisation')} onChange={put('organisation')} />
      <TextField label={words.name} value={typed.name} error={shown('name')} onChange={put('name')} />
      <TextField label={words.email} value={typed.email} error={shown('email')} onChange={put('email')} />
      <TextField label={words.passphrase} isSecret value={typed.passphrase} error={shown('passphrase')} onChange={put('passphrase')}
        hint={typed.passphrase === '' ? words.passphraseHint : `${words.strength[strengthOf(typed.passphrase)]}. ${words.passphraseHint}`} />
      <TextField label={words.repeat} isSecret value={typed.repeat} error={shown('repeat')} onChange={put('repeat')} />
      <div className="field">
        <span className="field-label" id="start-folder">{words.folder}</span>
        <span className="start-folder">
          <button type="button" className="button" aria-describedby="start-folder" onClick={choose}><FolderOpen size={16} aria-hidden="true" />{words.chooseFolder}</button>
          <span className="mono soft"><DirectoryText>{typed.folder}</DirectoryText></span>
        </span>
        <span className="field-hint">{words.folderHint}</span>
        {shown('folder') === null ? null : <span className="field-error" role="alert">{shown('folder')}</span>}
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>{words.back}</button>
        <button type="submit" className="button primary">{words.create}</button>
      </div>
    </form>
  )
}
