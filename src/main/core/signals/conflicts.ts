import type { ConflictStanding } from '../policy/rule-hits.ts'
import type { Draft } from './draft.ts'
import type { GrantContext } from './grant-context.ts'

/**
 * Separation of duties: which other rights of the same subject must not meet this one, across all accounts and sources. A conflict that
 * is mitigated or exempt is evidence all the same, with less weight.
 */
export function conflictSignals(context: GrantContext): readonly Draft[] {
  const { entitlements } = context.population
  return context.conflicts.of(context.subject, context.entitlement).map(({ rule, other, standing }): Draft => ({
    kind: 'sod-conflict',
    facts: {
      ruleId: rule.id, ruleName: rule.name, severity: rule.severity,
      otherEntitlement: entitlements.name[other] ?? '', otherEntitlementId: entitlements.id[other] as number,
      isMitigated: standing.state === 'mitigated',
      ...(standing.state === 'mitigated' ? { mitigatedBy: entitlements.name[standing.by] ?? '' } : {}),
      ...(standing.state === 'exempt' ? { exemptUntil: standing.until } : {}),
    },
    quality: 'observed',
    rows: [
      `sod-rule:${rule.id}`, context.rows.grant, `entitlement:${entitlements.id[other]}`,
      ...(standing.state === 'mitigated' ? [`entitlement:${entitlements.id[standing.by]}`] : []),
    ],
    weighs: weightOf(standing, rule.severity),
  }))
}

function weightOf(standing: ConflictStanding, severity: 'medium' | 'high' | 'critical'): Draft['weighs'] {
  return standing.state === 'open' ? `sod-conflict.${severity}` : `sod-conflict.${standing.state}`
}
