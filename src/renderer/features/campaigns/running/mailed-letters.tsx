import { CircleAlert, CircleCheck, CircleHelp, Clock, MinusCircle, type LucideIcon } from 'lucide-react'
import type { LetterState, MailedLetter } from '../../../../shared/model/mail.ts'
import type { WorkResult } from '../../../../shared/contract/work.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

const signs: Readonly<Record<LetterState, readonly [LucideIcon, string]>> = {
  sent: [CircleCheck, 'outcome-keep'], refused: [CircleAlert, 'outcome-revoke'], unknown: [CircleHelp, 'outcome-look-closer'], waiting: [Clock, 'faint'], sending: [Clock, 'faint'],
  dropped: [MinusCircle, 'faint'], taken: [MinusCircle, 'faint'],
}

/** Where a letter has got to, in a few words; why, where it did not simply go. */
export const LetterStanding = ({ letter, isBrief = false }: { readonly letter: Pick<MailedLetter, 'state' | 'fault' | 'answer'>; readonly isBrief?: boolean }) => {
  const [Sign, colour] = signs[letter.state]
  return (
    <span className="letter-standing">
      <span className={colour}><Sign size={14} aria-hidden="true" /> {t.mail.state[letter.state]}</span>
      {letter.fault === null || letter.state === 'sent' ? null : <span className="faint small">{letter.state === 'unknown' ? t.mail.unknownHint : t.mail.fault[letter.fault]}</span>}
      {isBrief || letter.answer === null || letter.answer === '' || letter.state === 'dropped' ? null : <span className="faint small"><DirectoryText>{letter.answer}</DirectoryText></span>}
    </span>
  )
}

/** What a round of mail came to, person by person; those it did not reach first. */
export const MailedLetters = ({ done, onClose }: { readonly done: WorkResult<'mail'>; readonly onClose: () => void }) => {
  const words = t.campaigns.chase
  const rank = (state: LetterState): number => ['refused', 'unknown', 'waiting', 'sending', 'dropped', 'taken', 'sent'].indexOf(state)
  const letters = done.letters.toSorted((a, b) => rank(a.state) - rank(b.state) || a.name.localeCompare(b.name))
  return (
    <>
      <div className="dialog-body form-stack">
        <p role="status"><strong>{words.mailed(done.sent, formatNumber(done.sent))}</strong>{done.left + done.refused === 0 ? '' : ` ${words.notMailed(done.left + done.refused, formatNumber(done.left + done.refused))}`}</p>
        {done.fault === null ? null : <p className="field-error"><DirectoryText>{`${t.mail.fault[done.fault.fault]} ${done.fault.answer === '' ? '' : t.mail.said(done.fault.answer)}`}</DirectoryText></p>}
        <div className="sheet load-table" tabIndex={0} role="group" aria-label={words.columns.who}>
          <table className="table dense">
            <thead><tr><th scope="col">{words.columns.who}</th><th scope="col">{words.columns.mail}</th></tr></thead>
            <tbody>
              {letters.map((letter) => (
                <tr key={letter.id}>
                  <td><DirectoryText>{letter.name}</DirectoryText><br /><span className="faint small"><DirectoryText>{letter.person}</DirectoryText></span></td>
                  <td><LetterStanding letter={letter} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <div className="dialog-foot"><button type="button" className="button primary" onClick={onClose}>{t.close}</button></div>
    </>
  )
}
