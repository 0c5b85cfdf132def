import type { SodConflict, SodRule } from '../../../shared/model/sod-rule.ts'
import { foldedText } from '../signals/columns.ts'
import { subjectCount } from '../signals/population.ts'
import type { Population } from '../signals/population.ts'
import type { Rights } from '../signals/rights.ts'

export interface ConflictPartner {
  readonly rule: SodRule
  /** Index of the right on the other side. */
  readonly other: number
}

export interface ConflictIndex {
  /** At most one partner per rule: the one with the lowest index, so that the answer never depends on reading order. */
  readonly of: (subject: number, entitlement: number) => readonly ConflictPartner[]
  readonly all: readonly FoundConflict[]
}

export interface FoundConflict {
  readonly rule: SodRule
  readonly subject: number
  /** Indexes of the entitlements on either side. */
  readonly left: number
  readonly right: number
}

interface Side { readonly rule: number; readonly isLeft: boolean }

/**
 * Finds where one subject holds both sides of a rule, through any accounts and sources. Sets only: an index from entitlement to the
 * rule sides it stands on, then one pass over everybody's rights. Rules name entitlements by the sources' own ids.
 */
export function findConflicts(population: Population, rights: Rights): ConflictIndex {
  const sides = sidesByEntitlement(population)
  const partners = new Map<string, ConflictPartner[]>()
  const all: FoundConflict[] = []
  const note = (subject: number, entitlement: number, partner: ConflictPartner): void => {
    const key = `${subject} ${entitlement}`
    const there = partners.get(key)
    if (there === undefined) partners.set(key, [partner])
    else if (!there.some((one) => one.rule === partner.rule)) there.push(partner)
  }
  for (let subject = 0; sides.size > 0 && subject < subjectCount(population); subject++) {
    const met = new Map<number, { left: number[]; right: number[] }>()
    for (const entitlement of rights.entitlement.subarray(rights.start[subject], rights.start[subject + 1])) {
      for (const side of sides.get(entitlement) ?? []) {
        const sets = met.get(side.rule) ?? { left: [], right: [] }
        met.set(side.rule, sets)
        sets[side.isLeft ? 'left' : 'right'].push(entitlement)
      }
    }
    for (const [ruleIndex, { left, right }] of [...met].sort(([a], [b]) => a - b)) {
      const rule = population.sodRules[ruleIndex] as SodRule
      for (const one of left) {
        for (const other of right) {
          // One right standing on both sides conflicts with nothing by itself.
          if (one === other) continue
          all.push({ rule, subject, left: one, right: other })
          note(subject, one, { rule, other })
          note(subject, other, { rule, other: one })
        }
      }
    }
  }
  const none: readonly ConflictPartner[] = []
  return { of: (subject, entitlement) => partners.get(`${subject} ${entitlement}`) ?? none, all }
}

/** Conflicts of known identities in the store's ids; those of accounts nobody owns have no identity to name. */
export function sodConflicts(population: Population, index: ConflictIndex): readonly SodConflict[] {
  const { identities, entitlements } = population
  return index.all.filter((one) => one.subject < identities.count).map((one) => ({
    ruleId: one.rule.id,
    identityId: identities.id[one.subject] as number,
    leftEntitlementId: entitlements.id[one.left] as number,
    rightEntitlementId: entitlements.id[one.right] as number,
  }))
}

function sidesByEntitlement(population: Population): ReadonlyMap<number, readonly Side[]> {
  const byNativeId = new Map<string, Side[]>()
  population.sodRules.forEach((rule, index) => {
    for (const [names, isLeft] of [[rule.left, true], [rule.right, false]] as const) {
      for (const name of new Set(names.map(foldedText))) byNativeId.set(name, [...(byNativeId.get(name) ?? []), { rule: index, isLeft }])
    }
  })
  const sides = new Map<number, readonly Side[]>()
  population.entitlements.nativeId.forEach((nativeId, index) => {
    const found = byNativeId.get(foldedText(nativeId))
    if (found !== undefined) sides.set(index, found)
  })
  return sides
}
