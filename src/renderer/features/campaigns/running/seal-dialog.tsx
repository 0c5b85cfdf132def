import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
import type { sealed as sealedSchema } from '../../../../shared/contract/evidence.ts'
import type { Campaign } from '../../../../shared/model/campaign.ts'
import { useEngine } from '../../../api/engine.ts'
import type { Session } from '../../../api/session.ts'
import { toFailure } from '../../../api/failure.ts'
import { useAnnounce } from '../../../components/announcer.tsx'
import { CommandLine } from '../../../components/command-line.tsx'
import { DialogBox } from '../../../components/dialog-box.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import { endWords, useLongWork } from '../../../components/use-long-work.ts'
import { WorkProgress } from '../../../components/work-progress.tsx'

type Sealed = z.infer<typeof sealedSchema>

/** Prints and signs what an auditor gets. The passphrase is forgotten whatever the answer was. */
export const SealDialog = ({ campaign, session, onClose }: { readonly campaign: Campaign; readonly session: Session; readonly onClose: () => void }) => {
  const engine = useEngine()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const words = t.campaigns.seal
  const [passphrase, setPassphrase] = useState('')
  const [result, setResult] = useState<Sealed | null>(null)
  const [isAgain] = useState(campaign.state === 'sealed')
  const sealing = useLongWork<Sealed>((sealed) => {
    setResult(sealed)
    announce(words.say(plainText(campaign.spec.name)))
    void queries.invalidateQueries()
  }, endWords(t.shell.workEnded.seal, plainText(campaign.spec.name)))
  const { standing } = sealing
  const isWorking = standing.state === 'working'
  const isWrong = standing.state === 'failed' && toFailure(standing.error).kind === 'WRONG_PASSPHRASE'
  if (result !== null) {
    return (
      <DialogBox title={words.done} isNarrow onClose={onClose}>
        <div className="dialog-body form-stack">
          <p className="seal-done"><CircleCheckBig size={22} className="outcome-keep" aria-hidden="true" /> {words.version(formatNumber(result.version))} · {words.pages(formatNumber(result.pages))} · {t.items(result.items, formatNumber(result.items))}</p>
          {result.exceptions.length === 0 ? <p>{words.noExceptions}</p> : (
            <section className="section"><h3>{words.exceptions}</h3><ul className="bullets">{result.exceptions.map((one) => <li key={one}><DirectoryText>{one}</DirectoryText></li>)}</ul></section>
          )}
          <p className="mono small path-line"><DirectoryText>{result.path}</DirectoryText></p>
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{words.close}</button>
          <a className="button primary" href="#/evidence" onClick={onClose}>{words.toEvidence}</a>
        </div>
      </DialogBox>
    )
  }
  return (
    <DialogBox title={words.title} isNarrow onClose={isWorking ? () => undefined : onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (passphrase === '' || isWorking) return
        void sealing.start((signal) => engine.evidence.seal.call({ campaign: campaign.id, passphrase }, { signal })).finally(() => setPassphrase(''))
      }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text}</p>
          {isAgain ? <p>{words.againText}</p> : null}
          {session.person.isEnrolled ? (
            <TextField label={words.passphrase} hint={words.passphraseHint} isSecret value={passphrase} onChange={setPassphrase} error={isWrong ? `${t.failureTitle.WRONG_PASSPHRASE}. ${t.failureAdvice.WRONG_PASSPHRASE}` : undefined} />
          ) : <><p className="outcome-look-closer">{t.signOff.notEnrolledText}</p><CommandLine command={`npx muster enrol ${session.person.email}`} /></>}
          {isWrong ? null : <WorkProgress standing={standing} label={words.working} starting={words.starting} stopped={words.stopped} onStop={sealing.stop} />}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" disabled={isWorking} onClick={onClose}>{t.cancel}</button>
          <button type="submit" className="button primary" disabled={passphrase === '' || isWorking}>{words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}
