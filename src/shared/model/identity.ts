import { z } from 'zod'
import { isoDate } from './time.ts'

/** What an identity is. `service` and `shared` are workloads and common logins, never judged as people. */
export const identityKind = z.enum(['employee', 'contractor', 'guest', 'service', 'shared', 'unknown'])

/** `gone`: was in an earlier HR state and is missing from the latest. `unknown`: no HR record says anything. */
export const employmentStatus = z.enum(['active', 'on-leave', 'inactive', 'gone', 'unknown'])

/** A person or workload, across sources. */
export const identity = z.object({
  id: z.int(),
  kind: identityKind,
  displayName: z.string(),
  email: z.string().nullable(),
  employeeId: z.string().nullable(),
  status: employmentStatus,
  title: z.string().nullable(),
  department: z.string().nullable(),
  division: z.string().nullable(),
  costCenter: z.string().nullable(),
  location: z.string().nullable(),
  managerId: z.int().nullable(),
  hireDate: isoDate.nullable(),
  terminationDate: isoDate.nullable(),
})

/** Why an account belongs to an identity, or why it belongs to none. */
export const linkReason = z.enum([
  'employee-id', 'email', 'login-name', 'confirmed',
  /** Guests, services and shared logins stand for themselves; so does everybody where no HR source exists. */
  'account-itself',
  'no-candidate', 'two-candidates',
])

/** An identity's login in one source. `identityId` null = orphan account. */
export const account = z.object({
  id: z.int(),
  sourceId: z.int(),
  nativeId: z.string(),
  displayName: z.string().nullable(),
  email: z.string().nullable(),
  employeeId: z.string().nullable(),
  kind: identityKind,
  isEnabled: z.boolean().nullable(),
  identityId: z.int().nullable(),
  linkReason,
})

export const hrEventKind = z.enum(['joiner', 'mover', 'manager-change', 'leaver', 'leave', 'return'])

/** One difference between two HR states. `effectiveOn` is the file's own date where it has one, else the as-of date. */
export const hrEvent = z.object({
  employeeId: z.string(),
  kind: hrEventKind,
  attribute: z.enum(['department', 'title', 'location', 'manager', 'status']).nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  effectiveOn: isoDate,
  seenAsOf: isoDate,
})

export type IdentityKind = z.infer<typeof identityKind>
export type EmploymentStatus = z.infer<typeof employmentStatus>
export type Identity = z.infer<typeof identity>
export type Account = z.infer<typeof account>
export type LinkReason = z.infer<typeof linkReason>
export type HrEventKind = z.infer<typeof hrEventKind>
export type HrEvent = z.infer<typeof hrEvent>
