import { CheckField, ChoiceField, TextField } from '../../../components/fields.tsx'
import { t } from '../../../texts/texts.ts'
import type { DraftFault, LiveDraft } from './live-draft.ts'

const words = t.sources.settings
type SignIn = keyof typeof words.signIns

const signIns: Readonly<Record<LiveDraft['from'], readonly SignIn[]>> = {
  entra: ['certificate', 'secret', 'device-code'], okta: ['private-key', 'token'], scim: ['bearer', 'basic'],
}

interface FormProps {
  readonly draft: LiveDraft
  readonly onDraft: (draft: LiveDraft) => void
  readonly faults: Readonly<Record<string, DraftFault>>
}

/** Settings of a live source. Which organisation it is cannot change later: that would be another source. */
export const LiveForm = ({ draft, onDraft, faults }: FormProps) => {
  const set = (field: string, value: string | boolean): void => onDraft({ ...draft, [field]: value } as LiveDraft)
  const text = (field: string, label: string, hint?: string) => {
    const fault = faults[field]
    return <TextField key={field} label={label} hint={hint} value={String(draft[field] ?? '')} error={fault === undefined ? null : words[fault]} onChange={(value) => set(field, value)} />
  }
  const signIn = (
    <ChoiceField label={words.signIn} value={draft.signIn as SignIn} options={signIns[draft.from].map((one) => [one, words.signIns[one]])} onChange={(value) => set('signIn', value)} />
  )
  const reading = (
    <>
      <CheckField label={words.readsUsage} hint={words.readsUsageHint} isOn={draft['readsUsage'] === true} onChange={(isOn) => set('readsUsage', isOn)} />
      <CheckField label={words.isHr} hint={words.isHrHint} isOn={draft['isHr'] === true} onChange={(isOn) => set('isHr', isOn)} />
    </>
  )
  switch (draft.from) {
    case 'entra':
      return (
        <>
          {text('tenant', words.tenant, words.tenantHint)}
          {text('clientId', words.clientId)}
          {signIn}
          <ChoiceField label={words.cloud} value={String(draft['cloud']) as keyof typeof words.clouds}
            options={Object.entries(words.clouds) as [keyof typeof words.clouds, string][]} onChange={(value) => set('cloud', value)} />
          {reading}
        </>
      )
    case 'okta':
      return (
        <>
          {text('orgUrl', words.orgUrl, words.orgUrlHint)}
          {signIn}
          {draft.signIn === 'private-key' ? <>{text('clientId', words.clientId)}{text('keyId', words.keyId)}</> : null}
          {reading}
        </>
      )
    case 'scim':
      return <>{text('baseUrl', words.baseUrl, words.baseUrlHint)}{signIn}{draft.signIn === 'basic' ? text('userName', words.userName) : null}</>
  }
}
