import { textOf } from './json.ts'
import { listing } from './listing.ts'
import type { EntraCollection } from './reading.ts'

// Policies are nobody's access, so nothing of them goes into the inventory. They are kept as the source gave them, with their count:
// an auditor sees under which sign-in rules access was held, and advice on second factors reads them from there.

/** One request a second; its refusals do not say how long to wait. */
export function conditionalAccessPolicies(): EntraCollection {
  return listing({
    name: 'conditional-access-policies', title: 'Conditional Access policies (kept as evidence of the rules for signing in)', isOptional: true,
    family: 'policies', isDelta: false, countPath: null, steps: [{ path: '/identity/conditionalAccess/policies' }],
    take: (entities) => {
      const off = entities.filter((policy) => textOf(policy['state']) !== 'enabled').length
      return { changes: [], gaps: off === 0 ? [] : [`${off} of ${entities.length} Conditional Access policies on this page are switched off or only report.`] }
    },
  })
}

export function namedLocations(): EntraCollection {
  return listing({
    name: 'named-locations', title: 'Named locations (kept with the Conditional Access policies that use them)', isOptional: true,
    family: 'policies', isDelta: false, countPath: null, steps: [{ path: '/identity/conditionalAccess/namedLocations' }],
    take: () => ({ changes: [] }),
  })
}
