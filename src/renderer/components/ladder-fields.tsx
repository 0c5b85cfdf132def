import { Plus, X } from 'lucide-react'
import { escalationStep, type EscalationStep } from '../../shared/model/campaign.ts'
import { t } from '../texts/texts.ts'
import { ChoiceField, TextField } from './fields.tsx'
import { formatNumber } from './format.ts'
import { numberOrNaN, numberText } from './number-from.ts'

const escalations = escalationStep.shape.action.options

interface LadderProps {
  readonly title: string
  readonly text: string
  readonly steps: readonly EscalationStep[]
  readonly problemAt: (index: number) => string | undefined
  readonly isDisabled?: boolean
  readonly onChange: (steps: EscalationStep[]) => void
}

/** What happens, and on which working day before or after the due day, while answers are missing. */
export const LadderFields = ({ title, text, steps, problemAt, isDisabled = false, onChange }: LadderProps) => {
  const words = t.campaigns.wizard
  return (
    <fieldset className="plain-set sheet" disabled={isDisabled}>
      <legend>{title}</legend>
      <p className="soft small">{text}</p>
      {steps.length === 0 ? <p className="faint">{words.noEscalation}</p> : null}
      {steps.map((step, index) => {
        const n = formatNumber(index + 1)
        return (
          <div key={index} className="escalation-line">
            <TextField label={words.escalationDay(n)} type="number" value={numberText(step.day)} error={problemAt(index)} onChange={(text) => onChange(steps.with(index, { ...step, day: numberOrNaN(text) }))} />
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
