import type { IdentityKind, EmploymentStatus } from '../../../shared/model/identity.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'

// What connectors hand over and the inventory takes: one record per thing a source's row said.

/** A person as HR knows them in this state. `managerEmployeeId` may be resolved from a name by the connector. */
export interface HrRecord {
  readonly employeeId: string
  readonly displayName: string
  readonly email: string | null
  readonly kind: Extract<IdentityKind, 'employee' | 'contractor' | 'unknown'>
  readonly status: Extract<EmploymentStatus, 'active' | 'on-leave' | 'inactive'>
  readonly title: string | null
  readonly department: string | null
  readonly division: string | null
  readonly costCenter: string | null
  readonly location: string | null
  readonly managerEmployeeId: string | null
  readonly hireDate: string | null
  readonly terminationDate: string | null
}

/** One row of an entitlement list: an account, what it holds, and whatever else the row said about either. */
export interface GrantRecord {
  /** Line of the row in the file, header = 1. Several records share it where a membership column was split: totals count rows. */
  readonly row: number
  readonly account: string
  readonly accountName: string | null
  readonly email: string | null
  readonly employeeId: string | null
  readonly accountKind: IdentityKind | null
  readonly isEnabled: boolean | null
  readonly entitlement: string
  readonly entitlementName: string | null
  readonly description: string | null
  readonly application: string | null
  readonly privilege: Privilege | null
  readonly risk: Risk | null
  readonly owner: string | null
  readonly path: string
  readonly grantedAt: string | null
  readonly expiresAt: string | null
  readonly lastUsed: string | null
}

/** An account whose row names no entitlement: it exists in the source and holds nothing. */
export type AccountRecord = Pick<GrantRecord, 'account' | 'accountName' | 'email' | 'employeeId' | 'accountKind' | 'isEnabled'>

/** A nested hold's `how` where only the holder's own members get it, not those of groups nested in it. */
export const directMembersOnly = 'direct-members'

export interface SignInRecord {
  readonly account: string
  readonly application: string
  /** UTC, ISO 8601. */
  readonly at: string
  readonly isSuccess: boolean
}
