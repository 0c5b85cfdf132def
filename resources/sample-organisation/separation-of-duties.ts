import rules from '../sod-rules/default.json' with { type: 'json' }
import type { Entitlement } from './model.ts'
import type { OriginGrant } from './grants.ts'

export type Rule = { id: string; left: readonly string[]; right: readonly string[] }
export const sodRules: readonly Rule[] = rules

export type Conflict = { worker: number; ruleId: string; left: OriginGrant; right: OriginGrant }

/** Where one person, over all their logins, holds both sides of a rule today. In the order of the grants, then of the rules. */
export function findConflicts(
  grants: readonly OriginGrant[],
  entitlements: readonly Entitlement[],
  workerOf: (account: number) => number | null,
): Conflict[] {
  const named = new Set(sodRules.flatMap((rule) => [...rule.left, ...rule.right]))
  const held = new Map<number, OriginGrant[]>()
  for (const grant of grants) {
    const worker = workerOf(grant.account)
    if (worker === null || grant.to !== null || !named.has(entitlements[grant.entitlement]?.id ?? '')) continue
    const list = held.get(worker)
    if (list) list.push(grant)
    else held.set(worker, [grant])
  }
  const idOf = (grant: OriginGrant): string => entitlements[grant.entitlement]?.id ?? ''
  return [...held].flatMap(([worker, list]) => sodRules.flatMap((rule) =>
    list.filter((grant) => rule.left.includes(idOf(grant))).flatMap((left) =>
      list.filter((grant) => rule.right.includes(idOf(grant))).map((right) => ({ worker, ruleId: rule.id, left, right })))))
}
