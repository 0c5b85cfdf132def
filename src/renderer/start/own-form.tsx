import { useState } from 'react'
import { TextField } from '../components/fields.tsx'
import type { StartAnswer, StartRequest } from '../host.ts'
import { t } from '../texts/texts.ts'
import { ChosenPath } from './chosen-path.tsx'
import { RootChoice, noRootTyped, rootOf } from './root-choice.tsx'
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
  const [rootTyped, setRootTyped] = useState(noRootTyped)
  const [isTried, setTried] = useState(false)
  const put = (field: keyof typeof empty) => (value: string): void => setTyped((before) => ({ ...before, [field]: value }))
  const needed = (value: string): string | null => (value.trim() === '' ? words.needed : null)
  const root = rootOf(rootTyped)
  const problems = {
    organisation: needed(typed.organisation), name: needed(typed.name), folder: needed(typed.folder),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email.trim()) ? null : words.emailWrong,
    passphrase: strengthOf(typed.passphrase) === 'short' ? words.strength.short : null,
    repeat: typed.repeat === typed.passphrase ? null : words.differs,
    root: root === null ? words.rootChoice.missing : null,
  }
  const shown = (field: keyof typeof problems): string | null => (isTried ? problems[field] : null)
  const submit = (event: React.FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (root === null || Object.values(problems).some((problem) => problem !== null)) return
    const { repeat, ...request } = typed
    if (repeat === request.passphrase) onCreate({ kind: 'own', ...request, root, organisation: request.organisation.trim(), name: request.name.trim(), email: request.email.trim() })
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
      <ChosenPath label={words.folder} button={words.chooseFolder} hint={words.folderHint} error={shown('folder')} path={typed.folder} what="folder" ask={ask} onChosen={put('folder')} />
      <RootChoice typed={rootTyped} onChange={setRootTyped} ask={ask} error={shown('root')} />
      <div className="actions">
        <button type="button" className="button" onClick={onBack}>{words.back}</button>
        <button type="submit" className="button primary">{words.create}</button>
      </div>
    </form>
  )
}
