import type { ConflictLine, HeldSide, RuleCounts } from '../../shared/model/policy.ts'
import type { SodRule } from '../../shared/model/sod-rule.ts'
import { hitsOf, rightsOn, standingOf, type ConflictStanding, type RuleHit } from '../core/policy/rule-hits.ts'
import { resolveRules, type ResolvedRules } from '../core/policy/rule-sides.ts'
import type { Store } from '../storage/database.ts'
import { holdingsOf, namesOfSubjects, policyCatalogue, waysHeld, type CatalogueRow } from '../storage/policy-catalogue.ts'
import { exemptionsInForce } from '../storage/sod-exemptions.ts'

/** One subject under one rule, in the store's ids; subjects below zero are accounts nobody owns. */
export interface CurrentConflict {
  readonly subject: number
  readonly hit: RuleHit
  readonly standing: ConflictStanding
}

/** Last day a person's conflict is accepted, if that day has not passed; null = it is not. */
export type ExemptUntil = (ruleId: string, subject: number) => string | null

export async function exemptionsAsOf(store: Store, asOf: string): Promise<ExemptUntil> {
  const running = (await exemptionsInForce(store.db)).filter(({ until }) => until >= asOf)
  const byKey = new Map(running.map((one) => [`${one.ruleId} ${one.identityId}`, one.until]))
  return (ruleId, subject) => byKey.get(`${ruleId} ${subject}`) ?? null
}

/**
 * Who breaks these rules with what is held now. Only holders of rights the rules name are read, streamed by subject, so the cost is one
 * step per such grant whatever the number of rules.
 */
export async function currentConflicts(
  store: Store, rules: readonly SodRule[], asOf: string, catalogue?: readonly CatalogueRow[],
): Promise<{ readonly resolved: ResolvedRules; readonly conflicts: readonly CurrentConflict[] }> {
  const resolved = resolveRules(rules, catalogue ?? (await policyCatalogue(store.db)))
  const exemptUntil = await exemptionsAsOf(store, asOf)
  const conflicts: CurrentConflict[] = []
  let [subject, held]: [number, number[]] = [0, []]
  const judge = (): void => {
    for (const hit of hitsOf(resolved, held)) {
      conflicts.push({ subject, hit, standing: standingOf(hit, exemptUntil(rules[hit.rule]?.id ?? '', subject)) })
    }
  }
  for (const row of holdingsOf(store, [...resolved.placesOf.keys()])) {
    if (row.subject !== subject) {
      judge()
      subject = row.subject
      held = []
    }
    held.push(row.entitlement)
  }
  judge()
  return { resolved, conflicts }
}

export function countByState(conflicts: readonly CurrentConflict[]): RuleCounts {
  const counts = { open: 0, mitigated: 0, exempt: 0 }
  for (const { standing } of conflicts) counts[standing.state]++
  return counts
}

const severities = { critical: 0, high: 1, medium: 2 } as const
const states = { open: 0, exempt: 1, mitigated: 2 } as const

/** The gravest first: by severity, then those nobody answers for; then by rule and subject, so that every page is stable. */
export function gravestFirst(rules: readonly SodRule[], conflicts: readonly CurrentConflict[]): readonly CurrentConflict[] {
  const severity = ({ hit }: CurrentConflict): number => severities[rules[hit.rule]?.severity ?? 'medium']
  return conflicts.toSorted((a, b) =>
    severity(a) - severity(b) || states[a.standing.state] - states[b.standing.state] || a.hit.rule - b.hit.rule || a.subject - b.subject)
}

/**
 * Puts names and paths to conflicts. `ways` answers for rights that are not held (what-if); everything else is read from the store.
 */
export async function asConflictLines(
  store: Store, rules: readonly SodRule[], conflicts: readonly CurrentConflict[], ways: (entitlement: number) => HeldSide | undefined = () => undefined,
): Promise<ConflictLine[]> {
  const rightsOf = ({ hit }: CurrentConflict): readonly number[] =>
    [...rightsOn(hit, 'left'), ...rightsOn(hit, 'right'), ...(hit.mitigatedBy === null ? [] : [hit.mitigatedBy])]
  const held = await waysHeld(store.db, conflicts.flatMap((one) => rightsOf(one).map((entitlement) => ({ subject: one.subject, entitlement }))))
  const names = await namesOfSubjects(store.db, [...new Set(conflicts.map((one) => one.subject))])
  return conflicts.flatMap(({ subject, hit, standing }): ConflictLine[] => {
    const rule = rules[hit.rule]
    if (rule === undefined) return []
    const side = (entitlements: readonly number[]): HeldSide[] => entitlements.flatMap((one) => {
      const way = held.get(`${subject} ${one}`) ?? ways(one)
      return way === undefined ? [] : [way]
    })
    return [{
      ruleId: rule.id, ruleName: rule.name, severity: rule.severity, state: standing.state,
      identityId: subject > 0 ? subject : null, subject: names.get(subject)?.name ?? '', department: names.get(subject)?.department ?? null,
      left: side(rightsOn(hit, 'left')), right: side(rightsOn(hit, 'right')),
      mitigatedBy: hit.mitigatedBy === null ? null : (side([hit.mitigatedBy])[0] ?? null),
      exemptUntil: standing.state === 'exempt' ? standing.until : null,
    }]
  })
}
