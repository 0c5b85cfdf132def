import type { Campaign } from '../../../../shared/model/campaign.ts'
import { DirectoryText } from '../../../components/directory-text.tsx'
import { formatDay, formatPercent } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'

/** What was fixed at the launch. */
export const RuleList = ({ campaign }: { readonly campaign: Campaign }) => {
  const { rules } = campaign.spec
  const labels = t.campaigns.ruleLabels
  const lines: readonly (readonly [string, string])[] = [
    [labels.due, formatDay(rules.dueOn)], [labels.noAnswer, t.campaigns.noAnswer[rules.noAnswer]],
    [labels.reasons, rules.reasonRequired.map((when) => t.campaigns.reasonWhen[when]).join(', ') || t.none],
    [labels.control, t.campaigns.controlShare(formatPercent(rules.controlSharePercent))], [labels.as, formatDay(campaign.asOf)], [labels.by, campaign.createdBy],
  ]
  return (
    <section className="section">
      <h2>{t.campaigns.rules}</h2>
      <dl className="rule-list">
        {lines.map(([label, value]) => <div key={label}><dt>{label}</dt><dd><DirectoryText>{value}</DirectoryText></dd></div>)}
      </dl>
    </section>
  )
}
