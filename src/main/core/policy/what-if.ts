import { hitsOf, rightsOn, standingOf, type ConflictStanding, type RuleHit } from './rule-hits.ts'
import type { ResolvedRules } from './rule-sides.ts'

export interface StandingHit {
  readonly hit: RuleHit
  readonly standing: ConflictStanding
}

/** Conflicts that a change of rights would bring, end, alter (another state, more or fewer rights) or leave alone. */
export interface Outlook {
  readonly appears: readonly StandingHit[]
  readonly ends: readonly StandingHit[]
  readonly changes: readonly { readonly before: StandingHit; readonly after: StandingHit }[]
  readonly stays: readonly StandingHit[]
}

/**
 * What somebody's conflicts would be if some rights came and others went. Nothing is changed. A right named in both lists is got.
 * `exemptUntil` answers by rule id for this person; an exemption only covers the rule it was given for.
 */
export function whatIf(
  resolved: ResolvedRules, held: Iterable<number>, change: { readonly gets: Iterable<number>; readonly loses: Iterable<number> },
  exemptUntil: (ruleId: string) => string | null,
): Outlook {
  const now = new Set(held)
  const then = new Set(now)
  for (const one of change.loses) then.delete(one)
  for (const one of change.gets) then.add(one)
  const standing = (rights: ReadonlySet<number>): ReadonlyMap<number, StandingHit> =>
    new Map(hitsOf(resolved, rights).map((hit) => [hit.rule, { hit, standing: standingOf(hit, exemptUntil(resolved.rules[hit.rule]?.id ?? '')) }]))
  const [before, after] = [standing(now), standing(then)]
  const both = [...before].flatMap(([rule, one]) => {
    const other = after.get(rule)
    return other === undefined ? [] : [{ before: one, after: other }]
  })
  return {
    appears: [...after].filter(([rule]) => !before.has(rule)).map(([, one]) => one),
    ends: [...before].filter(([rule]) => !after.has(rule)).map(([, one]) => one),
    changes: both.filter((pair) => !isSame(pair.before, pair.after)),
    stays: both.filter((pair) => isSame(pair.before, pair.after)).map(({ before: one }) => one),
  }
}

function isSame(a: StandingHit, b: StandingHit): boolean {
  const words = ({ hit, standing }: StandingHit): string => JSON.stringify([standing, rightsOn(hit, 'left'), rightsOn(hit, 'right')])
  return words(a) === words(b)
}
