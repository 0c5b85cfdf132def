import { useMutation } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
import type { Client } from '../../api/client.ts'
import { useEngine } from '../../api/engine.ts'
import type { TakenFile } from '../../api/file-intake.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { FailureLine } from '../../components/failure-line.tsx'
import { CheckField, TextField } from '../../components/fields.tsx'
import { FileDrop } from '../../components/file-drop.tsx'
import { plainText } from '../../components/plain-text.ts'
import { SpokenDigits } from '../../components/spoken-digits.tsx'
import { t } from '../../texts/texts.ts'
import { takeOne } from './take-one.ts'
import type { Taken } from './packet-types.ts'

type Key = Awaited<ReturnType<Client['packets']['lookAtKey']>>

interface EnrolProps {
  /** Null: chosen in the dialog. */
  readonly file: TakenFile | null
  readonly onClose: () => void
  /** The response the key came with is taken right after; null: there is none. */
  readonly onEnrolled: ((taken: Taken) => void) | null
}

const KeyView = ({ shown, isSure, onSure }: { readonly shown: Key; readonly isSure: boolean; readonly onSure: (isSure: boolean) => void }) => {
  const words = t.packets.enrol
  return (
    <>
      <div><span className="field-label">{words.who}</span><p className="enrol-who"><DirectoryText>{shown.name}</DirectoryText> <span className="faint"><DirectoryText>{shown.person}</DirectoryText></span></p></div>
      {words.standing[shown.standing] === '' ? null : <p className={shown.standing === 'enrolled' ? 'soft' : 'outcome-look-closer'} role="status">{words.standing[shown.standing]}</p>}
      {shown.standing === 'enrolled' || shown.standing === 'other-key' ? null : (
        <>
          <p>{words.call}</p>
          <SpokenDigits digits={shown.spoken} label={words.digits} say={t.packets.digits} />
          <CheckField label={words.confirm(plainText(shown.name))} isOn={isSure} onChange={onSure} />
        </>
      )}
    </>
  )
}

/** Certifies a key made elsewhere: the file, the digits its owner reads out, the officer's word. */
export const EnrolDialog = ({ file: given, onClose, onEnrolled }: EnrolProps) => {
  const engine = useEngine()
  const announce = useAnnounce()
  const words = t.packets.enrol
  const [file, setFile] = useState(given)
  const [passphrase, setPassphrase] = useState('')
  const [isSure, setSure] = useState(false)
  const looking = useMutation({ mutationFn: (path: string) => engine.packets.lookAtKey.call({ file: path, passphrase }) })
  const accepting = useMutation({
    mutationFn: async ({ path, spoken }: { readonly path: string; readonly spoken: string }) => {
      const done = await engine.packets.acceptKey.call({ file: path, spoken, passphrase })
      const taken = onEnrolled === null || file === null ? undefined : await takeOne(engine.packets.import.call, file, passphrase)
      if (taken !== undefined) onEnrolled?.(taken)
      return done
    },
    onSuccess: () => announce(words.announce(plainText(looking.data?.name ?? ''))),
    onSettled: () => setPassphrase(''),
  })
  const shown = looking.data
  const mayAccept = shown !== undefined && (shown.standing === 'new' || shown.standing === 'unknown')
  if (accepting.isSuccess && shown !== undefined) {
    return (
      <DialogBox title={words.done(plainText(shown.name))} isNarrow onClose={onClose}>
        <div className="dialog-body"><p className="seal-done" role="status"><CircleCheckBig size={22} className="outcome-keep" aria-hidden="true" /> {words.doneText}</p></div>
        <div className="dialog-foot"><button type="button" className="button primary" onClick={onClose}>{t.close}</button></div>
      </DialogBox>
    )
  }
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (file === null || passphrase === '' || looking.isPending || accepting.isPending) return
        if (shown === undefined) looking.mutate(file.path)
        else if (mayAccept && isSure) accepting.mutate({ path: file.path, spoken: shown.spoken })
      }}>
        <div className="dialog-body form-stack">
          {shown === undefined ? <p className="soft">{words.text}</p> : null}
          {file === null ? <FileDrop words={words} accept=".muster-request,.musterpack-response" isSmall onTaken={([one]) => setFile(one ?? null)} /> : (
            <p className="enrol-file">
              <span className="mono small"><SentenceText>{words.chosen(file.name)}</SentenceText></span>{' '}
              {given === null ? <button type="button" className="text-button small" onClick={() => { setFile(null); looking.reset(); setSure(false) }}>{words.other}</button> : null}
            </p>
          )}
          {shown === undefined ? null : <KeyView shown={shown} isSure={isSure} onSure={setSure} />}
          {file === null || (shown !== undefined && !mayAccept) ? null : <TextField label={words.passphrase} hint={words.passphraseHint} isSecret value={passphrase} onChange={setPassphrase} />}
          <FailureLine error={accepting.error ?? looking.error} />
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          {shown === undefined ? <button type="submit" className="button primary" disabled={file === null || passphrase === '' || looking.isPending}>{words.look}</button>
            : mayAccept ? <button type="submit" className="button primary" disabled={!isSure || passphrase === '' || accepting.isPending}>{onEnrolled === null ? words.submit : words.submitAndTake}</button> : null}
        </div>
      </form>
    </DialogBox>
  )
}
