import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { toFailure } from '../../../api/failure.ts'
import { Field, TextField } from '../../../components/fields.tsx'
import type { SecretName } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'

export type Secrets = { readonly [K in SecretName]?: string }

/** Opens the file of secrets with its passphrase, or makes it under one. */
export const UnlockSecrets = () => {
  const engine = useEngine()
  const queries = useQueryClient()
  const state = useQuery(engine.sources.secretsState.queryOptions())
  const open = useMutation(engine.sources.openSecrets.mutationOptions({ onSettled: () => void queries.invalidateQueries({ queryKey: engine.sources.secretsState.key() }) }))
  const [passphrase, setPassphrase] = useState('')
  if (state.data === undefined || state.data.isOpen || state.data.keptIn !== 'passphrase-file') return null
  const failure = open.isError ? toFailure(open.error) : null
  return (
    <form className="notice warm unlock" onSubmit={(event) => {
      event.preventDefault()
      if (passphrase !== '') open.mutate({ passphrase }, { onSuccess: () => setPassphrase('') })
    }}>
      <LockKeyhole size={18} aria-hidden="true" />
      <div className="notice-body">
        <strong>{t.sources.secrets.locked}</strong>
        <p>{state.data.exists ? t.sources.secrets.lockedText : t.sources.secrets.newText}</p>
        <TextField isSecret label={t.sources.secrets.passphrase} value={passphrase} onChange={setPassphrase} error={failure === null ? null : (failure.message ?? t.failureTitle[failure.kind])} />
        <div className="actions">
          <button type="submit" className="button primary" disabled={open.isPending || passphrase === ''}>{state.data.exists ? t.sources.secrets.open : t.sources.secrets.choose}</button>
        </div>
      </div>
    </form>
  )
}

const isLong = (name: SecretName): boolean => name === 'certificate' || name === 'private-key'

/** Secrets to be kept. What is stored is never shown; an empty field leaves it as it is. */
export const SecretFields = ({ names, secrets, onSecrets, isChange }: {
  readonly names: readonly SecretName[]; readonly secrets: Secrets; readonly onSecrets: (secrets: Secrets) => void; readonly isChange: boolean
}) => {
  const engine = useEngine()
  const state = useQuery(engine.sources.secretsState.queryOptions())
  if (names.length === 0) return null
  const kept = state.data === undefined ? undefined : t.sources.secrets.kept[state.data.keptIn]
  const hint = isChange ? `${t.sources.secrets.unchanged} ${kept ?? ''}` : kept
  if (state.data?.keptIn === 'environment') return <p className="soft wide">{kept}</p>
  return (
    <>
      <div className="wide"><UnlockSecrets /></div>
      {names.map((name) => {
        const value = secrets[name] ?? ''
        const set = (next: string): void => onSecrets({ ...secrets, [name]: next })
        return isLong(name) ? (
          <Field key={name} isWide label={t.sources.secrets.names[name]} hint={hint}>
            {(wired) => <textarea {...wired} className="mono" rows={5} value={value} autoComplete="off" spellCheck={false} onChange={(event) => set(event.target.value)} />}
          </Field>
        ) : <TextField key={name} isWide isSecret label={t.sources.secrets.names[name]} hint={hint} value={value} onChange={set} />
      })}
    </>
  )
}
