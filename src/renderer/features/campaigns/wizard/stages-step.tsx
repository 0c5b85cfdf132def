import { Plus } from 'lucide-react'
import { stageRule, type StageRule } from '../../../../shared/model/campaign.ts'
import { CheckField, TextField } from '../../../components/fields.tsx'
import { formatNumber } from '../../../components/format.ts'
import { t } from '../../../texts/texts.ts'
import { emptyStage } from './campaign-draft.ts'
import { ChoiceList } from './choice-list.tsx'
import { numberOrNaN, numberText } from '../../../components/number-from.ts'
import { ReviewerFields } from './reviewer-fields.tsx'
import type { StepProps } from './step-props.ts'
import { useChoices } from './use-choices.ts'

const takeable = stageRule.shape.takes.unwrap().element.options
const mostStages = 5

/** Further rounds, if any. */
export const StagesStep = ({ draft, session, problems, onChange }: StepProps) => {
  const words = t.campaigns.wizard
  const choices = useChoices(draft.asOf)
  const { stages } = draft.spec
  const set = (next: StageRule[]): void => onChange({ spec: { ...draft.spec, stages: next } })
  return (
    <div className="form-stack">
      <p className="soft">{words.stagesText}</p>
      {stages.length === 0 ? <p>{words.noStages}</p> : null}
      {stages.map((stage, index) => {
        const change = (part: Partial<StageRule>): void => set(stages.with(index, { ...stage, ...part }))
        return (
          <fieldset key={index} className="plain-set sheet">
            <legend>{words.stage(formatNumber(index + 2))}</legend>
            <div className="field-two">
              <TextField label={words.stageName} value={stage.name} error={problems[`stages.${index}.name`]} onChange={(name) => change({ name: name.slice(0, 80) })} />
              <TextField label={words.stageDays} type="number" value={numberText(stage.days)} error={problems[`stages.${index}.days`]} onChange={(text) => change({ days: numberOrNaN(text) })} />
            </div>
            <ChoiceList label={words.takes} options={takeable.map((value) => ({ value, words: words.takesWords[value] }))} chosen={stage.takes}
              onChange={(chosen) => change({ takes: takeable.filter((one) => chosen.includes(one)) })} />
            {problems[`stages.${index}.takes`] === undefined ? null : <p className="field-error" role="alert">{problems[`stages.${index}.takes`]}</p>}
            <CheckField label={words.informed} isOn={stage.isInformed} onChange={(isInformed) => change({ isInformed })} />
            <ReviewerFields rule={stage.reviewers} strategy={stage.strategy} session={session} choices={choices} problems={problems} at={`stages.${index}`}
              onChange={({ rule, strategy }) => change({ reviewers: rule ?? stage.reviewers, strategy: strategy ?? stage.strategy })} />
            <p><button type="button" className="button quiet small" onClick={() => set(stages.toSpliced(index, 1))}>{words.remove(words.stage(formatNumber(index + 2)))}</button></p>
          </fieldset>
        )
      })}
      {stages.length >= mostStages ? null : (
        <p>
          <button type="button" className="button" onClick={() => set([...stages, emptyStage(draft.spec.reviewers.fallback || session.person.email)])}>
            <Plus size={15} aria-hidden="true" />
            {words.addStage}
          </button>
        </p>
      )}
    </div>
  )
}
