import type { SodRule } from '../../../shared/model/sod-rule.ts'
import { subjectCount } from '../signals/population.ts'
import type { Population } from '../signals/population.ts'
import type { Rights } from '../signals/rights.ts'
import { hitsOf, partnerOf, standingOf, type ConflictStanding, type RuleHit } from './rule-hits.ts'
import { resolveRules, type CatalogueEntry, type ResolvedRules } from './rule-sides.ts'

export interface ConflictPartner {
  readonly rule: SodRule
  /** Index of the right on the other side. */
  readonly other: number
  readonly standing: ConflictStanding
}

export interface FoundConflict {
  readonly subject: number
  readonly hit: RuleHit
  readonly standing: ConflictStanding
}

export interface ConflictIndex {
  /** At most one partner per rule: the one with the lowest index, so that the answer never depends on reading order. */
  readonly of: (subject: number, entitlement: number) => readonly ConflictPartner[]
  /** Every rule every subject breaks, by subject and rule. */
  readonly all: readonly FoundConflict[]
  readonly resolved: ResolvedRules
}

/**
 * Finds where one subject holds both sides of a rule, through any accounts and sources. Sets only: an index from entitlement to the
 * places it has in rules, then one pass over everybody's rights.
 */
export function findConflicts(population: Population, rights: Rights): ConflictIndex {
  const resolved = resolveRules(population.sodRules, catalogueOf(population))
  const bySubject = new Map<number, readonly FoundConflict[]>()
  const all: FoundConflict[] = []
  for (let subject = 0; resolved.placesOf.size > 0 && subject < subjectCount(population); subject++) {
    const held = rights.entitlement.subarray(rights.start[subject], rights.start[subject + 1])
    const found = hitsOf(resolved, held).map((hit): FoundConflict => {
      const until = population.exemptions.get(`${resolved.rules[hit.rule]?.id} ${subject}`) ?? null
      return { subject, hit, standing: standingOf(hit, until) }
    })
    if (found.length === 0) continue
    bySubject.set(subject, found)
    all.push(...found)
  }
  const of = (subject: number, entitlement: number): readonly ConflictPartner[] => (bySubject.get(subject) ?? []).flatMap(({ hit, standing }) => {
    const other = partnerOf(resolved, hit, entitlement)
    const rule = resolved.rules[hit.rule]
    return other === null || rule === undefined ? [] : [{ rule, other, standing }]
  })
  return { of, all, resolved }
}

function* catalogueOf({ entitlements, labels }: Population): Generator<CatalogueEntry> {
  for (let id = 0; id < entitlements.count; id++) {
    yield {
      id, nativeId: entitlements.nativeId[id] ?? '', source: entitlements.source[id] ?? '',
      application: labels[entitlements.application[id] as number] ?? '', tags: entitlements.tags[id] ?? [],
    }
  }
}
