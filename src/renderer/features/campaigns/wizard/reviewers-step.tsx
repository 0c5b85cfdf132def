import { ReviewerFields } from './reviewer-fields.tsx'
import type { StepProps } from './step-props.ts'
import { useChoices } from './use-choices.ts'

/** Who reviews in the first stage. */
export const ReviewersStep = ({ draft, session, problems, onChange }: StepProps) => {
  const choices = useChoices(draft.asOf)
  const { spec } = draft
  return (
    <ReviewerFields rule={spec.reviewers} strategy={spec.strategy} session={session} choices={choices} problems={problems} at="reviewers"
      onChange={({ rule, strategy }) => onChange({ spec: { ...spec, reviewers: rule ?? spec.reviewers, strategy: strategy ?? spec.strategy } })} />
  )
}
