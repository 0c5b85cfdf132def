import { foldEmail } from './fold-email.ts'
import type { ReviewerBasis, ReviewerRule } from '../../../shared/model/campaign.ts'

/** Someone who could review: known by e-mail, able to act while they work here. */
export interface Candidate {
  readonly email: string
  readonly name: string
  readonly identityId: number | null
  /** On leave, inactive or gone people are passed over. */
  readonly isAvailable: boolean
}

export interface AssignmentCase {
  /** Null for an orphan account. */
  readonly subjectIdentityId: number | null
  readonly subjectEmail: string | null
  readonly manager: Candidate | null
  readonly owner: Candidate | null
}

export type Assignment = { readonly reviewer: Candidate; readonly basis: ReviewerBasis }

/**
 * Picks who reviews one grant: the rule's order first, then the fallback, then the officer who made the campaign.
 * Nobody ever reviews their own access. Null = there is nobody but the subject, and the campaign must not launch like that.
 */
export function assignReviewer(
  rule: ReviewerRule,
  people: { readonly named: Candidate | null; readonly fallback: Candidate; readonly officer: Candidate },
  grant: AssignmentCase,
): Assignment | null {
  for (const basis of rule.order) {
    const candidate = basis === 'manager' ? grant.manager : basis === 'owner' ? grant.owner : people.named
    if (candidate !== null && candidate.isAvailable && !isSubject(candidate, grant)) return { reviewer: candidate, basis }
  }
  for (const candidate of [people.fallback, people.officer]) {
    if (!isSubject(candidate, grant)) return { reviewer: candidate, basis: 'fallback' }
  }
  return null
}

/** Two proofs that someone is the subject, either suffices: the same identity, or the same e-mail address. */
export function isSubject(candidate: Pick<Candidate, 'email' | 'identityId'>, grant: Pick<AssignmentCase, 'subjectIdentityId' | 'subjectEmail'>): boolean {
  if (candidate.identityId !== null && candidate.identityId === grant.subjectIdentityId) return true
  return grant.subjectEmail !== null && foldEmail(candidate.email) === foldEmail(grant.subjectEmail)
}
