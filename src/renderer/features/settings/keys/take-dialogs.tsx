import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { CheckField, TextField } from '../../../components/fields.tsx'
import { formatDay } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { FoundFacts } from './found-facts.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { SmallFileField } from './small-file.tsx'

type Issued = Awaited<ReturnType<Client['keys']['readCertificate']>>

/** Takes in what the organisation's own authority sent: looked at first, and with another root only after its fingerprint was compared. */
export const TakeCertificateDialog = ({ email, isOwn, isFirst, onClose }: { readonly email: string; readonly isOwn: boolean; /** There is no root here yet. */ readonly isFirst: boolean; readonly onClose: () => void }) => {
  const engine = useEngine()
  const [content, setContent] = useState<string | null>(null)
  const [found, setFound] = useState<Issued | null>(null)
  const [isCompared, setCompared] = useState(false)
  const [reason, setReason] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [former, setFormer] = useState('')
  const take = (next: string | null): void => { setContent(next); setFound(null); setCompared(false) }
  const file = <SmallFileField label={t.keys.file} accept=".pem,.crt,.cer,.der,.p7b,.p7c" onRead={take} />
  if (found === null) {
    return (
      <KeyDialog title={t.keys.takeOf(email)} text={t.keys.takeText} submit={t.keys.takeCheck} isReady={content !== null} onClose={onClose}
        onSubmit={() => engine.keys.readCertificate.call({ email, content: content ?? '' })} onDone={(read) => { setFound(read); return null }}>
        {file}
      </KeyDialog>
    )
  }
  const { isOtherRoot, rootFingerprint } = found
  return (
    <KeyDialog title={t.keys.takeOf(email)} text={isFirst ? t.keys.firstRootText : isOtherRoot ? t.keys.otherRootText : t.keys.takeText} submit={t.keys.takeSubmit} onClose={onClose}
      isReady={passphrase !== '' && (!isOtherRoot || (isCompared && (isFirst || reason.trim() !== '')))} onDone={() => t.keys.takenIn}
      onSubmit={() => engine.keys.importCertificate.call({ email, content: content ?? '', passphrase, reason, rootFingerprint: isOtherRoot ? rootFingerprint : null, formerPassphrase: former === '' ? null : former })}>
      {isOtherRoot && !isFirst ? <p><strong>{t.keys.otherRoot}</strong></p> : null}
      <FoundFacts facts={[[t.keys.subject, found.subject], [t.keys.issuer, found.issuer], [t.keys.rootOf, found.rootSubject]]}
        validTo={formatDay(found.validTo)} fingerprint={rootFingerprint} />
      {isOtherRoot ? (
        <>
          <CheckField label={t.keys.compared} isOn={isCompared} onChange={setCompared} />
          {isFirst ? null : <TextField label={t.keys.reason} hint={t.keys.reasonHint} value={reason} onChange={setReason} />}
        </>
      ) : null}
      <TextField label={isOwn ? t.keys.takePassphrase : t.keys.ownPassphrase} isSecret value={passphrase} onChange={setPassphrase} />
      {isOtherRoot && isOwn && !isFirst ? <TextField label={t.keys.takeFormer} hint={t.keys.takeFormerHint} isSecret value={former} onChange={setFormer} /> : null}
    </KeyDialog>
  )
}

/** The revocation list the organisation's own authority published. */
export const TakeListDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const [content, setContent] = useState<string | null>(null)
  return (
    <KeyDialog title={t.keys.takeListTitle} text={t.keys.takeListText} submit={t.keys.takeSubmit} isReady={content !== null} onClose={onClose}
      onSubmit={() => engine.keys.importRevocationList.call({ content: content ?? '' })} onDone={() => t.keys.listTaken}>
      <SmallFileField label={t.keys.file} accept=".crl,.pem,.der" onRead={setContent} />
    </KeyDialog>
  )
}
