import type { CampaignScope, ExclusionReason } from '../../../shared/model/campaign.ts'
import type { IdentityKind } from '../../../shared/model/identity.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

/** What of a grant a scope looks at. `firstSeenOn` is the as-of day of the first snapshot that shows it. */
export interface ScopedGrant {
  readonly source: string
  readonly application: string
  readonly department: string | null
  readonly kind: IdentityKind
  readonly privilege: Privilege
  readonly risk: Risk
  readonly firstSeenOn: string
}

/** Null = in scope. Otherwise the first part of the scope the grant falls outside of, in the order an auditor would ask. */
export function exclusionOf(scope: CampaignScope, grant: ScopedGrant): ExclusionReason | null {
  if (isOutside(scope.sources, grant.source)) return 'source-out-of-scope'
  if (isOutside(scope.applications, grant.application)) return 'application-out-of-scope'
  if (isOutside(scope.departments, grant.department)) return 'department-out-of-scope'
  if (isOutside(scope.identityKinds, grant.kind)) return 'kind-out-of-scope'
  if (isOutside(scope.privileges, grant.privilege)) return 'privilege-out-of-scope'
  if (isOutside(scope.risks, grant.risk)) return 'risk-out-of-scope'
  if (scope.newSince !== null && grant.firstSeenOn <= scope.newSince) return 'not-new'
  return null
}

function isOutside<T>(allowed: readonly T[], value: T | null): boolean {
  return allowed.length > 0 && (value === null || !allowed.includes(value))
}
