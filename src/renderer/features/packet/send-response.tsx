import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheckBig, FileCheck2, Info } from 'lucide-react'
import { useState } from 'react'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DirectoryText, SentenceText } from '../../components/directory-text.tsx'
import { FailureLine } from '../../components/failure-line.tsx'
import { TextField } from '../../components/fields.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { saveFile } from '../../components/save-file.ts'
import { askHost, isDesktop } from '../../host.ts'
import { t } from '../../texts/texts.ts'
import type { Standing } from './packet-types.ts'

/** Where the file goes: what the person chose in the system's dialog; in a browser, or where nobody chose, null. */
const placeFor = async (name: string): Promise<{ readonly out: string | null; readonly isGivenUp: boolean }> => {
  if (!isDesktop()) return { out: null, isGivenUp: false }
  const answer = await askHost({ kind: 'save', name })
  const out = answer.kind === 'folder' ? answer.folder : null
  return { out, isGivenUp: out === null }
}

/** Signs the response and saves it as a file. One is taken; a second is told as what it is. */
export const SendResponse = ({ own }: { readonly own: Standing }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.packet.send
  const [passphrase, setPassphrase] = useState('')
  const pending = own.decided - own.signedOff
  const last = own.responses.at(-1)
  const saving = useMutation({
    mutationFn: async () => {
      const { out, isGivenUp } = await placeFor(`${own.campaign}-review.musterpack-response`)
      if (isGivenUp) return null
      const done = await engine.packets.respond.call({ out, passphrase, withContent: !isDesktop() })
      if (done.content !== null) saveFile(done.name, 'application/octet-stream', Uint8Array.from(atob(done.content), (letter) => letter.charCodeAt(0)))
      return done
    },
    onSuccess: (done) => {
      if (done === null) return
      announce(words.announce)
      void queries.invalidateQueries({ queryKey: engine.packets.key() })
    },
    onSettled: () => setPassphrase(''),
  })
  const isWrong = saving.error !== null && toFailure(saving.error).kind === 'WRONG_PASSPHRASE'
  const isReady = own.signedOff > 0 && pending === 0
  return (
    <section className="section">
      <h2>{words.title}</h2>
      <p className="soft"><SentenceText>{words.text(own.from.name)}</SentenceText></p>
      {saving.data == null ? null : (
        <div className="notice good" role="status">
          <CircleCheckBig size={16} aria-hidden="true" />
          <div className="notice-body">
            <strong>{words.saved}</strong>
            <span><SentenceText>{words.savedText(saving.data.signedOff, formatNumber(saving.data.signedOff), own.from.name)}</SentenceText></span>
            <span className="small">{words.path} <span className="mono path-line"><DirectoryText>{saving.data.path}</DirectoryText></span></span>
          </div>
        </div>
      )}
      {saving.data != null || last === undefined ? null : (
        <div className="notice">
          <Info size={16} aria-hidden="true" />
          <div className="notice-body"><strong>{words.before(own.responses.length, formatMoment(last.at))}</strong><span>{words.beforeText}</span></div>
        </div>
      )}
      {saving.data != null ? null : isReady ? (
        <form className="settings-form" onSubmit={(event) => { event.preventDefault(); if (passphrase !== '' && !saving.isPending) saving.mutate() }}>
          {own.undecided === 0 ? null : <p className="outcome-look-closer packet-line">{words.partly(own.undecided, formatNumber(own.undecided))}</p>}
          <TextField label={words.passphrase} isSecret value={passphrase} onChange={setPassphrase} error={isWrong ? `${t.failureTitle.WRONG_PASSPHRASE}. ${t.failureAdvice.WRONG_PASSPHRASE}` : undefined} />
          <button type="submit" className={last === undefined ? 'button primary' : 'button'} disabled={passphrase === '' || saving.isPending}>
            <FileCheck2 size={15} aria-hidden="true" />{saving.isPending ? words.working : last === undefined ? words.submit : words.again}
          </button>
        </form>
      ) : <p className="soft">{pending > 0 ? words.pending(pending, formatNumber(pending)) : words.nothing}</p>}
      {isWrong ? null : <FailureLine error={saving.error} />}
    </section>
  )
}
