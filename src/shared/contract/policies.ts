import { z } from 'zod'
import { pageInput, procedure } from './base.ts'
import { isoDate } from '../model/time.ts'
import { conflictLine, ruleCounts, rulePreview, sodExemption, sodLibrary, taggedEntitlement, tagSuggestion, tagUse, whatIf } from '../model/policy.ts'
import { protectedKind, protectedObject, protectionBasis } from '../model/protected-object.ts'
import { conflictState, sodRule, sodRules, tagName } from '../model/sod-rule.ts'

const words = z.string().trim().min(1).max(2_000)

export const policiesContract = {
  sodRules: procedure.output(z.array(sodRule)),
  /** The rules in force with whom they catch now. `rulesHash` names the set, for changing it. */
  sodOverview: procedure.output(z.object({ rulesHash: z.string(), rules: z.array(z.object({ rule: sodRule, counts: ruleCounts })) })),
  /** Replaces the rules as a whole. `basedOn`: refused if the rules have changed since the set of that hash. Exemptions may end with it. */
  setSodRules: procedure.input(z.object({ rules: sodRules, basedOn: z.string().nullable().default(null) }))
    .output(z.object({ rules: z.int(), exemptionsEnded: z.int(), rulesHash: z.string() })),
  /** Whom a rule would catch, without saving it; the first lines of those. */
  previewRule: procedure.input(z.object({ rule: sodRule, limit: z.int().min(0).max(500).default(50) })).output(rulePreview),
  /** Who is in conflict now, the gravest first. */
  conflicts: procedure.input(pageInput.extend({ rule: z.string().nullable().default(null), state: conflictState.nullable().default(null) }))
    .output(z.object({ total: z.int(), lines: z.array(conflictLine) })),
  whatIf: procedure.input(z.object({ identityId: z.int(), gets: z.array(z.int()).max(500).default([]), loses: z.array(z.int()).max(500).default([]) })).output(whatIf),

  /** Rules and tags that Muster brings along; none is in force until an officer takes it over. */
  library: procedure.output(sodLibrary),
  tags: procedure.output(z.array(tagUse)),
  tagged: procedure.input(z.object({ tag: tagName.nullable().default(null) })).output(z.array(taggedEntitlement)),
  /** Rights whose names look like a tag. Nothing follows from a suggestion until an officer confirms it with `setTag`. */
  suggestTags: procedure.input(z.object({ tag: tagName.nullable().default(null) })).output(z.array(tagSuggestion)),
  setTag: procedure.input(z.object({ tag: tagName, entitlements: z.array(z.int()).min(1).max(5_000), isAssigned: z.boolean() })).output(z.object({ changed: z.int() })),

  exemptions: procedure.output(z.array(sodExemption)),
  /** Accepts one person's conflict up to and including a day. A running one for the same rule and person is replaced. */
  grantExemption: procedure.input(z.object({ ruleId: z.string(), identityId: z.int(), owner: words, reason: words, until: isoDate })).output(sodExemption),
  endExemption: procedure.input(z.object({ id: z.int(), reason: words })).output(sodExemption),

  protectedObjects: procedure.output(z.array(protectedObject)),
  protect: procedure.input(z.object({ kind: protectedKind, source: z.string().min(1), nativeId: z.string().min(1), basis: protectionBasis, reason: words }))
    .output(protectedObject),
  endProtection: procedure.input(z.object({ id: z.int(), reason: words })).output(z.object({ released: z.string() })),
}
