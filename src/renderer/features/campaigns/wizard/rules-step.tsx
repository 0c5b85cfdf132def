import { campaignRules, type CampaignRules } from '../../../../shared/model/campaign.ts'
import { CheckField, ChoiceField, TextField } from '../../../components/fields.tsx'
import { daysBetween, formatDays } from '../../../components/format.ts'
import { LadderFields } from '../../../components/ladder-fields.tsx'
import { numberOrNaN, numberText } from '../../../components/number-from.ts'
import { t } from '../../../texts/texts.ts'
import { ChoiceList } from './choice-list.tsx'
import type { StepProps } from './step-props.ts'

const noAnswers = campaignRules.shape.noAnswer.unwrap().options
const reasons = campaignRules.shape.reasonRequired.unwrap().element.options

/** What is fixed at the launch and goes into the evidence. */
export const RulesStep = ({ draft, problems, onChange }: StepProps) => {
  const words = t.campaigns.wizard
  const { spec, asOf } = draft
  const { rules } = spec
  const set = (change: Partial<CampaignRules>): void => onChange({ spec: { ...spec, rules: { ...rules, ...change } } })
  const days = /^\d{4}-\d{2}-\d{2}$/.test(rules.dueOn) ? daysBetween(asOf, rules.dueOn) : null
  return (
    <div className="form-stack step-form">
      <div className="field-two">
        <TextField label={words.due} type="date" value={rules.dueOn} error={problems.dueOn} hint={days === null || days < 0 ? undefined : words.dueHint(formatDays(days))} onChange={(dueOn) => set({ dueOn })} />
        <ChoiceField label={words.noAnswer} value={rules.noAnswer} options={noAnswers.map((one) => [one, words.noAnswerWords[one]] as const)} onChange={(noAnswer) => set({ noAnswer })} />
      </div>
      <ChoiceList label={words.reasons} options={reasons.map((value) => ({ value, words: words.reasonWords[value] }))} chosen={rules.reasonRequired}
        onChange={(chosen) => set({ reasonRequired: reasons.filter((one) => chosen.includes(one)) })} />
      <div className="number-field">
        <TextField label={words.controlShare} hint={words.controlShareHint} type="number" value={numberText(rules.controlSharePercent)} error={problems.controlShare}
        onChange={(text) => set({ controlSharePercent: numberOrNaN(text) })} />
      </div>
      <fieldset className="plain-set">
        <legend>{words.together}</legend>
        <CheckField label={words.allowAttestation} isOn={rules.allowAttestation !== false} onChange={(allowAttestation) => set({ allowAttestation })} />
        <CheckField label={words.allowBulk} isOn={rules.allowBulk !== false} onChange={(allowBulk) => set({ allowBulk })} />
      </fieldset>
      <LadderFields title={t.campaigns.wizard.escalation} text={t.campaigns.wizard.escalationText} steps={spec.escalation} problemAt={(index) => problems[`escalation.${index}`]} onChange={(escalation) => onChange({ spec: { ...spec, escalation } })} />
    </div>
  )
}
