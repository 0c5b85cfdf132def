import type { HrEventKind, IdentityKind, EmploymentStatus, LinkReason } from '../../../shared/model/identity.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

// What the store hands over, one row at a time. Names of people are left out on purpose: nothing weighed may depend on them.

export interface IdentityRow {
  readonly id: number
  readonly employeeId: string | null
  readonly kind: IdentityKind
  readonly status: EmploymentStatus
  readonly department: string | null
  readonly title: string | null
  readonly location: string | null
  readonly managerId: number | null
  readonly hireDate: string | null
  readonly terminationDate: string | null
}

export interface AccountRow {
  readonly id: number
  readonly sourceId: number
  /** Normalised as in the store, so that sign-in names can be compared with them. */
  readonly nativeKey: string
  readonly emailKey: string | null
  readonly kind: IdentityKind
  readonly isEnabled: boolean | null
  readonly identityId: number | null
  readonly linkReason: LinkReason
}

export interface EntitlementRow {
  readonly id: number
  readonly nativeId: string
  /** The source's name, for rules that mean one source's right and no other's. */
  readonly source?: string
  readonly name: string
  readonly application: string
  /** Words an officer put on it, which rules may name instead of ids. */
  readonly tags?: readonly string[]
  readonly privilege: Privilege
  readonly risk: Risk
}

export interface GrantRow {
  readonly id: number
  readonly accountId: number
  readonly entitlementId: number
  readonly path: string
  readonly grantedAt: string | null
  /** As-of date of the first snapshot that shows the grant, if the source had an earlier snapshot without it. */
  readonly firstSeen: string | null
  readonly expiresAt: string | null
  readonly lastUsed: string | null
}

/** A month of successful sign-ins. `days`: bit 0 = the 1st. `accountsSource` 0 = the names may belong to any source. */
export interface UsageRow {
  readonly sourceId: number
  readonly accountsSource: number
  readonly accountKey: string
  readonly application: string
  readonly month: string
  readonly days: number
}

export interface UsageWindowRow {
  readonly sourceId: number
  readonly accountsSource: number
  readonly fromAt: string
  readonly toAt: string
}

/** An item of an earlier campaign whose decision was signed off, or whose campaign ended without one (`none`). */
export interface ReviewRow {
  readonly itemId: number
  readonly campaignId: number
  readonly accountId: number
  readonly entitlementId: number
  /** The day the campaign judged. */
  readonly asOf: string
  readonly answer: 'kept' | 'revoked' | 'look-closer' | 'none'
  readonly decidedOn: string | null
}

export interface HrEventRow {
  readonly id: number
  readonly employeeId: string
  readonly kind: HrEventKind
  readonly attribute: string | null
  readonly from: string | null
  readonly to: string | null
  readonly effectiveOn: string
  /** As-of date of the HR file that first showed it. */
  readonly seenAsOf: string
}
