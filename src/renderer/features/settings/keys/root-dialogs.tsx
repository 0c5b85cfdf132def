import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { CheckField, TextField } from '../../../components/fields.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { FoundFacts } from './found-facts.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { SmallFileField } from './small-file.tsx'

type Described = Awaited<ReturnType<Client['keys']['readAuthority']>>

interface ChangeFields { readonly reason: string; readonly passphrase: string; readonly rootPassphrase: string }

const empty: ChangeFields = { reason: '', passphrase: '', rootPassphrase: '' }
const isFilled = ({ reason, passphrase, rootPassphrase }: ChangeFields): boolean => reason.trim() !== '' && passphrase !== '' && rootPassphrase !== ''

const Fields = ({ fields, onChange }: { readonly fields: ChangeFields; readonly onChange: (fields: ChangeFields) => void }) => (
  <>
    <TextField label={t.keys.reason} hint={t.keys.reasonHint} value={fields.reason} onChange={(reason) => onChange({ ...fields, reason })} />
    <TextField label={t.keys.newRootPassphrase} hint={t.keys.newPassphraseHint} isSecret value={fields.rootPassphrase} onChange={(rootPassphrase) => onChange({ ...fields, rootPassphrase })} />
    <TextField label={t.keys.ownPassphrase} hint={t.keys.ownPassphraseHint} isSecret value={fields.passphrase} onChange={(passphrase) => onChange({ ...fields, passphrase })} />
  </>
)

/** A new root made here. */
export const RenewRootDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const [fields, setFields] = useState(empty)
  return (
    <KeyDialog title={t.keys.renewTitle} text={t.keys.renewText} submit={t.keys.renewSubmit} isReady={isFilled(fields)} onClose={onClose}
      onSubmit={() => engine.keys.renewRoot.call(fields)} onDone={() => t.keys.rootChanged}>
      <Fields fields={fields} onChange={setFields} />
    </KeyDialog>
  )
}

/** A root the organisation brings with its key: looked at first, taken after its fingerprint was compared. */
export const ImportRootDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const [content, setContent] = useState<string | null>(null)
  const [filePassphrase, setFilePassphrase] = useState('')
  const [found, setFound] = useState<Described | null>(null)
  const [isCompared, setCompared] = useState(false)
  const [fields, setFields] = useState(empty)
  if (found === null) {
    return (
      <KeyDialog title={t.keys.importTitle} text={t.keys.importText} submit={t.keys.look} isReady={content !== null} onClose={onClose}
        onSubmit={() => engine.keys.readAuthority.call({ content: content ?? '', filePassphrase })} onDone={(read) => { setFound(read); return null }}>
        <SmallFileField label={t.keys.file} accept=".p12,.pfx,.pem" onRead={setContent} />
        <TextField label={t.keys.filePassphrase} hint={t.keys.filePassphraseHint} isSecret value={filePassphrase} onChange={setFilePassphrase} />
      </KeyDialog>
    )
  }
  return (
    <KeyDialog title={t.keys.importTitle} text={t.keys.renewText} submit={t.keys.importSubmit} isReady={isCompared && isFilled(fields)} onClose={onClose}
      onSubmit={() => engine.keys.importRoot.call({ ...fields, content: content ?? '', filePassphrase, rootFingerprint: found.rootFingerprint })} onDone={() => t.keys.rootChanged}>
      <FoundFacts facts={[[t.keys.authority, found.subject], [t.keys.rootOf, found.rootSubject]]} validTo={formatDay(found.validTo)} fingerprint={found.rootFingerprint} />
      <CheckField label={t.keys.compared} isOn={isCompared} onChange={setCompared} />
      <Fields fields={fields} onChange={setFields} />
    </KeyDialog>
  )
}
