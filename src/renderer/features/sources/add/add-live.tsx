import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { TextField } from '../../../components/fields.tsx'
import { goTo, toHash } from '../../../components/hash-route.ts'
import { FailureView } from '../../../components/state-view.tsx'
import type { ConnectionTest, LiveSourceKind } from '../../../../shared/model/live-source.ts'
import { t } from '../../../texts/texts.ts'
import { ConnectionCheck } from '../live/connection-check.tsx'
import { emptyDraft, readDraft, secretsOf, type LiveDraft } from '../live/live-draft.ts'
import { LiveForm } from '../live/live-form.tsx'
import { neededPermissions, removalPermissions } from '../live/needed-permissions.ts'
import { PermissionList } from '../live/permission-list.tsx'
import { SecretFields, type Secrets } from '../live/secret-fields.tsx'
import { useRead } from '../use-sync.ts'
import { Wizard } from './wizard.tsx'

/** A live system becomes a source: what it must grant, its settings and secrets, a test of the connection, the first reading. */
export const AddLive = ({ kind, onBack }: { readonly kind: LiveSourceKind; readonly onBack: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const readSource = useRead()
  const [at, setAt] = useState(1)
  const [name, setName] = useState<string>(t.sources.kinds[kind])
  const [draft, setDraft] = useState<LiveDraft>(() => emptyDraft(kind))
  const [secrets, setSecrets] = useState<Secrets>({})
  const [isAsked, setAsked] = useState(false)
  const [added, setAdded] = useState<string | null>(null)
  const [test, setTest] = useState<ConnectionTest | null>(null)
  const add = useMutation(engine.sources.addLive.mutationOptions())
  const change = useMutation(engine.sources.changeLive.mutationOptions())
  const { steps } = t.sources
  const { faults, config } = readDraft(draft, null)
  const isBusy = add.isPending || change.isPending
  const error: unknown = add.error ?? change.error

  const save = (): void => {
    setAsked(true)
    if (config === null || name.trim() === '') return
    const kept = Object.fromEntries(secretsOf(draft).flatMap((one) => (secrets[one] === undefined || secrets[one] === '' ? [] : [[one, secrets[one]]])))
    const onSuccess = (source: { readonly name: string }): void => {
      // What was stored is not kept in the page.
      setSecrets({})
      setAdded(source.name)
      setTest(null)
      setAt(3)
      void queries.invalidateQueries({ queryKey: engine.sources.key() })
    }
    if (added === null) add.mutate({ name: name.trim(), config, secrets: kept }, { onSuccess })
    else change.mutate({ source: added, config, secrets: kept }, { onSuccess })
  }
  const read = (): void => {
    if (added === null) return
    readSource(added)
    goTo('sources', 'of', added)
  }
  const back = <button type="button" className="button" onClick={() => (at === 1 ? onBack() : setAt(at - 1))}>{t.sources.previous}</button>
  const canRead = test !== null && test.isConnected && test.permissions.every(({ isGranted, isRequired }) => isGranted || !isRequired)
  const foot = at === 1
    ? <>{back}<button type="button" className="button primary" onClick={() => setAt(2)}>{t.sources.next}</button></>
    : at === 2 ? <>{back}<button type="button" className="button primary" disabled={isBusy} onClick={save}>{t.sources.next}</button></>
      : (
        <>
          {back}
          <button type="button" className="button primary" disabled={!canRead} onClick={read}>{t.sources.steps.read}</button>
          {added === null ? null : <a className="button" href={toHash('sources', 'of', added)}>{t.sources.saveOnly}</a>}
        </>
      )
  return (
    <Wizard title={t.sources.addTitle(t.sources.kinds[kind])} steps={[steps.kind, steps.permissions, steps.settings, steps.test]} at={at} foot={foot}>
      {at === 1 ? (
        <>
          <h2>{t.sources.permissions.title}</h2>
          <p className="soft">{kind === 'scim' ? t.sources.permissions.textScim : t.sources.permissions.text}</p>
          {kind === 'scim' ? null : <PermissionList permissions={neededPermissions(kind)} />}
          {removalPermissions(kind).length === 0 ? null : (
            <>
              <h2>{t.sources.permissions.removalTitle}</h2>
              <p className="soft">{t.sources.permissions.removalText}</p>
              <PermissionList label={t.sources.permissions.removalTitle} permissions={removalPermissions(kind)} />
            </>
          )}
        </>
      ) : null}
      {at === 2 ? (
        <div className="form-grid">
          <TextField label={t.sources.name} hint={t.sources.nameHint} value={name} onChange={setName} error={isAsked && name.trim() === '' ? t.sources.nameMissing : null} />
          <span />
          <LiveForm draft={draft} onDraft={setDraft} faults={isAsked ? faults : {}} />
          <SecretFields names={secretsOf(draft)} secrets={secrets} onSecrets={setSecrets} isChange={added !== null} />
          {error === null ? null : <div className="wide"><FailureView error={error} isInline onRetry={save} /></div>}
        </div>
      ) : null}
      {at === 3 && added !== null ? <ConnectionCheck source={added} startsAtOnce onTested={setTest} /> : null}
    </Wizard>
  )
}
