import { UserRoundX } from 'lucide-react'
import type { Campaign } from '../../../../shared/model/campaign.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatNumber } from '../../../components/format.ts'
import { plainText } from '../../../components/plain-text.ts'
import { t } from '../../../texts/texts.ts'

interface NoticeProps {
  readonly campaign: Campaign
  readonly left: readonly { readonly person: string; readonly name: string; readonly items: number }[]
  /** Null where nothing can be handed on. */
  readonly onHandOn: ((person: string) => void) | null
}

/** Items before reviewers who have left, each with the way to give them to somebody. Nothing where there are none. */
export const WithoutReviewerNotice = ({ campaign, left, onHandOn }: NoticeProps) => {
  const words = t.campaigns.withoutReviewer
  const items = left.reduce((sum, one) => sum + one.items, 0)
  if (items === 0) return null
  return (
    <div className="notice warm">
      <UserRoundX size={18} aria-hidden="true" />
      <div className="notice-body">
        <strong>{words.title(items, formatNumber(items))}</strong>
        <p>{words.text(t.campaigns.noAnswer[campaign.spec.rules.noAnswer])}</p>
        <ul className="left-reviewers">
          {left.map(({ person, name, items: own }) => (
            <li key={person}>
              <span><DirectoryText>{name}</DirectoryText> <span className="faint"><DirectoryText>{person}</DirectoryText></span> · <span className="numbers">{t.items(own, formatNumber(own))}</span></span>
              {onHandOn === null ? null : (
                <button type="button" className="button small" aria-label={words.actOn(plainText(name))} onClick={() => onHandOn(person)}>{words.act}</button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
