import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'

/** Separation of duties: which other rights of the same subject must not meet this one, across all accounts and sources. */
export function conflictSignals(context: GrantContext): readonly Draft[] {
  const { entitlements } = context.population
  return context.conflicts.of(context.subject, context.entitlement).map(({ rule, other }): Draft => ({
    kind: 'sod-conflict',
    facts: {
      ruleId: rule.id, ruleName: rule.name, severity: rule.severity,
      otherEntitlement: entitlements.name[other] ?? '', otherEntitlementId: entitlements.id[other] as number,
    },
    quality: 'observed',
    rows: [`sod-rule:${rule.id}`, context.rows.grant, `entitlement:${entitlements.id[other]}`],
    weighs: `sod-conflict.${rule.severity}`,
  }))
}
