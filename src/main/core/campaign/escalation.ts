import type { EscalationStep } from '../../../shared/model/campaign.ts'
import { addWorkingDays, type DaysOff } from './working-days.ts'

/** The day a step is to be taken: working days before or after the due day. */
export function stepDay(step: Pick<EscalationStep, 'day'>, dueOn: string, off: DaysOff): string {
  return addWorkingDays(dueOn, step.day, off)
}

/** Steps whose day has come and that were not taken for this due day, in the order of the ladder. A day nobody opened Muster on is made up for. */
export function stepsDue(
  steps: readonly EscalationStep[], campaign: { readonly dueOn: string; readonly done: readonly EscalationStep[] }, today: string, off: DaysOff,
): readonly EscalationStep[] {
  return steps
    .filter((step) => stepDay(step, campaign.dueOn, off) <= today && !campaign.done.some(({ day, action }) => day === step.day && action === step.action))
    .toSorted((left, right) => left.day - right.day)
}

/** The last day of a stage: its due day, or the last step of the ladder where that comes later. The stage is over on the day after. */
export function lastDayOf(steps: readonly EscalationStep[], dueOn: string, off: DaysOff): string {
  return steps.map((step) => stepDay(step, dueOn, off)).reduce((latest, day) => (day > latest ? day : latest), dueOn)
}
