import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { ChoiceField, TextField } from '../../../components/fields.tsx'
import { FailureView } from '../../../components/state-view.tsx'
import { t } from '../../../texts/texts.ts'
import { draftOf, emptyDraft, readDraft, secretsOf, type LiveDraft } from '../live/live-draft.ts'
import { LiveForm } from '../live/live-form.tsx'
import { SecretFields, type Secrets } from '../live/secret-fields.tsx'
import type { SourceCard } from '../source-types.ts'

const Frame = ({ error, isBusy, onSave, onClose, children }: {
  readonly error: unknown; readonly isBusy: boolean; readonly onSave: () => void; readonly onClose: () => void; readonly children: ReactNode
}) => (
  <DialogBox title={t.sources.page.change} onClose={onClose}>
    <div className="dialog-body section">
      <div className="form-grid">{children}</div>
      {error === null ? null : <FailureView error={error} isInline onRetry={onSave} />}
    </div>
    <div className="dialog-foot">
      <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
      <button type="button" className="button primary" disabled={isBusy} onClick={onSave}>{t.sources.page.save}</button>
    </div>
  </DialogBox>
)

const useSaved = (onClose: () => void): (() => void) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  return () => {
    announce(t.sources.page.changed)
    void queries.invalidateQueries({ queryKey: engine.sources.key() })
    onClose()
  }
}

const shareIn = (percent: string): number | null => (/^\d{1,3}$/.test(percent.trim()) && Number(percent) <= 100 ? Number(percent) / 100 : null)

/** Whose accounts a file names and how much change is believed. */
export const ChangeFile = ({ source, onClose }: { readonly source: SourceCard; readonly onClose: () => void }) => {
  const engine = useEngine()
  const saved = useSaved(onClose)
  const others = useQuery(engine.sources.list.queryOptions())
  const config = source.config.from === 'file' ? source.config : null
  const [accountsOf, setAccountsOf] = useState(config?.accountsOf ?? '')
  const [percent, setPercent] = useState(String(Math.round((config?.holdBelowShare ?? 0.7) * 100)))
  const change = useMutation(engine.sources.changeFile.mutationOptions({ onSuccess: saved }))
  const share = shareIn(percent)
  const save = (): void => {
    if (share !== null) change.mutate({ source: source.name, config: { holdBelowShare: share, ...(source.kind === 'csv-sign-ins' ? { accountsOf: accountsOf === '' ? null : accountsOf } : {}) } })
  }
  return (
    <Frame error={change.error} isBusy={change.isPending || share === null} onSave={save} onClose={onClose}>
      {source.kind === 'csv-sign-ins' ? (
        <ChoiceField label={t.sources.accountsOf} value={accountsOf} onChange={setAccountsOf}
          options={[['', t.sources.anySource], ...(others.data ?? []).filter((one) => !['csv-sign-ins', 'hr', 'scim'].includes(one.kind)).map((one) => [one.name, one.name] as const)]} />
      ) : null}
      <TextField isWide type="number" label={`${t.sources.holdBelow} (%)`} hint={t.sources.holdBelowHint} value={percent} onChange={setPercent} error={share === null ? '0–100' : null} />
    </Frame>
  )
}

/** Settings and secrets of a live source. */
export const ChangeLive = ({ source, onClose }: { readonly source: SourceCard; readonly onClose: () => void }) => {
  const engine = useEngine()
  const saved = useSaved(onClose)
  const before = source.config.from === 'file' ? null : source.config
  const [draft, setDraft] = useState<LiveDraft>(() => (before === null ? emptyDraft('scim') : draftOf(before)))
  const [secrets, setSecrets] = useState<Secrets>({})
  const [isAsked, setAsked] = useState(false)
  const change = useMutation(engine.sources.changeLive.mutationOptions({ onSuccess: saved }))
  const { faults, config } = readDraft(draft, before)
  const names = secretsOf(draft)
  const save = (): void => {
    setAsked(true)
    const given = Object.fromEntries(names.flatMap((one) => (secrets[one] === undefined || secrets[one] === '' ? [] : [[one, secrets[one]]])))
    if (config !== null) change.mutate({ source: source.name, config, secrets: given })
  }
  return (
    <Frame error={change.error} isBusy={change.isPending} onSave={save} onClose={onClose}>
      <LiveForm draft={draft} onDraft={setDraft} faults={isAsked ? faults : {}} />
      <SecretFields names={names} secrets={secrets} onSecrets={setSecrets} isChange />
    </Frame>
  )
}
