import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exclusionOf, needsEvidence, type ScopedGrant, type WeighedFacts } from '../../../src/main/core/campaign/scope.ts'
import { campaignScope, type CampaignScope, type ExclusionReason } from '../../../src/shared/model/campaign.ts'

const grant: ScopedGrant = {
  source: 'ERP', application: 'Ledger', department: 'Finance', kind: 'employee', privilege: 'elevated', risk: 'high', firstSeenOn: '2026-03-31',
  entitlement: 'erp-post', person: 'tom@example.com', isOrphan: false, isLeaver: false,
}

const scope = (parts: object): CampaignScope => campaignScope.parse(parts)

const facts: WeighedFacts = { unusedDays: 120, hasConflict: true }

test.each<[object, ExclusionReason | null]>([
  [{}, null],
  [{ sources: ['ERP', 'CRM'] }, null],
  [{ sources: ['CRM'] }, 'source-out-of-scope'],
  [{ applications: ['Ledger'] }, null],
  [{ applications: ['Payroll'] }, 'application-out-of-scope'],
  [{ departments: ['Sales'] }, 'department-out-of-scope'],
  [{ identityKinds: ['guest', 'service'] }, 'kind-out-of-scope'],
  [{ privileges: ['admin'] }, 'privilege-out-of-scope'],
  [{ privileges: ['elevated', 'admin'] }, null],
  [{ risks: ['critical'] }, 'risk-out-of-scope'],
  [{ newSince: '2026-03-30' }, null],
  [{ newSince: '2026-03-31' }, 'not-new'],
  [{ newSince: '2026-04-01' }, 'not-new'],
  [{ entitlements: ['erp-post'] }, null],
  [{ entitlements: ['erp-read'] }, 'entitlement-out-of-scope'],
  [{ people: ['tom@example.com'] }, null],
  [{ people: ['mia@example.com'] }, 'person-out-of-scope'],
  [{ unusedForDays: 120 }, null],
  [{ unusedForDays: 121 }, 'used-lately'],
  [{ onlyOrphans: true }, 'not-orphan'],
  [{ onlyLeavers: true }, 'not-leaver'],
  [{ anyOf: [{ onlyOrphans: true }, { onlyLeavers: true }] }, 'in-none-of-the-sets'],
  [{ onlyConflicts: true }, null],
  // "Privileged or high-risk": one of the sets is enough, and every other part still narrows.
  [{ anyOf: [{ privileges: ['admin'] }, { risks: ['high'] }] }, null],
  [{ anyOf: [{ privileges: ['admin'] }, { risks: ['critical'] }] }, 'in-none-of-the-sets'],
  [{ sources: ['CRM'], anyOf: [{ risks: ['high'] }] }, 'source-out-of-scope'],
  // The first part it falls outside of is the one that is told.
  [{ sources: ['CRM'], risks: ['low'], newSince: '2027-01-01' }, 'source-out-of-scope'],
  [{ sources: ['ERP'], risks: ['low'], newSince: '2027-01-01' }, 'risk-out-of-scope'],
])('scope %o gives %s', (parts, reason) => {
  expect(exclusionOf(scope(parts), grant, facts)).toBe(reason)
})

test('a grant without a department is outside of every list of departments, and inside where none is named', () => {
  const orphan = { ...grant, department: null }
  expect(exclusionOf(scope({ departments: ['Finance'] }), orphan, null)).toBe('department-out-of-scope')
  expect(exclusionOf(scope({}), orphan, null)).toBeNull()
})

const anyGrant: fc.Arbitrary<ScopedGrant> = fc.record({
  source: fc.constantFrom('ERP', 'CRM'), application: fc.constantFrom('Ledger', 'Payroll'), department: fc.constantFrom('Finance', 'Sales', null),
  kind: fc.constantFrom('employee', 'guest', 'service'), privilege: fc.constantFrom('none', 'elevated', 'admin'),
  risk: fc.constantFrom('low', 'medium', 'high', 'critical'), firstSeenOn: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'),
  entitlement: fc.constantFrom('a', 'b'), person: fc.constantFrom('tom@example.com', null), isOrphan: fc.boolean(), isLeaver: fc.boolean(),
})

const anyScope: fc.Arbitrary<CampaignScope> = fc.record({
  sources: fc.subarray(['ERP', 'CRM']), applications: fc.subarray(['Ledger', 'Payroll']), departments: fc.subarray(['Finance', 'Sales']),
  identityKinds: fc.subarray(['employee' as const, 'guest' as const, 'service' as const]), privileges: fc.subarray(['none' as const, 'elevated' as const, 'admin' as const]),
  risks: fc.subarray(['low' as const, 'medium' as const, 'high' as const, 'critical' as const]), newSince: fc.constantFrom('2026-01-31', '2026-02-28', null),
  entitlements: fc.subarray(['a', 'b']), people: fc.subarray(['tom@example.com']), unusedForDays: fc.constantFrom(null, 30), onlyOrphans: fc.boolean(),
  onlyConflicts: fc.boolean(), onlyLeavers: fc.boolean(), anyOf: fc.subarray([campaignScope.parse({ risks: ['high'] }), campaignScope.parse({ privileges: ['admin'] })]),
})

test('leaving a part of the scope empty never shuts a grant out that was in', () => {
  const parts = ['sources', 'applications', 'departments', 'identityKinds', 'privileges', 'risks'] as const
  fc.assert(
    fc.property(anyScope, anyGrant, fc.constantFrom(...parts), (narrow, one, part) => {
      if (exclusionOf(narrow, one, facts) === null) expect(exclusionOf({ ...narrow, [part]: [] }, one, facts)).toBeNull()
    }),
  )
})

test('a grant is in scope exactly when every single part lets it in', () => {
  fc.assert(
    fc.property(anyScope, anyGrant, (whole, one) => {
      const alone = (Object.keys(whole) as (keyof CampaignScope)[]).map((part) => exclusionOf(scope({ [part]: whole[part] }), one, facts))
      expect(exclusionOf(whole, one, facts) === null).toBe(alone.every((reason) => reason === null))
    }),
  )
})

test('use that is unknown is never "unused for long", and weighing is asked for only where the scope needs it', () => {
  expect(exclusionOf(scope({ unusedForDays: 30 }), grant, { unusedDays: null, hasConflict: false })).toBe('used-lately')
  expect([{}, { risks: ['high'] }, { unusedForDays: 30 }, { anyOf: [{ onlyConflicts: true }] }].map((parts) => needsEvidence(scope(parts)))).toEqual([false, false, true, true])
})
