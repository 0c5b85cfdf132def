import type { CampaignRules, OutcomeStrategy } from '../../../shared/model/campaign.ts'
import type { Action } from '../../../shared/model/recommendation.ts'
import type { RemediationBasis } from '../../../shared/model/remediation.ts'
import { caseOutcome, type Answer } from '../campaign/case-outcome.ts'

/** One grant of a closed campaign: everybody's signed answers, with the day a "keep until" names. */
export interface ClosedCase {
  readonly strategy: OutcomeStrategy
  readonly answers: readonly (Answer & { readonly until: string | null })[]
  readonly advice: Action
}

/**
 * Whether a closed campaign's grant is to go, and why; null = it stays, or nothing was settled. An answer that was not signed off counts as
 * none. Looking closer is no answer, so a no-answer rule does not touch it either.
 * @param today ISO day; a "keep until" day counts as passed the day after it.
 */
export function toBeRemoved(one: ClosedCase, noAnswer: CampaignRules['noAnswer'], today: string): RemediationBasis | null {
  switch (caseOutcome(one.strategy, one.answers)) {
    case 'revoke': return 'decision'
    case 'keep': return null
    case 'look-closer': return null
    case 'keep-until': {
      const days = one.answers.flatMap(({ outcome, until }) => (outcome === 'keep-until' && until !== null ? [until] : [])).sort()
      return days[0] !== undefined && today > days[0] ? 'until-passed' : null
    }
    case 'undecided':
      return noAnswer === 'revoke' || (noAnswer === 'follow-advice' && one.advice === 'revoke') ? 'no-answer' : null
  }
}
