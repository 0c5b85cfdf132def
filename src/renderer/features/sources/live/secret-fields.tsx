import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../../api/engine.ts'
import { Field, TextField } from '../../../components/fields.tsx'
import { UnlockSecrets } from '../../../components/unlock-secrets.tsx'
import type { SecretName } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'

export type Secrets = { readonly [K in SecretName]?: string }

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
