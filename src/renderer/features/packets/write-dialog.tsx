import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { WorkResult } from '../../../shared/contract/work.ts'
import type { Campaign } from '../../../shared/model/campaign.ts'
import { useEngine } from '../../api/engine.ts'
import { toFailure } from '../../api/failure.ts'
import { useKeptWork } from '../../api/kept-work.ts'
import type { Session } from '../../api/session.ts'
import { useAnnounce } from '../../components/announcer.tsx'
import { DialogBox } from '../../components/dialog-box.tsx'
import { CheckField, TextField } from '../../components/fields.tsx'
import { addMonths, formatNumber } from '../../components/format.ts'
import { WorkProgress } from '../../components/work-progress.tsx'
import { isDesktop, askHost } from '../../host.ts'
import { t } from '../../texts/texts.ts'
import type { AddresseeRow } from './addressee-table.tsx'
import { WrittenDialog } from './written-view.tsx'

interface WriteProps {
  readonly campaign: Campaign
  readonly people: readonly AddresseeRow[]
  readonly session: Session
  readonly onClose: () => void
}

/** Writes the files, with progress and a way to stop; what was finished is kept, and closing this or the window leaves it going. */
export const WriteDialog = ({ campaign, people: given, session, onClose }: WriteProps) => {
  const engine = useEngine()
  const announce = useAnnounce()
  const words = t.packets.write
  const today = new Date().toISOString().slice(0, 10)
  // The list behind the dialog changes while packets are written; what was asked for does not.
  const [people] = useState(given)
  const [expiresOn, setExpiresOn] = useState(campaign.dueOn > today ? campaign.dueOn : addMonths(today, 1))
  const [isElsewhere, setElsewhere] = useState(false)
  const [folder, setFolder] = useState('')
  const [isAgain, setAgain] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [written, setWritten] = useState<WorkResult<'packets'> | null>(null)
  const writing = useKeptWork({
    kind: 'packets', of: campaign.id, subject: campaign.spec.name, campaign: campaign.id,
    onDone: (result) => {
      setWritten(result)
      announce(words.announce(result.written.length, formatNumber(result.written.length)))
    },
  })
  const { standing } = writing
  const isWorking = standing.state === 'working'
  const isWrong = standing.state === 'failed' && toFailure(standing.error).kind === 'WRONG_PASSPHRASE'
  const isEarly = !/^\d{4}-\d{2}-\d{2}$/.test(expiresOn) || expiresOn < today
  const byPassphrase = people.filter(({ hasKey }) => !hasKey).length
  const isReady = passphrase !== '' && !isEarly && (!isElsewhere || folder.trim() !== '') && !isWorking
  const chooseFolder = (): void => {
    void askHost({ kind: 'folder' }).then((answer) => {
      if (answer.kind === 'folder' && answer.folder !== null) setFolder(answer.folder)
    })
  }
  if (written !== null) return <WrittenDialog campaign={campaign.id} written={written} onClose={onClose} />
  return (
    <DialogBox title={words.title} onClose={onClose}>
      <form onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        const out = isElsewhere ? folder.trim() : null
        void writing.begin((signal) => engine.packets.write.call(
          { campaign: campaign.id, reviewers: people.map(({ person }) => person), out, expiresOn, again: isAgain, passphrase }, { signal },
        )).finally(() => setPassphrase(''))
      }}>
        <div className="dialog-body form-stack">
          <p className="soft">{words.text(people.length, formatNumber(people.length))}</p>
          {byPassphrase === 0 ? null : <p>{words.byPassphrase(byPassphrase, formatNumber(byPassphrase))}</p>}
          <div className="short-field"><TextField label={words.expires} type="date" value={expiresOn} error={isEarly ? words.tooEarly : null} onChange={setExpiresOn} /></div>
          <fieldset className="plain-set">
            <legend>{words.place}</legend>
            <label className="choice place"><input type="radio" name="place" checked={!isElsewhere} onChange={() => setElsewhere(false)} /><span>{words.ownFolder}</span></label>
            <label className="choice place"><input type="radio" name="place" checked={isElsewhere} onChange={() => setElsewhere(true)} /><span>{words.otherFolder}</span></label>
          </fieldset>
          {isElsewhere ? (
            <div className="folder-line">
              <TextField label={words.folder} hint={words.folderHint} value={folder} onChange={setFolder} />
              {isDesktop() ? <button type="button" className="button" onClick={chooseFolder}><FolderOpen size={15} aria-hidden="true" />{words.chooseFolder}</button> : null}
            </div>
          ) : null}
          <CheckField label={words.again} isOn={isAgain} onChange={setAgain} />
          {session.person.isEnrolled ? (
            <TextField label={words.passphrase} hint={words.passphraseHint} isSecret value={passphrase} onChange={setPassphrase} error={isWrong ? `${t.failureTitle.WRONG_PASSPHRASE}. ${t.failureAdvice.WRONG_PASSPHRASE}` : undefined} />
          ) : <p className="outcome-look-closer">{t.signOff.notEnrolledText}</p>}
          {isWrong ? null : <WorkProgress standing={standing} label={words.working} starting={words.starting} stopped={words.stopped} onStop={() => void writing.stop()} />}
          {isWorking ? <p className="faint small">{words.goesOn}</p> : null}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>{isWorking ? words.close : standing.state === 'stopped' ? t.close : t.cancel}</button>
          <button type="submit" className="button primary" disabled={!isReady}>{words.submit(people.length, formatNumber(people.length))}</button>
        </div>
      </form>
    </DialogBox>
  )
}
