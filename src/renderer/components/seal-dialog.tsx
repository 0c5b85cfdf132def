import { CircleCheckBig } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkResult } from '../../shared/contract/work.ts'
import { useEngine } from '../api/engine.ts'
import { toFailure } from '../api/failure.ts'
import { useKeptWork } from '../api/kept-work.ts'
import type { Session } from '../api/session.ts'
import { t } from '../texts/texts.ts'
import { CommandLine } from './command-line.tsx'
import { DialogBox } from './dialog-box.tsx'
import { DirectoryText } from './directory-text.tsx'
import { CheckField, TextField } from './fields.tsx'
import { formatNumber } from './format.ts'
import { plainText } from './plain-text.ts'
import { WorkProgress } from './work-progress.tsx'

interface SealProps {
  readonly campaign: number
  readonly name: string
  /** There is a sealed version already: the new one says why. */
  readonly isAgain: boolean
  readonly session: Session
  readonly onClose: () => void
}

/** Prints and signs what an auditor gets, or a later version of it. The passphrase is forgotten whatever the answer was. */
export const SealDialog = ({ campaign, name, isAgain: given, session, onClose }: SealProps) => {
  const engine = useEngine()
  const words = t.seal
  // Sealing changes what the page behind says; what was asked for does not change.
  const [isAgain] = useState(given)
  const [reason, setReason] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [isStamped, setStamped] = useState(true)
  const authority = useQuery(engine.evidence.timeAuthority.queryOptions())
  const host = authority.data?.host ?? null
  const [sealed, setSealed] = useState<WorkResult<'seal'> | null>(null)
  const { standing, begin, stop } = useKeptWork({ kind: 'seal', of: campaign, subject: name, campaign, onDone: setSealed })
  const isWorking = standing.state === 'working'
  const isWrong = standing.state === 'failed' && toFailure(standing.error).kind === 'WRONG_PASSPHRASE'
  const isReady = passphrase !== '' && (!isAgain || reason.trim() !== '') && !isWorking
  if (sealed !== null) return <DialogBox title={words.done} isNarrow onClose={onClose}><SealedView sealed={sealed} onClose={onClose} /></DialogBox>
  return (
    <DialogBox title={isAgain ? words.againTitle(plainText(name)) : words.title} isNarrow onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        void begin((signal) => engine.evidence.seal.call({ campaign, passphrase, timeStamp: isStamped, ...(isAgain ? { reason: reason.trim() } : {}) }, { signal })).finally(() => setPassphrase(''))
      }}>
        <div className="dialog-body form-stack">
          <p className="soft">{isAgain ? words.againText : words.text}</p>
          {isAgain ? <TextField label={words.reason} hint={words.reasonHint} value={reason} onChange={setReason} /> : null}
          {session.person.isEnrolled ? (
            <TextField label={words.passphrase} hint={words.passphraseHint} isSecret value={passphrase} onChange={setPassphrase} error={isWrong ? `${t.failureTitle.WRONG_PASSPHRASE}. ${t.failureAdvice.WRONG_PASSPHRASE}` : undefined} />
          ) : <><p className="outcome-look-closer">{t.signOff.notEnrolledText}</p><CommandLine command={`npx muster enrol ${session.person.email}`} /></>}
          {host === null ? null : <CheckField label={words.askTime(host)} hint={words.askTimeHint} isOn={isStamped} onChange={setStamped} />}
          {isWrong ? null : <WorkProgress standing={standing} label={words.working} starting={words.starting} stopped={words.stopped} onStop={() => void stop()} />}
          {isWorking ? <p className="faint small">{words.goesOn}</p> : null}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{isWorking ? words.close : t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{isAgain ? words.submitAgain : words.submit}</button>
        </div>
      </form>
    </DialogBox>
  )
}

const SealedView = ({ sealed, onClose }: { readonly sealed: WorkResult<'seal'>; readonly onClose: () => void }) => {
  const words = t.seal
  return (
    <>
      <div className="dialog-body form-stack">
        <p className="seal-done"><CircleCheckBig size={22} className="outcome-keep" aria-hidden="true" /> {words.version(formatNumber(sealed.version))} · {words.pages(formatNumber(sealed.pages))} · {t.items(sealed.items, formatNumber(sealed.items))}</p>
        {sealed.exceptions.length === 0 ? <p>{words.noExceptions}</p> : (
          <section className="section"><h3>{words.exceptions}</h3><ul className="bullets">{sealed.exceptions.map((one) => <li key={one}><DirectoryText>{one}</DirectoryText></li>)}</ul></section>
        )}
        <p className="mono small path-line"><DirectoryText>{sealed.path}</DirectoryText></p>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>{words.close}</button>
        <a className="button primary" href="#/evidence" onClick={onClose}>{words.toEvidence}</a>
      </div>
    </>
  )
}
