import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'
import { secondsWords, shareWords } from '../figures/share-words.ts'
import type { ReviewerPace, ReviewerProgress } from './campaign-types.ts'

interface ReviewerTableProps {
  readonly reviewers: readonly ReviewerProgress[]
  readonly pace: readonly ReviewerPace[]
  /** Addresses of those who have left and still have open items. */
  readonly left: ReadonlySet<string>
  /** Null where nothing can be handed on any more. */
  readonly onHandOn: ((person: string) => void) | null
}

/** Who has how much left, and how they decide. Those with the most left come first. */
export const ReviewerTable = ({ reviewers, pace, left, onHandOn }: ReviewerTableProps) => {
  const words = t.campaigns.pace
  const paceOf = new Map(pace.map((one) => [one.person, one]))
  const ordered = reviewers.toSorted((a, b) => b.items - b.signedOff - (a.items - a.signedOff) || a.name.localeCompare(b.name))
  return (
    <div className="sheet wide-table" tabIndex={0} role="group" aria-label={t.campaigns.reviewers}>
      <table className="table dense">
        <thead>
          <tr>
            <th scope="col">{words.name}</th><th scope="col">{words.decided}</th><th scope="col" className="number">{words.signed}</th><th scope="col" className="number">{words.median}</th>
            <th scope="col" className="number">{words.kept}</th><th scope="col" className="number">{words.bulk}</th><th scope="col" className="number">{words.agreed}</th>
            <th scope="col">{words.reminded}</th><th scope="col"><span className="visually-hidden">{t.campaigns.actions}</span></th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((person) => {
            const own = paceOf.get(person.person)
            const open = person.items - person.signedOff
            return (
              <tr key={person.person}>
                <td>
                  <DirectoryText>{person.name}</DirectoryText>{' '}
                  {left.has(person.person) ? <span className="badge warm">{t.campaigns.withoutReviewer.left}</span> : person.isEnrolled ? null : <span className="badge warm">{words.notEnrolled}</span>}
                  <br />
                  <span className="faint small"><DirectoryText>{person.person}</DirectoryText></span>
                </td>
                <td>
                  <meter className="done-share" min={0} max={Math.max(person.items, 1)} value={person.decided} aria-label={t.campaigns.reviewer.share} />
                  <br />
                  <span className="soft small numbers">{formatNumber(person.decided)} {t.campaigns.figure.of(formatNumber(person.items))}</span>
                </td>
                <td className="number">{formatNumber(person.signedOff)}</td>
                <td className="number">{secondsWords(own?.medianSeconds ?? null)}</td>
                <td className="number">{own === undefined ? t.campaigns.figure.noFigure : shareWords(own.kept, own.decisions)}</td>
                <td className="number">{own === undefined ? t.campaigns.figure.noFigure : shareWords(own.bulk + own.attested, own.decisions)}</td>
                <td className="number">{own === undefined ? t.campaigns.figure.noFigure : `${shareWords(own.agreedVisible, own.decidedVisible)} / ${shareWords(own.agreedHidden, own.decidedHidden)}`}</td>
                <td className="small">{own?.remindedAt == null ? <span className="faint">{words.never}</span> : words.reminders(formatNumber(own.reminders), formatDay(own.remindedAt))}</td>
                <td className="number">
                  {onHandOn === null ? null : open === 0 ? <span className="outcome-keep small">{words.done}</span> : (
                    <button type="button" className="button quiet small" aria-label={words.actOn(plainText(person.name))} onClick={() => onHandOn(person.person)}>{words.act}</button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
