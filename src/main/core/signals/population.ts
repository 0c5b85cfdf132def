import type { IsoDate } from '../../../shared/model/time.ts'
import type { EmploymentStatus, IdentityKind, LinkReason } from '../../../shared/model/identity.ts'
import type { Privilege, Risk } from '../../../shared/model/entitlement.ts'
import type { SodRule } from '../../../shared/model/sod-rule.ts'
import type { Grouped } from './columns.ts'
import type { PastReviews } from './past-reviews.ts'

// Everything needed to weigh every grant, as columns: a million grants are seven integer columns (28 MB), not a million objects.
// Rows refer to each other by index; -1 means none. Plain read-only data, built by population-builder.ts.

export const identityKinds = ['employee', 'contractor', 'guest', 'service', 'shared', 'unknown'] as const satisfies readonly IdentityKind[]
export const statuses = ['active', 'on-leave', 'inactive', 'gone', 'unknown'] as const satisfies readonly EmploymentStatus[]
export const privileges = ['none', 'elevated', 'admin'] as const satisfies readonly Privilege[]
export const risks = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Risk[]
export const linkReasons = [
  'employee-id', 'email', 'login-name', 'confirmed', 'account-itself', 'no-candidate', 'two-candidates',
] as const satisfies readonly LinkReason[]
export const movedAttributes = ['department', 'title', 'location'] as const
export type MovedAttribute = (typeof movedAttributes)[number]

export interface Identities {
  readonly count: number
  readonly id: Int32Array
  /** Index into `identityKinds` and `statuses`. */
  readonly kind: Int32Array
  readonly status: Int32Array
  /** Index into `labels`. */
  readonly department: Int32Array
  readonly title: Int32Array
  readonly location: Int32Array
  /** Index of another identity. */
  readonly manager: Int32Array
  /** Day numbers, NO_DAY where unknown. */
  readonly hired: Int32Array
  readonly terminated: Int32Array
}

export interface Accounts {
  readonly count: number
  readonly id: Int32Array
  readonly sourceId: Int32Array
  readonly kind: Int32Array
  /** 1 yes, 0 no, -1 the source does not say. */
  readonly enabled: Int32Array
  readonly identity: Int32Array
  readonly linkReason: Int32Array
  /** Day of the last successful sign-in to anything, NO_DAY where none was seen. */
  readonly lastSignIn: Int32Array
}

export interface Entitlements {
  readonly count: number
  readonly id: Int32Array
  readonly name: readonly string[]
  readonly nativeId: readonly string[]
  /** The source's name; empty where nobody says. */
  readonly source: readonly string[]
  readonly tags: readonly (readonly string[])[]
  /** Index into `labels`. */
  readonly application: Int32Array
  readonly privilege: Int32Array
  readonly risk: Int32Array
}

/** Sorted by subject, so that walking them in order meets each person once. */
export interface Grants {
  readonly count: number
  readonly id: Int32Array
  readonly account: Int32Array
  readonly entitlement: Int32Array
  /** Index into `paths`. */
  readonly path: Int32Array
  readonly granted: Int32Array
  /** 1: no source says when it was granted; `granted` is the first snapshot of several that shows it. */
  readonly grantedInferred: Uint8Array
  readonly expires: Int32Array
  readonly lastUsed: Int32Array
}

/** Successful sign-ins by subject, application and month; sorted in that order. `days` has bit 0 for the 1st, nothing after as-of. */
export interface Usage {
  /** Rows of subject `s` are `start[s]` to `start[s + 1] - 1`. */
  readonly start: Int32Array
  readonly application: Int32Array
  readonly month: Int32Array
  readonly days: Int32Array
  /** 1: the login name in the log fits several subjects, and the use was counted for each of them. */
  readonly isAmbiguous: Uint8Array
}

/** One sign-in source: for which applications, subjects and accounts it would have seen a use, and on which days it was looking. */
export interface Coverage {
  readonly sourceId: number
  readonly applications: ReadonlySet<number>
  readonly subjects: Uint8Array
  readonly accounts: Uint8Array
  /** Day ranges, inclusive, disjoint and ascending, nothing after as-of. */
  readonly ranges: readonly DayRange[]
}

export interface DayRange {
  readonly from: number
  readonly to: number
}

/** Moves, manager changes and departures up to as-of, by identity and ascending day. */
export interface HrEvents {
  readonly byIdentity: Grouped
  readonly id: Int32Array
  readonly kind: readonly HrEventKindHere[]
  /** Index into `movedAttributes`. */
  readonly attribute: Int32Array
  /** Index into `labels`. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly day: Int32Array
}
export type HrEventKindHere = 'mover' | 'manager-change' | 'leaver' | 'leave' | 'return'

export interface Population {
  readonly asOf: IsoDate
  readonly asOfDay: number
  /** Departments, titles, locations, applications: spelling variants share one index, shown as first met. */
  readonly labels: readonly string[]
  readonly paths: readonly string[]
  readonly identities: Identities
  readonly accounts: Accounts
  readonly entitlements: Entitlements
  readonly grants: Grants
  readonly usage: Usage
  readonly coverage: readonly Coverage[]
  readonly hrEvents: HrEvents
  readonly reviews: PastReviews
  readonly sodRules: readonly SodRule[]
  /** Last day a conflict is accepted, by `rule id, blank, subject`; expired ones are not in here. */
  readonly exemptions: ReadonlyMap<string, IsoDate>
  /** Indexes of accounts and entitlements that no advice may settle. */
  readonly protectedAccounts: ReadonlySet<number>
  readonly protectedEntitlements: ReadonlySet<number>
}

/**
 * Subjects are who a right is judged for: an identity with all its accounts, or an account nobody owns, on its own.
 * Numbered 0…identities-1, then one for each account.
 */
export function subjectOf(population: Pick<Population, 'identities' | 'accounts'>, account: number): number {
  const identity = population.accounts.identity[account] as number
  return identity >= 0 ? identity : population.identities.count + account
}

export function subjectCount(population: Pick<Population, 'identities' | 'accounts'>): number {
  return population.identities.count + population.accounts.count
}
