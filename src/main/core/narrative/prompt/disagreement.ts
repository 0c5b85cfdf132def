import type { Action, Recommendation } from '../../../../shared/model/recommendation.ts'
import { isCap } from '../../recommendation/hard-rules.ts'

/** Whether a model's own verdict counts as another opinion. Where a fixed rule decided, nobody is asked; a rule that only caps leaves it open. */
export function isDisagreeing(recommendation: Pick<Recommendation, 'action' | 'rules'>, verdict: Action): boolean {
  return recommendation.rules.every(isCap) && verdict !== recommendation.action
}

/** Where an item goes: another opinion can turn "keep" into a closer look, and nothing else into anything. */
export function routedAction(action: Action, hasDisagreement: boolean): Action {
  return hasDisagreement && action === 'keep' ? 'look-closer' : action
}
