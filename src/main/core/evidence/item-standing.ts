// What stands for one item after all events so far, and the two small rules that sealing and verification must share.
import { foldEmail } from '../campaign/fold-email.ts'
import type { Outcome, ReasonCode, ItemState } from '../../../shared/model/decision.ts'
import type { ReviewerBasis } from '../../../shared/model/campaign.ts'
import type { Action } from '../../../shared/model/recommendation.ts'
import { toHex, utf8Bytes } from './bytes.ts'
import type { Hash } from './bytes.ts'

/** A decision as its event recorded it; `seq` is that event's number. */
export type StandingDecision = {
  readonly seq: number
  readonly outcome: Outcome
  readonly until: string | null
  readonly reasonCode: ReasonCode | null
  readonly reasonText: string | null
  readonly decidedBy: string
  readonly decidedAt: string
  readonly adviceVisible: boolean
  readonly openMs: number | null
  /** Decided with others in one go; absent = by itself. */
  readonly together?: 'attestation' | 'bulk'
}

/** `shown`: hash of the names and words the reviewer sees. `signedOffSeq`: number of the sign-off event that made the decision final. */
export type ItemStanding = {
  readonly item: number
  readonly packet: string
  readonly reviewer: string
  readonly basis: ReviewerBasis
  readonly subject: string | null
  readonly advice: Action
  readonly shown?: string
  /** First item of the same grant: several items of one case are several reviewers, or later stages. */
  readonly caseItem: number
  readonly stage: number
  /** The case moved on to a later stage, so this item's answer no longer counts for the outcome. */
  readonly isSuperseded: boolean
  readonly decision: StandingDecision | null
  readonly signedOffSeq: number | null
}

export function stateOf(standing: ItemStanding): ItemState {
  return standing.decision?.outcome ?? 'undecided'
}

/** Keeping until a date follows the advice to keep: the reviewer only bounded it. */
export function agreesWithAdvice(outcome: Outcome, advice: Action): boolean {
  return outcome === advice || (outcome === 'keep-until' && advice === 'keep')
}

/** E-mail addresses are compared trimmed, normalised and without regard to case: directories spell the same person in many ways. */
export function isSamePerson(left: string | null, right: string | null): boolean {
  return left !== null && right !== null && foldEmail(left) === foldEmail(right)
}

/** The reviewer or whoever decided is the person whose access it is. */
export function isSelfReview(standing: ItemStanding): boolean {
  return isSamePerson(standing.subject, standing.reviewer) || isSamePerson(standing.subject, standing.decision?.decidedBy ?? null)
}

/**
 * What a sign-off binds: SHA-256 in hex over the lines `item TAB outcome TAB decision seq LF`, by ascending item. Items without a
 * decision have no line.
 */
export function decisionsHash(decisions: readonly { item: number; outcome: Outcome; seq: number }[], hash: Hash): string {
  const ordered = [...decisions].sort((left, right) => left.item - right.item)
  return toHex(hash(utf8Bytes(ordered.map(({ item, outcome, seq }) => `${item}\t${outcome}\t${seq}\n`).join(''))))
}
