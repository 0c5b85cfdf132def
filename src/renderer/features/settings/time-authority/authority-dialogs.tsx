import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../api/client.ts'
import { useEngine } from '../../../api/engine.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { FailureLine } from '../../../components/failure-line.tsx'
import { CheckField, TextField } from '../../../components/fields.tsx'
import { formatMoment } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { SmallFileField } from '../keys/small-file.tsx'

type Tested = Awaited<ReturnType<Client['evidence']['testTimeAuthority']>>

const words = t.timeAuthority

/** The host of an address beyond this machine, null for one on it or none yet. The engine has the last word. */
const hostBeyond = (url: string): string | null => {
  if (!URL.canParse(url.trim())) return null
  const { hostname, host } = new URL(url.trim())
  return hostname === '' || hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname) ? null : host
}

/** Names an authority: it is asked once first, and what it answered is looked at before it is named. */
export const NameDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const [url, setUrl] = useState('')
  const [content, setContent] = useState<string | null>(null)
  const [mayLeave, setMayLeave] = useState(false)
  const [tested, setTested] = useState<Tested | null>(null)
  const [isCompared, setCompared] = useState(false)
  const input = { url: url.trim(), content: content ?? '', mayLeave }
  const testing = useMutation({ mutationFn: () => engine.evidence.testTimeAuthority.call(input), onSuccess: setTested })
  const naming = useMutation({
    mutationFn: () => engine.evidence.setTimeAuthority.call(input),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: engine.evidence.key() })
      announce(words.named)
      onClose()
    },
  })
  const beyond = hostBeyond(url)
  const isBusy = testing.isPending || naming.isPending
  const isReady = tested === null ? url.trim() !== '' && content !== null && (beyond === null || mayLeave) : isCompared
  const submit = (): void => { if (tested === null) testing.mutate(); else naming.mutate() }
  const anew = (): void => { setTested(null); setCompared(false); testing.reset(); naming.reset() }
  return (
    <DialogBox title={words.nameTitle} isNarrow onClose={isBusy ? () => undefined : onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady && !isBusy) submit() }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.nameText}</p>
          <TextField label={words.address} hint={words.addressHint} value={url} onChange={(next) => { setUrl(next); setMayLeave(false); anew() }} />
          <SmallFileField label={words.certificate} accept=".pem,.crt,.cer,.der,.p7b,.p7c" onRead={(read) => { setContent(read); anew() }} />
          {beyond === null ? null : <CheckField label={words.allow(beyond)} hint={words.allowHint} isOn={mayLeave} onChange={setMayLeave} />}
          {tested === null ? null : <Answer tested={tested} />}
          {tested === null ? null : <CheckField label={words.compared} isOn={isCompared} onChange={setCompared} />}
          <FailureLine isSaid error={testing.error ?? naming.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" disabled={isBusy} onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady || isBusy}>{testing.isPending ? words.testing : tested === null ? words.ask : words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}

const Answer = ({ tested }: { readonly tested: Tested }) => (
  <section className="time-answer" role="status">
    <dl>
      <div><dt>{words.saw}</dt><dd><DirectoryText>{tested.authority}</DirectoryText></dd></div>
      <div><dt>{words.says}</dt><dd>{formatMoment(tested.at)}</dd></div>
      {tested.roots.map(({ name, fingerprint }) => (
        <div key={fingerprint}>
          <dt>{words.root}</dt>
          <dd><DirectoryText>{name}</DirectoryText><br /><code className="fingerprint">{(fingerprint.match(/.{4}/g) ?? []).join(' ')}</code></dd>
        </div>
      ))}
    </dl>
  </section>
)

export const RemoveDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const removing = useMutation({
    mutationFn: () => engine.evidence.removeTimeAuthority.call(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: engine.evidence.key() })
      announce(words.removed)
      onClose()
    },
  })
  return (
    <DialogBox title={words.removeTitle} isNarrow onClose={onClose}>
      <div className="dialog-body form-stack"><p>{words.removeText}</p><FailureLine isSaid error={removing.error} /></div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
        <button type="button" className="button primary" disabled={removing.isPending} onClick={() => removing.mutate()}>{words.remove}</button>
      </div>
    </DialogBox>
  )
}
