import type { ConflictLine, RuleCounts, RulePreview, SidePreview } from '../../shared/model/policy.ts'
import type { ConflictState, SodRule, SodSide } from '../../shared/model/sod-rule.ts'
import { unknownRefs, type SideName } from '../core/policy/rule-sides.ts'
import { policyCatalogue } from '../storage/policy-catalogue.ts'
import { allSodRules } from '../storage/sod-rules.ts'
import type { Context } from './context.ts'
import { asConflictLines, countByState, currentConflicts, gravestFirst } from './find-conflicts.ts'
import { rulesHashOf } from './set-sod-rules.ts'

/** The rules in force, each with how many it catches as things stand. */
export async function sodOverview(context: Context, asOf: string): Promise<{ rulesHash: string; rules: { rule: SodRule; counts: RuleCounts }[] }> {
  const rules = await allSodRules(context.store.db)
  const { conflicts } = await currentConflicts(context.store, rules, asOf)
  const byRule = Map.groupBy(conflicts, ({ hit }) => hit.rule)
  return {
    rulesHash: rulesHashOf(context.hash, rules),
    rules: rules.map((rule, at) => ({ rule, counts: countByState(byRule.get(at) ?? []) })),
  }
}

export interface ConflictPage { readonly rule: string | null; readonly state: ConflictState | null; readonly from: number; readonly limit: number }

/** A page of who is in conflict, the gravest first. */
export async function showConflicts(context: Context, page: ConflictPage, asOf: string): Promise<{ total: number; lines: ConflictLine[] }> {
  const rules = (await allSodRules(context.store.db)).filter((rule) => page.rule === null || rule.id === page.rule)
  const { conflicts } = await currentConflicts(context.store, rules, asOf)
  const wanted = gravestFirst(rules, conflicts.filter(({ standing }) => page.state === null || standing.state === page.state))
  return { total: wanted.length, lines: await asConflictLines(context.store, rules, wanted.slice(page.from, page.from + page.limit)) }
}

/** Whom a rule would catch if it were in force, and what its sides stand for now. Nothing is written. */
export async function previewRule(context: Context, input: { readonly rule: SodRule; readonly limit: number }, asOf: string): Promise<RulePreview> {
  const catalogue = await policyCatalogue(context.store.db)
  const { resolved, conflicts } = await currentConflicts(context.store, [input.rule], asOf, catalogue)
  const byId = new Map(catalogue.map((entry) => [entry.id, entry]))
  const shown = (name: SideName, side: SodSide): SidePreview => {
    const unknown = unknownRefs(side, catalogue)
    return {
      entitlements: resolved.members(0, name).flatMap((id) => byId.get(id) ?? []).map(({ tags: _, ...entry }) => entry),
      unknown: [...unknown.entitlements], emptyTags: [...unknown.tags],
    }
  }
  return {
    counts: countByState(conflicts),
    lines: await asConflictLines(context.store, [input.rule], gravestFirst([input.rule], conflicts).slice(0, input.limit)),
    left: shown('left', input.rule.left), right: shown('right', input.rule.right),
    compensating: input.rule.compensating === null ? null : shown('compensating', input.rule.compensating),
  }
}
