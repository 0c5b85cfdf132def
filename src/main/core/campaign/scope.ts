import type { CampaignScope, ExclusionReason, ScopePart } from '../../../shared/model/campaign.ts'
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
  /** The source's own id of the right. */
  readonly entitlement: string
  /** Folded e-mail address of whose access it is; null where none is known. */
  readonly person: string | null
  readonly isOrphan: boolean
  /** HR says the person has left. */
  readonly isLeaver: boolean
}

/** What only weighing knows; asked for when the scope needs it. `unusedDays` null: unknown, so never "unused for long". */
export interface WeighedFacts {
  readonly unusedDays: number | null
  readonly hasConflict: boolean
}

/** Whether telling what is in scope takes weighing the evidence first. */
export function needsEvidence(scope: CampaignScope): boolean {
  return [scope, ...scope.anyOf].some((part) => part.unusedForDays !== null || part.onlyConflicts)
}

/** Null = in scope. Otherwise the first part of the scope the grant falls outside of, in the order an auditor would ask. */
export function exclusionOf(scope: CampaignScope, grant: ScopedGrant, facts: WeighedFacts | null): ExclusionReason | null {
  const reason = outsideOf(scope, grant, facts)
  if (reason !== null) return reason
  return scope.anyOf.length > 0 && !scope.anyOf.some((part) => outsideOf(part, grant, facts) === null) ? 'in-none-of-the-sets' : null
}

/** Null = the grant is in the set. */
export function outsideOf(part: ScopePart, grant: ScopedGrant, facts: WeighedFacts | null): ExclusionReason | null {
  if (isOutside(part.sources, grant.source)) return 'source-out-of-scope'
  if (isOutside(part.applications, grant.application)) return 'application-out-of-scope'
  if (isOutside(part.entitlements, grant.entitlement)) return 'entitlement-out-of-scope'
  if (isOutside(part.people, grant.person)) return 'person-out-of-scope'
  if (isOutside(part.departments, grant.department)) return 'department-out-of-scope'
  if (isOutside(part.identityKinds, grant.kind)) return 'kind-out-of-scope'
  if (isOutside(part.privileges, grant.privilege)) return 'privilege-out-of-scope'
  if (isOutside(part.risks, grant.risk)) return 'risk-out-of-scope'
  if (part.newSince !== null && grant.firstSeenOn <= part.newSince) return 'not-new'
  if (part.onlyOrphans && !grant.isOrphan) return 'not-orphan'
  if (part.onlyLeavers && !grant.isLeaver) return 'not-leaver'
  if (part.unusedForDays !== null && (facts?.unusedDays ?? -1) < part.unusedForDays) return 'used-lately'
  if (part.onlyConflicts && facts?.hasConflict !== true) return 'no-conflict'
  return null
}

function isOutside<T>(allowed: readonly T[], value: T | null): boolean {
  return allowed.length > 0 && (value === null || !allowed.includes(value))
}
