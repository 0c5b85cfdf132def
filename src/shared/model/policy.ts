import { z } from 'zod'
import { isoDate, isoTime } from './time.ts'
import { conflictState, entitlementRef, sodRule, sodSeverity, tagName } from './sod-rule.ts'

/** How many people a rule catches now, each counted once. */
export const ruleCounts = z.object({ open: z.int(), mitigated: z.int(), exempt: z.int() })

/** A right one side of a conflict is held by, and how it reached the person. */
export const heldSide = z.object({
  entitlementId: z.int(), nativeId: z.string(), name: z.string(), application: z.string(), source: z.string(),
  account: z.string(), path: z.string(),
})

/** One subject caught by one rule. `identityId` null = an account nobody owns, named by `account`. */
export const conflictLine = z.object({
  ruleId: z.string(), ruleName: z.string(), severity: sodSeverity, state: conflictState,
  identityId: z.int().nullable(), subject: z.string(), department: z.string().nullable(),
  left: z.array(heldSide), right: z.array(heldSide),
  /** The compensating right that is held. */
  mitigatedBy: heldSide.nullable(),
  exemptUntil: isoDate.nullable(),
})

/** Somebody's conflict accepted for a time: who answers for it, why, and when it ends by itself (that day still counts). */
export const sodExemption = z.object({
  id: z.int(), ruleId: z.string(), ruleName: z.string().nullable(), identityId: z.int(), subject: z.string(),
  owner: z.string(), reason: z.string(), until: isoDate, grantedBy: z.string(), grantedAt: isoTime,
  endedBy: z.string().nullable(), endedAt: isoTime.nullable(), endedWhy: z.string().nullable(),
  state: z.enum(['active', 'expired', 'ended']),
})

/** A tag of the library or of one's own: what it means, and words by which names that deserve it may be recognised. */
export const tagDescription = z.object({
  tag: tagName, name: z.string(), description: z.string(),
  /**
   * Words apart by blanks must all be met; alternatives stand apart by `|`; each is the beginning of a word of the name or id, and
   * the whole word if it has three letters or fewer.
   */
  patterns: z.array(z.string()),
})

export const tagUse = z.object({ tag: tagName, name: z.string(), description: z.string(), entitlements: z.int(), rules: z.array(z.string()) })

export const taggedEntitlement = z.object({
  entitlementId: z.int(), nativeId: z.string(), name: z.string(), application: z.string(), source: z.string(), tag: tagName,
  by: z.string(), at: isoTime,
})

/** A right whose name looks like a tag; nothing follows from it until an officer says so. */
export const tagSuggestion = z.object({
  tag: tagName, entitlementId: z.int(), nativeId: z.string(), name: z.string(), application: z.string(), source: z.string(),
  /** The words of its name that made it look so. */
  because: z.string(),
})

export const libraryArea = z.object({ id: z.string(), name: z.string(), rules: z.array(sodRule) })
export const sodLibrary = z.object({ areas: z.array(libraryArea), tags: z.array(tagDescription) })

export const entitlementName = z.object({
  id: z.int(), nativeId: z.string(), name: z.string(), application: z.string(), source: z.string(),
})

/** What a person would be in if some rights came and others went. */
export const whatIf = z.object({
  identityId: z.int(), subject: z.string(), gets: z.array(entitlementName), loses: z.array(entitlementName),
  /** Rights nobody named that come through those got, or go with those lost because they were held no other way. */
  getsAlong: z.array(entitlementName), losesAlong: z.array(entitlementName),
  appears: z.array(conflictLine), ends: z.array(conflictLine),
  /** Conflicts that stay but change their state: a compensating right won or lost. */
  changes: z.array(z.object({ before: conflictLine, after: conflictLine })),
  stays: z.array(conflictLine),
})

export const sidePreview = z.object({ entitlements: z.array(entitlementName), unknown: z.array(entitlementRef), emptyTags: z.array(tagName) })

/** Whom a rule would catch, before it is saved. */
export const rulePreview = z.object({
  counts: ruleCounts, lines: z.array(conflictLine),
  left: sidePreview, right: sidePreview, compensating: sidePreview.nullable(),
})

export type RuleCounts = z.infer<typeof ruleCounts>
export type HeldSide = z.infer<typeof heldSide>
export type ConflictLine = z.infer<typeof conflictLine>
export type SodExemption = z.infer<typeof sodExemption>
export type TagDescription = z.infer<typeof tagDescription>
export type TagUse = z.infer<typeof tagUse>
export type TaggedEntitlement = z.infer<typeof taggedEntitlement>
export type TagSuggestion = z.infer<typeof tagSuggestion>
export type SodLibrary = z.infer<typeof sodLibrary>
export type EntitlementName = z.infer<typeof entitlementName>
export type WhatIf = z.infer<typeof whatIf>
export type SidePreview = z.infer<typeof sidePreview>
export type RulePreview = z.infer<typeof rulePreview>
