import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignReviewers, isSubject, type Assignment, type AssignmentCase, type Candidate, type NamedPeople } from '../../../src/main/core/campaign/assign-reviewers.ts'
import { foldEmail } from '../../../src/main/core/campaign/fold-email.ts'
import { reviewerRule, type ReviewerRule } from '../../../src/shared/model/campaign.ts'

function candidate(name: string, identityId: number | null, isAvailable = true): Candidate {
  return { email: `${name}@example.com`, name, identityId, isAvailable }
}

const mia = candidate('mia', 2)
const otto = candidate('otto', 3)
const nora = candidate('nora', 4)
const fred = candidate('fred', 5)
const olga = candidate('olga', 6)

const people: NamedPeople = { named: nora, group: [], cases: [], fallback: fred, officer: olga }
const asked = {
  managersManager: null, facts: null, alreadyAsked: [],
  grant: {
    source: 'ERP', application: 'Ledger', department: null, kind: 'employee', privilege: 'none', risk: 'low', firstSeenOn: '2026-01-01', entitlement: 'a',
    person: null, isOrphan: false, isLeaver: false,
  },
} as const
const assignReviewer = (by: ReviewerRule, who: NamedPeople, grant: AssignmentCase): Assignment | null => assignReviewers(by, who, grant, new Map())[0] ?? null
const rule = (...order: ReviewerRule['order']): ReviewerRule => reviewerRule.parse({ order, named: 'nora@example.com', fallback: 'fred@example.com' })
const tom: AssignmentCase = { ...asked, subjectIdentityId: 1, subjectEmail: 'tom@example.com', manager: mia, owner: otto }

test.each<[string, ReviewerRule, AssignmentCase, string, string]>([
  ['the manager comes first', rule('manager', 'owner'), tom, 'mia', 'manager'],
  ['the owner comes first where the rule says so', rule('owner', 'manager'), tom, 'otto', 'owner'],
  ['the named reviewer takes it', rule('named'), tom, 'nora', 'named'],
  ['without a manager the owner takes it', rule('manager', 'owner'), { ...tom, manager: null }, 'otto', 'owner'],
  ['a manager on leave is passed over', rule('manager', 'owner'), { ...tom, manager: { ...mia, isAvailable: false } }, 'otto', 'owner'],
  ['an owner is passed over who holds it', rule('owner', 'manager'), { ...tom, owner: candidate('tom', 1) }, 'mia', 'manager'],
  ['nobody in the rule: the fallback', rule('manager', 'owner'), { ...tom, manager: null, owner: null }, 'fred', 'fallback'],
  ['the fallback holds it: the officer', rule('manager'), { ...tom, subjectIdentityId: 5, subjectEmail: 'fred@example.com', manager: null }, 'olga', 'fallback'],
  ['an orphan account goes to its owner', rule('manager', 'owner'), { ...tom, subjectIdentityId: null, subjectEmail: null, manager: null }, 'otto', 'owner'],
])('%s', (_, order, grant, reviewer, basis) => {
  const assigned = assignReviewer(order, people, grant)
  expect([assigned?.reviewer.name, assigned?.basis]).toEqual([reviewer, basis])
})

test('where only the subject is left, nobody is assigned rather than the subject', () => {
  const alone = { ...people, named: olga, fallback: olga, officer: olga }
  const own = { ...asked, subjectIdentityId: 6, subjectEmail: 'olga@example.com', manager: olga, owner: olga }
  expect(assignReviewer(rule('manager', 'owner', 'named'), alone, own)).toBeNull()
})

test.each<[Partial<Candidate>, Partial<AssignmentCase>, boolean]>([
  [{ identityId: 1 }, { subjectIdentityId: 1, subjectEmail: null }, true],
  [{ identityId: 1, email: 'other@example.com' }, { subjectIdentityId: 1, subjectEmail: 'tom@example.com' }, true],
  [{ identityId: null, email: 'TOM@Example.com ' }, { subjectIdentityId: 1, subjectEmail: 'tom@example.com' }, true],
  // Full-width letters look the same to a mail system and must not make two people.
  [{ identityId: null, email: '\uFF54om@example.com' }, { subjectIdentityId: null, subjectEmail: 'tom@example.com' }, true],
  [{ identityId: null }, { subjectIdentityId: null, subjectEmail: null }, false],
  [{ identityId: 2, email: 'mia@example.com' }, { subjectIdentityId: 1, subjectEmail: 'tom@example.com' }, false],
])('somebody is the subject by id or by e-mail however it is written: %o, %o', (who, grant, expected) => {
  expect(isSubject({ email: 'a@example.com', identityId: null, ...who }, { subjectIdentityId: null, subjectEmail: null, ...grant })).toBe(expected)
})

// Few people and few addresses, so that the same person turns up in several parts.
const anyEmail = fc.constantFrom('tom@example.com', 'TOM@example.com', 'mia@example.com', ' mia@example.com', 'otto@example.com', 'olga@example.com')
const anyId = fc.constantFrom(null, 1, 2, 3)
const anyCandidate = fc.record({ email: anyEmail, name: fc.constant('x'), identityId: anyId, isAvailable: fc.boolean() })
const anyGrant = fc.record({
  managersManager: fc.constant(null), facts: fc.constant(null), alreadyAsked: fc.constant([]), grant: fc.constant(asked.grant),
  subjectIdentityId: anyId, subjectEmail: fc.option(anyEmail), manager: fc.option(anyCandidate), owner: fc.option(anyCandidate),
})
const anyRule = fc
  .shuffledSubarray(['manager' as const, 'owner' as const, 'named' as const], { minLength: 1 })
  .map((order): ReviewerRule => reviewerRule.parse({ order, fallback: '' }))
const anyPeople = fc.record({ group: fc.constant([]), cases: fc.constant([]), named: fc.option(anyCandidate), fallback: anyCandidate, officer: anyCandidate })

test('nobody ever reviews their own access, by id or by e-mail', () => {
  fc.assert(
    fc.property(anyRule, anyPeople, anyGrant, (order, who, grant) => {
      const assigned = assignReviewer(order, who, grant)
      if (assigned === null) return
      if (assigned.reviewer.identityId !== null) expect(assigned.reviewer.identityId).not.toBe(grant.subjectIdentityId)
      if (grant.subjectEmail !== null) expect(foldEmail(assigned.reviewer.email)).not.toBe(foldEmail(grant.subjectEmail))
    }),
    { numRuns: 2_000 },
  )
})

test('nobody vanishes: a grant is without a reviewer only where everybody asked is its holder', () => {
  fc.assert(
    fc.property(anyRule, anyPeople, anyGrant, (order, who, grant) => {
      if (assignReviewer(order, who, grant) === null) expect([who.fallback, who.officer].every((one) => isSubject(one, grant))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('whoever can review comes in the order of the rule, and the fallback only after everybody else', () => {
  fc.assert(
    fc.property(anyRule, anyPeople, anyGrant, (order, who, grant) => {
      const byBasis = { manager: grant.manager, owner: grant.owner, named: who.named, 'managers-manager': null, group: null }
      const able = order.order.filter((basis) => byBasis[basis]?.isAvailable === true && !isSubject(byBasis[basis], grant))
      const assigned = assignReviewer(order, who, grant)
      if (able[0] !== undefined) expect(assigned?.basis).toBe(able[0])
      else if (assigned !== null) expect(assigned.basis).toBe('fallback')
    }),
  )
})

const bases = (by: ReviewerRule, grant: AssignmentCase, who = people): readonly string[] =>
  assignReviewers(by, who, grant, new Map()).map(({ reviewer, basis }) => `${basis} ${reviewer.name}`)

test('where everybody in the order is asked, each who can is asked once, and nobody for their own access', () => {
  const all = reviewerRule.parse({ order: ['manager', 'owner', 'named'], named: 'nora@example.com', fallback: 'fred@example.com', ask: 'all' })
  expect(bases(all, tom)).toEqual(['manager mia', 'owner otto', 'named nora'])
  expect(bases(all, { ...tom, owner: mia })).toEqual(['manager mia', 'named nora'])
  expect(bases(all, { ...tom, manager: candidate('tom', 1) })).toEqual(['owner otto', 'named nora'])
})

test('the chain walks up: the manager\'s manager where the manager is away', () => {
  const chain = rule('manager', 'managers-manager')
  expect(bases(chain, { ...tom, manager: { ...mia, isAvailable: false }, managersManager: otto })).toEqual(['managers-manager otto'])
})

test('a case sends its access to its own reviewer before the order is asked', () => {
  const cases = reviewerRule.parse({ fallback: 'fred@example.com', cases: [{ scope: { applications: ['Ledger'] }, reviewer: 'olga@example.com' }] })
  expect(bases(cases, tom, { ...people, cases: [olga] })).toEqual(['case olga'])
  expect(bases(cases, { ...tom, grant: { ...asked.grant, application: 'Files' } }, { ...people, cases: [olga] })).toEqual(['manager mia'])
})

test('a group shares its items out evenly, and nobody gets more than the limit', () => {
  const group = reviewerRule.parse({ order: ['group'], group: ['mia@example.com', 'otto@example.com', 'nora@example.com'], fallback: 'fred@example.com', mostItems: 4 })
  const load = new Map<string, number>()
  const who = { ...people, group: [mia, otto, nora] }
  const got = Array.from({ length: 15 }, () => assignReviewers(group, who, tom, load)[0]?.reviewer.name)
  const times = (name: string): number => got.filter((one) => one === name).length
  expect([times('mia'), times('otto'), times('nora'), times('fred')]).toEqual([4, 4, 4, 3])
})

test('somebody who answered in an earlier stage is asked again only when nobody else is left', () => {
  expect(bases(rule('manager', 'owner'), { ...tom, alreadyAsked: ['mia@example.com'] })).toEqual(['owner otto'])
  expect(bases(rule('manager'), { ...tom, alreadyAsked: ['mia@example.com', 'fred@example.com'] })).toEqual(['fallback olga'])
  expect(bases(rule('manager'), { ...tom, alreadyAsked: ['mia@example.com', 'fred@example.com', 'olga@example.com'] })).toEqual(['fallback fred'])
})
