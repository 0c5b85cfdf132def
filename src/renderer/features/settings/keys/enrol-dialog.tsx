import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import { KeyDialog } from './key-dialog.tsx'
import { saveText } from '../../../components/save-text.ts'

type Role = 'officer' | 'reviewer' | 'auditor'

/** Whom it is about: somebody known, with the roles they have, or somebody to be named. */
export interface Enrolling {
  readonly person: { readonly email: string; readonly name: string; readonly roles: readonly Role[] } | null
  /** The organisation's own authority is asked for the certificate. */
  readonly isRequest: boolean
  readonly text: string
}

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text.trim())

/** Makes somebody a key: certified here at once, or with a request for the organisation's own authority. */
export const EnrolDialog = ({ enrolling: { person, isRequest, text }, onClose }: { readonly enrolling: Enrolling; readonly onClose: () => void }) => {
  const engine = useEngine()
  const [email, setEmail] = useState(person?.email ?? '')
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState<Role>('reviewer')
  const [passphrase, setPassphrase] = useState('')
  const [officerPassphrase, setOfficerPassphrase] = useState('')
  const whose = email.trim()
  const roles = person === null ? [role] : [...person.roles]
  const save = ({ email: requested, request }: { readonly email: string; readonly request: string }): string => {
    saveText(`${requested}.csr`, request, 'application/pkcs10')
    return t.keys.requested
  }
  const title = !isRequest ? t.keys.enrolTitle : person === null ? t.keys.requestTitle : t.keys.requestOf(person.email)
  const fields = (
    <>
      {person === null ? (
        <>
          <TextField label={t.keys.email} value={email} onChange={setEmail} />
          <TextField label={t.keys.name} value={name} onChange={setName} />
          <ChoiceField label={t.keys.role} hint={t.keys.roleHints[role]} value={role} onChange={setRole}
            options={(['reviewer', 'officer', 'auditor'] as const).map((one) => [one, t.person.roles[one]] as const)} />
        </>
      ) : null}
      <TextField label={t.keys.newPassphrase(whose === '' ? '…' : whose)} hint={t.keys.newPassphraseHint} isSecret value={passphrase} onChange={setPassphrase} />
    </>
  )
  const isNamed = isEmail(email) && name.trim() !== '' && passphrase !== ''
  if (isRequest) {
    return (
      <KeyDialog title={title} text={text} submit={t.keys.requestSubmit} isReady={isNamed} onClose={onClose} onDone={save}
        onSubmit={() => engine.keys.requestCertificate.call({ email: whose, name: name.trim(), roles, passphrase })}>
        {fields}
        <p className="soft">{t.keys.requestSteps}</p>
      </KeyDialog>
    )
  }
  return (
    <KeyDialog title={title} text={text} submit={t.keys.enrolTitle} isReady={isNamed && officerPassphrase !== ''} onClose={onClose} onDone={() => t.keys.enrolled}
      onSubmit={() => engine.workspace.enrol.call({ email: whose, name: name.trim(), roles, passphrase, officerPassphrase })}>
      {fields}
      <TextField label={t.keys.rootPassphrase} hint={t.keys.rootPassphraseHint} isSecret value={officerPassphrase} onChange={setOfficerPassphrase} />
    </KeyDialog>
  )
}
