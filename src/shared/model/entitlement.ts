import { z } from 'zod'
import { isoDate } from './time.ts'

export const privilege = z.enum(['none', 'elevated', 'admin'])
export const risk = z.enum(['low', 'medium', 'high', 'critical'])

/** A right that can be held: group, role, app assignment. `ownerEmail` is as the source wrote it. */
export const entitlement = z.object({
  id: z.int(),
  sourceId: z.int(),
  nativeId: z.string(),
  name: z.string(),
  application: z.string(),
  description: z.string().nullable(),
  ownerEmail: z.string().nullable(),
  privilege,
  risk,
})

/** The fact that an account holds an entitlement, directly or through a path (`direct`, `via Finance > AP`). */
export const grant = z.object({
  id: z.int(),
  accountId: z.int(),
  entitlementId: z.int(),
  path: z.string(),
  grantedAt: isoDate.nullable(),
  expiresAt: isoDate.nullable(),
  lastUsed: isoDate.nullable(),
})

export type Privilege = z.infer<typeof privilege>
export type Risk = z.infer<typeof risk>
export type Entitlement = z.infer<typeof entitlement>
export type Grant = z.infer<typeof grant>
