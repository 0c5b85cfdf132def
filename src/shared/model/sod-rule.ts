import { z } from 'zod'

/** Entitlements that must not meet in one identity: any of `left` with any of `right` (the sources' own ids). */
export const sodRule = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().min(1),
  severity: z.enum(['medium', 'high', 'critical']),
  description: z.string(),
  left: z.array(z.string()).min(1),
  right: z.array(z.string()).min(1),
})

/** Where one identity holds both sides of a rule. */
export const sodConflict = z.object({
  ruleId: z.string(),
  identityId: z.int(),
  leftEntitlementId: z.int(),
  rightEntitlementId: z.int(),
})

export type SodRule = z.infer<typeof sodRule>
export type SodConflict = z.infer<typeof sodConflict>
