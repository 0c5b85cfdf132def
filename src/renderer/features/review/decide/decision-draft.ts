import type { DecisionInput, Outcome, ReasonCode } from '../../../../shared/model/decision.ts'
import type { ReviewItem } from '../review-types.ts'

/** What the form holds before it becomes a decision. */
export interface DecisionDraft {
  readonly outcome: Outcome
  readonly reason: ReasonCode | null
  readonly text: string
  readonly until: string
  /** Who is asked, when the text is a question. */
  readonly askOf: 'owner' | 'officer' | null
}

export type DraftProblem = 'reason' | 'text' | 'until'

/** True when this outcome cannot be taken with one key: it needs a reason, a day or a question. */
export const needsForm = (item: ReviewItem, outcome: Outcome): boolean =>
  outcome === 'keep-until' || outcome === 'look-closer' || item.reasonRequired[outcome]

/** The first thing missing, or null. */
export const draftProblem = (item: ReviewItem, draft: DecisionDraft): DraftProblem | null => {
  if (draft.outcome === 'keep-until' && !(draft.until > item.asOf && draft.until <= item.latestUntil)) return 'until'
  if (draft.reason === null && item.reasonRequired[draft.outcome]) return 'reason'
  if ((draft.reason === 'other' || draft.askOf !== null) && draft.text.trim() === '') return 'text'
  return null
}

export const toDecision = (item: ReviewItem, draft: DecisionDraft, openMs: number | null): DecisionInput => ({
  itemId: item.itemId,
  outcome: draft.outcome,
  until: draft.outcome === 'keep-until' ? draft.until : null,
  reasonCode: draft.reason,
  reasonText: draft.text.trim() === '' ? null : draft.text.trim(),
  openMs: openMs === null ? null : Math.max(0, Math.round(openMs)),
  ...(draft.outcome === 'look-closer' && draft.askOf !== null ? { askOf: draft.askOf } : {}),
  ...(item.wording === null ? {} : { wordingId: item.wording.id }),
})

/** A draft for an outcome, starting from the decision there is when it has the same outcome. */
export const startDraft = (item: ReviewItem, outcome: Outcome): DecisionDraft => {
  const { decision } = item
  if (decision !== null && decision.outcome === outcome) {
    return { outcome, reason: decision.reasonCode, text: decision.reasonText ?? '', until: decision.until ?? '', askOf: null }
  }
  return { outcome, reason: null, text: '', until: '', askOf: null }
}
