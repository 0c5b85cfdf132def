import type { SodRule, SodSide } from '../../../shared/model/sod-rule.ts'
import { foldedText } from '../signals/columns.ts'

/** Why a set of rules cannot be put in force, as a sentence; null = it can. */
export function ruleProblem(rules: readonly SodRule[]): string | null {
  const ids = new Set<string>()
  for (const rule of rules) {
    if (ids.has(rule.id)) return `Two rules are called "${rule.id}".`
    ids.add(rule.id)
    const both = inBoth(rule.left, rule.right)
    if (both !== undefined) return `Rule "${rule.id}" has "${both}" on both sides, so nobody could hold it.`
    for (const side of [rule.left, rule.right]) {
      const part = rule.compensating === null ? undefined : inBoth(side, rule.compensating)
      if (part !== undefined) return `Rule "${rule.id}" names "${part}" as what makes up for the conflict it is part of.`
    }
  }
  return null
}

/** Do two rules catch the same rights? An exemption was given for these and for no others. */
export function catchesTheSame(a: SodRule, b: SodRule): boolean {
  const words = (rule: SodRule): string => JSON.stringify([rule.within, namesIn(rule.left).toSorted(), namesIn(rule.right).toSorted()])
  return words(a) === words(b)
}

function inBoth(a: SodSide, b: SodSide): string | undefined {
  const there = new Set(namesIn(b))
  return namesIn(a).find((name) => there.has(name))?.replace(/^\w+ /, '').replace(/\n.*/s, '')
}

function namesIn(side: SodSide): readonly string[] {
  return [...side.entitlements.map((ref) => `id ${foldedText(ref.id)}\n${ref.source ?? ''}`), ...side.tags.map((tag) => `tag ${tag}`)]
}
