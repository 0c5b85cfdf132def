import { z } from 'zod'

/** A word an officer puts on entitlements, so that one rule covers them all: `create-supplier`. */
export const tagName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/)

/** An entitlement by the source's own id. `source` null = in whichever source it is found. */
export const entitlementRef = z.object({ id: z.string().min(1), source: z.string().min(1).nullable() })

const writtenRef = z.union([z.string().min(1).transform((id) => ({ id, source: null })), entitlementRef]).pipe(entitlementRef)
const fullSide = z.object({ entitlements: z.array(entitlementRef), tags: z.array(tagName) })
/** A bare list of ids is how rules were first written, and still the shortest way to write one. */
const writtenSide = z.union([
  z.array(writtenRef).transform((entitlements) => ({ entitlements, tags: [] })),
  z.object({ entitlements: z.array(writtenRef).default([]), tags: z.array(tagName).default([]) }),
]).pipe(fullSide)

/** Rights that stand for the same thing in a rule: any one of them counts. */
export const sodSide = writtenSide.refine((side) => side.entitlements.length + side.tags.length > 0, 'names no entitlement and no tag')

export const sodSeverity = z.enum(['medium', 'high', 'critical'])

/** How near the two sides must be: `anywhere`, in the same source, or in the same application of a source. */
export const sodWithin = z.enum(['anywhere', 'source', 'application'])

/** Rights that must not meet in one identity: any of `left` with any of `right`. */
export const sodRule = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().trim().min(1).max(120),
  severity: sodSeverity,
  /** What could go wrong, in plain words. */
  description: z.string().max(2_000),
  /** Which control asks for it. */
  reason: z.string().max(2_000).default(''),
  within: sodWithin.default('anywhere'),
  left: sodSide,
  right: sodSide,
  /** Whoever also holds one of these is watched over: the conflict is shown as mitigated. Null = nothing makes up for it. */
  compensating: sodSide.nullable().default(null),
})

export const sodRules = z.array(sodRule).max(1_000)

/** Open counts against somebody; mitigated: a compensating right is held; exempt: accepted for now, with an owner and an end. */
export const conflictState = z.enum(['open', 'mitigated', 'exempt'])

export type EntitlementRef = z.infer<typeof entitlementRef>
export type SodSide = z.infer<typeof sodSide>
export type SodSeverity = z.infer<typeof sodSeverity>
export type SodWithin = z.infer<typeof sodWithin>
export type SodRule = z.infer<typeof sodRule>
/** As somebody may write a rule: bare lists of ids, parts left out. */
export type SodRuleInput = z.input<typeof sodRule>
export type ConflictState = z.infer<typeof conflictState>
