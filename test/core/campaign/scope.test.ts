import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exclusionOf, type ScopedGrant } from '../../../src/main/core/campaign/scope.ts'
import { campaignScope, type CampaignScope, type ExclusionReason } from '../../../src/shared/model/campaign.ts'

const grant: ScopedGrant = {
  source: 'ERP', application: 'Ledger', department: 'Finance', kind: 'employee', privilege: 'elevated', risk: 'high', firstSeenOn: '2026-03-31',
}

const scope = (parts: object): CampaignScope => campaignScope.parse(parts)

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
  // The first part it falls outside of is the one that is told.
  [{ sources: ['CRM'], risks: ['low'], newSince: '2027-01-01' }, 'source-out-of-scope'],
  [{ sources: ['ERP'], risks: ['low'], newSince: '2027-01-01' }, 'risk-out-of-scope'],
])('scope %o gives %s', (parts, reason) => {
  expect(exclusionOf(scope(parts), grant)).toBe(reason)
})

test('a grant without a department is outside of every list of departments, and inside where none is named', () => {
  const orphan = { ...grant, department: null }
  expect(exclusionOf(scope({ departments: ['Finance'] }), orphan)).toBe('department-out-of-scope')
  expect(exclusionOf(scope({}), orphan)).toBeNull()
})

const anyGrant: fc.Arbitrary<ScopedGrant> = fc.record({
  source: fc.constantFrom('ERP', 'CRM'), application: fc.constantFrom('Ledger', 'Payroll'), department: fc.constantFrom('Finance', 'Sales', null),
  kind: fc.constantFrom('employee', 'guest', 'service'), privilege: fc.constantFrom('none', 'elevated', 'admin'),
  risk: fc.constantFrom('low', 'medium', 'high', 'critical'), firstSeenOn: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'),
})

const anyScope: fc.Arbitrary<CampaignScope> = fc.record({
  sources: fc.subarray(['ERP', 'CRM']), applications: fc.subarray(['Ledger', 'Payroll']), departments: fc.subarray(['Finance', 'Sales']),
  identityKinds: fc.subarray(['employee' as const, 'guest' as const, 'service' as const]), privileges: fc.subarray(['none' as const, 'elevated' as const, 'admin' as const]),
  risks: fc.subarray(['low' as const, 'medium' as const, 'high' as const, 'critical' as const]), newSince: fc.constantFrom('2026-01-31', '2026-02-28', null),
})

test('leaving a part of the scope empty never shuts a grant out that was in', () => {
  const parts = ['sources', 'applications', 'departments', 'identityKinds', 'privileges', 'risks'] as const
  fc.assert(
    fc.property(anyScope, anyGrant, fc.constantFrom(...parts), (narrow, one, part) => {
      if (exclusionOf(narrow, one) === null) expect(exclusionOf({ ...narrow, [part]: [] }, one)).toBeNull()
    }),
  )
})

test('a grant is in scope exactly when every single part lets it in', () => {
  fc.assert(
    fc.property(anyScope, anyGrant, (whole, one) => {
      const alone = (Object.keys(whole) as (keyof CampaignScope)[]).map((part) => exclusionOf(scope({ [part]: whole[part] }), one))
      expect(exclusionOf(whole, one) === null).toBe(alone.every((reason) => reason === null))
    }),
  )
})
