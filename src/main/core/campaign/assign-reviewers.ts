import { foldEmail } from './fold-email.ts'
import { outsideOf, type ScopedGrant, type WeighedFacts } from './scope.ts'
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
  readonly managersManager: Candidate | null
  readonly owner: Candidate | null
  /** What the rule's cases look at. */
  readonly grant: ScopedGrant
  readonly facts: WeighedFacts | null
  /** Folded addresses of people who answered for this grant in an earlier stage; they are asked again only when nobody else is left. */
  readonly alreadyAsked: readonly string[]
}

/** The people a rule names, looked up once. `cases` stand in the rule's order. */
export interface NamedPeople {
  readonly named: Candidate | null
  readonly group: readonly Candidate[]
  readonly cases: readonly Candidate[]
  readonly fallback: Candidate
  readonly officer: Candidate
}

export type Assignment = { readonly reviewer: Candidate; readonly basis: ReviewerBasis }

/** How many items each person has got so far, by folded address; assigning counts on. */
export type Load = Map<string, number>

/**
 * Picks who reviews one grant: the rule's cases first, then its order, then the fallback, then the officer who made the campaign. Nobody
 * ever reviews their own access. With `ask: 'all'` everybody in the order who can is asked. Empty = there is nobody but the subject, and
 * the campaign must not launch like that. `bars` passes people over who would be no independent reviewer, as long as there is anybody else.
 */
export function assignReviewers(
  rule: ReviewerRule, people: NamedPeople, asked: AssignmentCase, load: Load, bars: (candidate: Candidate) => boolean = () => false,
): readonly Assignment[] {
  const found: Assignment[] = []
  for (const assignment of inOrder(rule, people, asked, load, bars)) {
    if (!canReview(assignment.reviewer, asked) || bars(assignment.reviewer) || isFull(rule, load, assignment.reviewer) || isTwice(found, assignment)) continue
    found.push(assignment)
    if (rule.ask === 'first') break
  }
  if (found.length === 0) {
    const lasts = [people.fallback, people.officer].filter((candidate) => !isSubject(candidate, asked))
    const last = lasts.find((candidate) => !wasAsked(candidate, asked) && !bars(candidate)) ?? lasts.find((candidate) => !wasAsked(candidate, asked)) ?? lasts[0]
    if (last !== undefined) found.push({ reviewer: last, basis: 'fallback' })
  }
  for (const { reviewer } of found) load.set(foldEmail(reviewer.email), (load.get(foldEmail(reviewer.email)) ?? 0) + 1)
  return found
}

function* inOrder(
  rule: ReviewerRule, people: NamedPeople, asked: AssignmentCase, load: Load, bars: (candidate: Candidate) => boolean,
): Generator<Assignment> {
  for (const [at, { scope }] of rule.cases.entries()) {
    const reviewer = people.cases[at]
    if (reviewer !== undefined && outsideOf(scope, asked.grant, asked.facts) === null) yield { reviewer, basis: 'case' }
  }
  for (const basis of rule.order) {
    const reviewer = basis === 'group' ? leastLoaded(people.group, asked, load, bars) : single(basis, people, asked)
    if (reviewer !== null) yield { reviewer, basis }
  }
}

function single(basis: Exclude<ReviewerRule['order'][number], 'group'>, people: NamedPeople, asked: AssignmentCase): Candidate | null {
  switch (basis) {
    case 'manager': return asked.manager
    case 'managers-manager': return asked.managersManager
    case 'owner': return asked.owner
    case 'named': return people.named
  }
}

/** Shared out evenly; the first in the group's own order where several have equally little. */
function leastLoaded(
  group: readonly Candidate[], asked: AssignmentCase, load: Load, bars: (candidate: Candidate) => boolean,
): Candidate | null {
  let best: Candidate | null = null
  for (const candidate of group) {
    if (!canReview(candidate, asked) || bars(candidate)) continue
    if (best === null || loadOf(load, candidate) < loadOf(load, best)) best = candidate
  }
  return best
}

const loadOf = (load: Load, candidate: Candidate): number => load.get(foldEmail(candidate.email)) ?? 0

function isFull(rule: ReviewerRule, load: Load, candidate: Candidate): boolean {
  return rule.mostItems !== null && loadOf(load, candidate) >= rule.mostItems
}

function isTwice(found: readonly Assignment[], { reviewer }: Assignment): boolean {
  return found.some((other) => foldEmail(other.reviewer.email) === foldEmail(reviewer.email))
}

function canReview(candidate: Candidate, asked: AssignmentCase): boolean {
  return candidate.isAvailable && !isSubject(candidate, asked) && !wasAsked(candidate, asked)
}

function wasAsked(candidate: Candidate, asked: AssignmentCase): boolean {
  return asked.alreadyAsked.includes(foldEmail(candidate.email))
}

/** Two proofs that someone is the subject, either suffices: the same identity, or the same e-mail address. */
export function isSubject(
  candidate: Pick<Candidate, 'email' | 'identityId'>, grant: Pick<AssignmentCase, 'subjectIdentityId' | 'subjectEmail'>,
): boolean {
  if (candidate.identityId !== null && candidate.identityId === grant.subjectIdentityId) return true
  return grant.subjectEmail !== null && foldEmail(candidate.email) === foldEmail(grant.subjectEmail)
}
