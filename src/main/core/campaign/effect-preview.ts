import type { EntitlementTrait } from '../../../shared/model/live-source.ts'
import type { EffectPreview, RemovalWay } from '../../../shared/model/effect-preview.ts'

/** One right or group, as far as it is known. A file's path names groups nobody else knows of: no traits, `isKnown` false. */
export interface EffectObject {
  readonly name: string
  readonly traits: readonly EntitlementTrait[]
  readonly isKnown: boolean
}

/** What is known of one account's hold on one right, as plain facts. */
export interface EffectFacts {
  /** The right itself. */
  readonly right: EffectObject
  /** What stands between: the group held directly first, the last before the right last. Empty = held directly. */
  readonly via: readonly EffectObject[]
  /** The first steps of further ways by which the same account holds the same right; null = a direct hold. */
  readonly otherWays: readonly (string | null)[]
  /** Other rights the account holds through the same first step: they go with it. Names may be fewer than `alsoLost`. */
  readonly alsoLost: number
  readonly alsoLostNames: readonly string[]
  /** Other accounts that hold the right through the same first step. */
  readonly othersThroughIt: number
  /** False: the newest snapshot no longer shows the grant. */
  readonly isStillHeld: boolean
  /** Built-in groups cannot be left in Okta; built-in roles in Entra can. */
  readonly cannotLeaveBuiltIn: boolean
}

/**
 * What really has to be removed so that somebody loses a right, and who else that hits. A right that comes through groups is lost by leaving
 * the first of them; cutting a later link would take it from everybody in the first group.
 */
export function previewEffect(facts: EffectFacts): EffectPreview {
  const first = facts.via[0]
  const held = first ?? facts.right
  return {
    isStillHeld: facts.isStillHeld,
    removes: first === undefined ? 'right' : 'membership',
    from: held.name,
    way: wayOf(held, facts.cannotLeaveBuiltIn),
    steps: facts.via.map(({ name }) => name),
    staysThrough: [...facts.otherWays],
    alsoLost: facts.alsoLost,
    alsoLostNames: [...facts.alsoLostNames],
    othersIfCut: first === undefined ? 0 : facts.othersThroughIt,
  }
}

/** Who or what can take somebody out of it; the strictest obstacle first. */
function wayOf(held: EffectObject, cannotLeaveBuiltIn: boolean): RemovalWay {
  const has = (trait: EntitlementTrait): boolean => held.traits.includes(trait)
  if (has('built-in') && cannotLeaveBuiltIn) return 'not-at-all'
  if (has('dynamic') || has('assigned-by-rule')) return 'by-rule'
  if (has('on-premises-synced')) return 'on-premises'
  if (has('managed-by-application')) return 'in-application'
  if (has('mail-enabled')) return 'in-mail-system'
  return held.isKnown ? 'at-source' : 'unknown-group'
}
