import type { CampaignRules, CampaignSpec, OutcomeStrategy } from '../../../shared/model/campaign.ts'
import type { ItemState } from '../../../shared/model/decision.ts'
import type { Action } from '../../../shared/model/recommendation.ts'
import { caseOutcome, type Answer } from './case-outcome.ts'

/** One grant at the close: the final answers of the stage it ended in (counted from 1), and the advice frozen with it. */
export interface EndedCase {
  readonly caseItem: number
  readonly stage: number
  readonly advice: Action
  readonly answers: readonly Answer[]
}

/** `byRule`: grants nobody answered for, settled by the no-answer rule. `undecided` are those the rule leaves open. */
export interface FinalOutcomes {
  readonly outcomes: Readonly<Record<ItemState, number>>
  readonly byRule: readonly number[]
}

/** The strategy of each stage, the first one first. */
export function strategiesOf(spec: Pick<CampaignSpec, 'strategy' | 'stages'>): OutcomeStrategy[] {
  return [spec.strategy, ...spec.stages.map(({ strategy }) => strategy)]
}

/** What every grant comes to when a campaign closes. Nothing here changes a decision: the rule speaks only where nobody did. */
export function finalOutcomes(
  cases: Iterable<EndedCase>, strategies: readonly OutcomeStrategy[], noAnswer: CampaignRules['noAnswer'],
): FinalOutcomes {
  const outcomes = { undecided: 0, keep: 0, revoke: 0, 'keep-until': 0, 'look-closer': 0 }
  const byRule: number[] = []
  for (const one of cases) {
    const answered = caseOutcome(strategies[one.stage - 1] ?? 'one-revoke-revokes', one.answers)
    const settled = answered === 'undecided' ? withoutAnswer(noAnswer, one.advice) : null
    outcomes[settled ?? answered] += 1
    if (settled !== null) byRule.push(one.caseItem)
  }
  return { outcomes, byRule: byRule.sort((left, right) => left - right) }
}

/** Advice to look closer is none that could be followed, so such a grant stays open. */
function withoutAnswer(noAnswer: CampaignRules['noAnswer'], advice: Action): 'keep' | 'revoke' | null {
  switch (noAnswer) {
    case 'leave-open': return null
    case 'keep': return 'keep'
    case 'revoke': return 'revoke'
    case 'follow-advice': return advice === 'look-closer' ? null : advice
  }
}

/** The same as the report prints it; they add up to `cases`. */
export function finalTotals({ outcomes, byRule }: FinalOutcomes) {
  const { undecided, keep, revoke, 'keep-until': keptUntil, 'look-closer': lookCloser } = outcomes
  return { cases: undecided + keep + revoke + keptUntil + lookCloser, undecided, kept: keep, revoked: revoke, keptUntil, lookCloser, byRule: byRule.length }
}
