import type { Action, HardRule, Recommendation } from '../../../../shared/model/recommendation.ts'

/** Rules that decided the action. One that only caps the confidence leaves the verdict open. */
const decides = (rule: HardRule): boolean => rule !== 'admin-caps-keep'

/** Whether a model's own verdict counts as another opinion. Where a fixed rule decided, nobody is asked. */
export function isDisagreeing(recommendation: Pick<Recommendation, 'action' | 'rules'>, verdict: Action): boolean {
  return !recommendation.rules.some(decides) && verdict !== recommendation.action
}

/** Where an item goes: another opinion can turn "keep" into a closer look, and nothing else into anything. */
export function routedAction(action: Action, hasDisagreement: boolean): Action {
  return hasDisagreement && action === 'keep' ? 'look-closer' : action
}
