import { OutcomeSign } from '../../../components/outcome-sign.tsx'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatMoment } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import type { PersonDetail } from '../people-types.ts'

const words = t.inventory.person

/** What reviewers decided about this person's access before. */
export const Decisions = ({ decisions }: { readonly decisions: PersonDetail['decisions'] }) => {
  const { decisionColumns } = words
  return (
    <section className="section">
      <h2>{words.decisions}</h2>
      {decisions.length === 0 ? <p className="soft">{words.noDecisions}</p> : (
        <div className="sheet">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{decisionColumns.what}</th><th scope="col">{decisionColumns.outcome}</th><th scope="col">{decisionColumns.by}</th>
                <th scope="col">{decisionColumns.campaign}</th><th scope="col">{decisionColumns.at}</th>
              </tr>
            </thead>
            <tbody>
              {decisions.map((one) => (
                <tr key={one.itemId}>
                  <td><DirectoryText>{one.entitlementName}</DirectoryText><br /><span className="faint small"><DirectoryText>{one.application}</DirectoryText></span></td>
                  <td>
                    <span className="decided"><OutcomeSign state={one.outcome} size={14} /> {t.outcome[one.outcome]}{one.until === null ? '' : ` ${formatDay(one.until)}`}</span>
                    {one.reasonCode === null ? null : <><br /><span className="faint small">{t.reason[one.reasonCode]}</span></>}
                    {one.reasonText === null ? null : <><br /><span className="faint small"><DirectoryText>{one.reasonText}</DirectoryText></span></>}
                  </td>
                  <td><DirectoryText>{one.decidedBy}</DirectoryText></td>
                  <td><a href={`#/campaigns/${one.campaign.id}`}><DirectoryText>{one.campaign.name}</DirectoryText></a></td>
                  <td>{formatMoment(one.decidedAt)}{one.isSignedOff ? null : <><br /><span className="faint small">{words.pending}</span></>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
