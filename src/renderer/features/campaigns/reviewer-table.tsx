import type { z } from 'zod'
import type { reviewerProgress } from '../../../shared/contract/campaigns.ts'
import { DirectoryText } from '../../components/directory-text.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { t } from '../../texts/texts.ts'

type ReviewerProgress = z.infer<typeof reviewerProgress>

/** Who has how much left. Those with the most left come first. */
export const ReviewerTable = ({ reviewers }: { readonly reviewers: readonly ReviewerProgress[] }) => {
  const { reviewer } = t.campaigns
  const ordered = reviewers.toSorted((a, b) => b.items - b.decided - (a.items - a.decided) || a.name.localeCompare(b.name))
  return (
    <div className="sheet">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{reviewer.name}</th>
            <th scope="col">{reviewer.share}</th>
            <th scope="col">{reviewer.signedOff}</th>
            <th scope="col">{reviewer.key}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((person) => (
            <tr key={person.person}>
              <td>
                <DirectoryText>{person.name}</DirectoryText>
                <br />
                <span className="faint small"><DirectoryText>{person.person}</DirectoryText></span>
              </td>
              <td>
                <meter className="share" min={0} max={Math.max(person.items, 1)} value={person.decided} aria-label={reviewer.share} />
                <br />
                <span className="soft small">{t.campaigns.decidedOf(formatNumber(person.decided), formatNumber(person.items))}</span>
              </td>
              <td>{person.signedOffAt === null ? <span className="faint">{t.campaigns.notSignedOff}</span>
                : formatMoment(person.signedOffAt)}</td>
              <td>{person.isEnrolled ? t.campaigns.key.yes : <span className="outcome-look-closer">{t.campaigns.key.no}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
