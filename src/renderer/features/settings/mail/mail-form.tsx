import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { isThisMachine, mailSecurity } from '../../../../shared/model/mail.ts'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { CheckField, ChoiceField, Field, TextField } from '../../../components/fields.tsx'
import { UnlockSecrets } from '../../../components/unlock-secrets.tsx'
import { t } from '../../../texts/texts.ts'
import { draftOf, readDraft, usualPort, type MailDraft } from './mail-draft.ts'

type Shown = Awaited<ReturnType<Client['mail']['settings']>>

/** Server, sender and what may happen by itself, saved at once. A typed password leaves this form and is never shown again. */
export const MailForm = ({ stored, mayChange }: { readonly stored: Shown; readonly mayChange: boolean }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.mail
  const [draft, setDraft] = useState(() => draftOf(stored.settings))
  const id = useId()
  const [password, setPassword] = useState('')
  const [allowed, setAllowed] = useState(stored.isBeyondThisMachine ? stored.settings?.host ?? null : null)
  const [isTried, setTried] = useState(false)
  const secrets = useQuery(engine.sources.secretsState.queryOptions())
  const { problems, settings } = readDraft(draft)
  const shown = isTried ? problems : {}
  const host = draft.host.trim()
  const isBeyond = host !== '' && !isThisMachine(host)
  const mayLeave = !isBeyond || allowed === host
  const isLocked = draft.asksForUser && secrets.data?.isOpen === false
  const change = (part: Partial<MailDraft>): void => setDraft((now) => ({ ...now, ...part }))
  const saving = useMutation({
    mutationFn: () => settings === null ? Promise.reject(new Error('incomplete')) : engine.mail.set.call({ settings, password: password === '' ? null : password, mayLeave: isBeyond }),
    onSuccess: async () => {
      setPassword('')
      announce(words.saved)
      await queries.invalidateQueries({ queryKey: engine.mail.key() })
    },
  })
  return (
    <>
      <form id={id} className="form-stack" noValidate onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (settings !== null && mayLeave && !saving.isPending) saving.mutate()
      }}>
        <fieldset disabled={!mayChange}>
          <legend>{words.server}</legend>
          <div className="mail-server">
            <TextField label={words.host} value={draft.host} error={shown.host} onChange={(value) => change({ host: value })} />
            <TextField label={words.port} value={draft.port} error={shown.port} onChange={(port) => change({ port })} />
            <ChoiceField label={words.security} value={draft.security} error={shown.security} options={mailSecurity.options.map((one) => [one, words.securities[one]] as const)}
              onChange={(security) => change({ security, ...(draft.port === usualPort[draft.security] ? { port: usualPort[security] } : {}) })} />
          </div>
          <CheckField label={words.signIn} isOn={draft.asksForUser} onChange={(asksForUser) => change({ asksForUser })} />
          {draft.asksForUser ? (
            <div className="field-pair">
              <TextField label={words.user} value={draft.userName} error={shown.user} onChange={(userName) => change({ userName })} />
              <TextField label={words.password} isSecret value={password} hint={stored.hasPassword ? words.passwordKept : words.passwordNew} onChange={setPassword} />
            </div>
          ) : null}
          <AuthorityField stored={stored} caPem={draft.caPem} onPem={(caPem) => change({ caPem })} />
          {isBeyond ? <CheckField label={words.allow(host)} hint={words.allowHint} isOn={allowed === host} onChange={(isOn) => setAllowed(isOn ? host : null)} /> : null}
        </fieldset>
        <fieldset disabled={!mayChange}>
          <legend>{words.letters}</legend>
          <div className="field-pair">
            <TextField label={words.sender} value={draft.sender} error={shown.sender} onChange={(sender) => change({ sender })} />
            <TextField label={words.replyTo} hint={words.replyToHint} value={draft.replyTo} error={shown.replyTo} onChange={(replyTo) => change({ replyTo })} />
            <ChoiceField label={words.language} value={draft.language} options={[['en', words.languages.en], ['de', words.languages.de]]} onChange={(language) => change({ language })} />
            <TextField label={words.perMinute} hint={words.perMinuteHint} value={draft.perMinute} error={shown.perMinute} onChange={(perMinute) => change({ perMinute })} />
          </div>
          <CheckField label={words.bySelf} hint={words.bySelfHint} isOn={draft.remindsBySelf} onChange={(remindsBySelf) => change({ remindsBySelf })} />
        </fieldset>
      </form>
      {draft.asksForUser && draft.userName !== '' && mayChange ? <UnlockSecrets /> : null}
      <FailureLine error={saving.error} />
      {mayChange
        ? <div><button type="submit" form={id} className="button primary" disabled={!mayLeave || saving.isPending || (isLocked && password !== '')}>{words.save}</button></div>
        : <p className="faint">{words.readOnly}</p>}
    </>
  )
}

/** Who else is believed about the server's certificate: a file chosen now, or what is kept. */
const AuthorityField = ({ stored, caPem, onPem }: { readonly stored: Shown; readonly caPem: string | null; readonly onPem: (caPem: string | null) => void }) => {
  const words = t.mail
  const isKept = caPem !== null && caPem === stored.settings?.caPem
  return (
    <>
      <Field label={words.authority}>
        {(wired) => (
          <input {...wired} type="file" accept=".pem,.crt,.cer" onClick={(event) => { event.currentTarget.value = '' }} onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file !== undefined) void file.slice(0, 100_000).text().then(onPem)
          }} />
        )}
      </Field>
      {isKept && stored.authorities.length > 0 ? (
        <p className="small soft">
          {words.authorities}: {stored.authorities.map(({ name, fingerprint }) => <DirectoryText key={fingerprint}>{name}</DirectoryText>)}{' '}
          <button type="button" className="button quiet small" onClick={() => onPem(null)}>{words.forgetAuthorities}</button>
        </p>
      ) : null}
    </>
  )
}
