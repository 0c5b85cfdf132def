import type { Privilege } from '../../../shared/model/entitlement.ts'
import type { ReviewConflict } from '../../../shared/model/campaign.ts'
import type { AssignmentCase, Candidate } from './assign-reviewers.ts'
import { foldEmail } from './fold-email.ts'

/** What makes a reviewer less than independent, beside who reviews whom. Identities and rights by the store's ids. */
export interface ReviewTies {
  readonly managerOf: ReadonlyMap<number, number>
  readonly holdsPrivileged: (identityId: number, entitlementId: number) => boolean
}

export interface ConflictWatch {
  /** Null = nothing speaks against this reviewer for this grant. */
  readonly of: (candidate: Candidate, asked: AssignmentCase, right: { readonly entitlementId: number; readonly privilege: Privilege }) => ReviewConflict | null
  /** Takes note of who reviews whom, for the circles of those that come after. */
  readonly note: (candidate: Candidate, asked: AssignmentCase) => void
}

/**
 * Finds reviews that are no independent look: two people who review each other, somebody who reviews whoever they report to, and
 * somebody who holds the very privileged right under review. Of a circle it is the later grant that is told.
 */
export function watchConflicts(ties: ReviewTies): ConflictWatch {
  const reviews = new Set<string>()
  return {
    of: (candidate, { subjectIdentityId, subjectEmail }, { entitlementId, privilege }) => {
      if (subjectEmail !== null && reviews.has(`${foldEmail(subjectEmail)}\n${foldEmail(candidate.email)}`)) return 'circular'
      if (candidate.identityId === null) return null
      if (subjectIdentityId !== null && reportsTo(candidate.identityId, subjectIdentityId, ties.managerOf)) return 'reports-to-subject'
      return privilege !== 'none' && ties.holdsPrivileged(candidate.identityId, entitlementId) ? 'same-right' : null
    },
    note: (candidate, { subjectEmail }) => {
      if (subjectEmail !== null) reviews.add(`${foldEmail(candidate.email)}\n${foldEmail(subjectEmail)}`)
    },
  }
}

/** Whether somebody is above a person, however far; lines that come back to themselves end. */
export function reportsTo(identity: number, boss: number, managerOf: ReadonlyMap<number, number>): boolean {
  const seen = new Set([identity])
  for (let at = managerOf.get(identity); at !== undefined && !seen.has(at); at = managerOf.get(at)) {
    if (at === boss) return true
    seen.add(at)
  }
  return false
}
