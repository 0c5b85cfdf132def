import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../api/engine.ts'
import { toFailure } from '../api/failure.ts'
import { t } from '../texts/texts.ts'
import { TextField } from './fields.tsx'

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
