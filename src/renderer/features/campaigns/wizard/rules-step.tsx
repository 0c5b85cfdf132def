import { Plus, X } from 'lucide-react'
import { campaignRules, escalationStep, type CampaignRules, type EscalationStep } from '../../../../shared/model/campaign.ts'
import { CheckField, ChoiceField, TextField } from '../../../components/fields.tsx'
import { daysBetween, formatDays, formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { ChoiceList } from './choice-list.tsx'
import { numberOrNaN, numberText } from './number-from.ts'
import type { StepProps } from './step-props.ts'

const noAnswers = campaignRules.shape.noAnswer.unwrap().options
const reasons = campaignRules.shape.reasonRequired.unwrap().element.options
const escalations = escalationStep.shape.action.options

const Escalation = ({ steps, problems, onChange }: Pick<StepProps, 'problems'> & { readonly steps: readonly EscalationStep[]; readonly onChange: (steps: EscalationStep[]) => void }) => {
  const words = t.campaigns.wizard
  return (
    <fieldset className="plain-set sheet">
      <legend>{words.escalation}</legend>
      <p className="soft small">{words.escalationText}</p>
      {steps.length === 0 ? <p className="faint">{words.noEscalation}</p> : null}
      {steps.map((step, index) => {
        const n = formatNumber(index + 1)
        return (
          <div key={index} className="escalation-line">
            <TextField label={words.escalationDay(n)} type="number" value={numberText(step.day)} error={problems[`escalation.${index}`]} onChange={(text) => onChange(steps.with(index, { ...step, day: numberOrNaN(text) }))} />
            <ChoiceField label={words.escalationAction(n)} value={step.action} options={escalations.map((one) => [one, words.escalationWords[one]] as const)}
              onChange={(action) => onChange(steps.with(index, { ...step, action }))} />
            <button type="button" className="button quiet icon-only" aria-label={words.remove(words.escalationAction(n))} onClick={() => onChange(steps.toSpliced(index, 1))}><X size={15} aria-hidden="true" /></button>
          </div>
        )
      })}
      <p>
        <button type="button" className="button small" onClick={() => onChange([...steps, { day: 1, action: 'remind' }])}>
          <Plus size={14} aria-hidden="true" />
          {words.addStep}
        </button>
      </p>
    </fieldset>
  )
}

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
      <Escalation steps={spec.escalation} problems={problems} onChange={(escalation) => onChange({ spec: { ...spec, escalation } })} />
    </div>
  )
}
