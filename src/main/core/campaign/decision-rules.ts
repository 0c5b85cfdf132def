import type { CampaignRules } from '../../../shared/model/campaign.ts'
import type { DecisionInput, Outcome, ReasonCode } from '../../../shared/model/decision.ts'
import type { Action } from '../../../shared/model/recommendation.ts'
import type { Privilege } from '../../../shared/model/entitlement.ts'
import { agreesWithAdvice } from '../evidence/item-standing.ts'

/** What of an item decides which answers need a reason. */
export interface DecidedItem {
  readonly advice: Action
  readonly privilege: Privilege
  readonly isFlagged: boolean
}

/** Reasons that make sense for an outcome, most usual first; `other` needs words. */
export const reasonsFor: Readonly<Record<Outcome, readonly ReasonCode[]>> = {
  keep: ['still-needed', 'covers-for-colleague', 'conflict-accepted', 'other'],
  revoke: ['not-needed', 'changed-job', 'left', 'never-asked-for', 'conflict-removed', 'other'],
  'keep-until': ['needed-until-date', 'covers-for-colleague', 'other'],
  'look-closer': ['ask-owner', 'do-not-know-person', 'other'],
}

/**
 * The item as its reviewer knows it. Asking for a reason only because the advice says otherwise would give hidden advice away, so until
 * the choice is made neither the advice nor its flag counts.
 */
export function asKnownToReviewer(item: DecidedItem, isAdviceHidden: boolean): DecidedItem {
  return isAdviceHidden ? { privilege: item.privilege, advice: 'look-closer', isFlagged: false } : item
}

/** Whether the campaign's rules ask for a reason. Looking closer postpones the answer, so only the other three can go against the advice. */
export function isReasonRequired(rules: Pick<CampaignRules, 'reasonRequired'>, item: DecidedItem, outcome: Outcome): boolean {
  return rules.reasonRequired.some((when) => {
    switch (when) {
      case 'revoke':
        return outcome === 'revoke'
      case 'privileged':
        return item.privilege !== 'none'
      case 'flagged':
        // Revoking what the engine flagged needs no defence; keeping it does.
        return item.isFlagged && outcome !== 'revoke'
      case 'against-advice':
        return outcome !== 'look-closer' && item.advice !== 'look-closer' && !agreesWithAdvice(outcome, item.advice)
    }
  })
}

/** Null = the decision can be taken; otherwise one sentence saying what is missing. `asOf` and `latestUntil` are days. */
export function decisionObstacle(
  rules: Pick<CampaignRules, 'reasonRequired'>,
  item: DecidedItem,
  input: Pick<DecisionInput, 'outcome' | 'until' | 'reasonCode' | 'reasonText'>,
  days: { readonly asOf: string; readonly latestUntil: string },
): string | null {
  const text = input.reasonText?.trim() ?? ''
  if (input.outcome === 'keep-until') {
    if (input.until === null) return 'Keeping until a date needs the date.'
    if (input.until <= days.asOf) return `The date to keep until must be after ${days.asOf}.`
    if (input.until > days.latestUntil) return `The date to keep until must not be after ${days.latestUntil}; keep it without a date instead.`
  } else if (input.until !== null) {
    return 'Only "keep until" takes a date.'
  }
  if (input.reasonCode !== null && !reasonsFor[input.outcome].includes(input.reasonCode)) {
    return `The reason "${input.reasonCode}" does not fit this decision; choose one of ${reasonsFor[input.outcome].join(', ')}.`
  }
  if (input.reasonCode === 'other' && text === '') return 'The reason "other" needs a few words.'
  if (input.reasonCode === null && isReasonRequired(rules, item, input.outcome)) {
    return `This decision needs a reason: choose one of ${reasonsFor[input.outcome].join(', ')}.`
  }
  return null
}

/** Keeping until a date is for exceptions: at most a year ahead. */
export function latestUntil(asOf: string): string {
  const [year = '', month = '', day = ''] = asOf.split('-')
  return `${Number(year) + 1}-${month}-${month === '02' && day === '29' ? '28' : day}`
}
