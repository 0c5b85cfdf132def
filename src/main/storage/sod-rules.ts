import { sodRule, type SodRule } from '../../shared/model/sod-rule.ts'
import type { Queries } from './database.ts'
import type { SodRuleTable } from './tables.ts'

export async function allSodRules(queries: Queries): Promise<SodRule[]> {
  const rows = await queries.selectFrom('sod_rule').selectAll().orderBy('id').execute()
  return rows.map(sodRuleOf)
}

export function sodRuleOf(row: SodRuleTable): SodRule {
  return sodRule.parse({
    id: row.id, name: row.name, severity: row.severity, description: row.description, reason: row.reason, within: row.within,
    left: JSON.parse(row.left_side), right: JSON.parse(row.right_side), compensating: row.compensating === null ? null : JSON.parse(row.compensating),
  })
}

/** The rules in force are replaced as a whole, so that what a campaign weighed is one named set. */
export async function replaceSodRules(queries: Queries, rules: readonly SodRule[]): Promise<void> {
  await queries.deleteFrom('sod_rule').execute()
  for (const rule of rules) {
    await queries
      .insertInto('sod_rule')
      .values({
        id: rule.id, name: rule.name, severity: rule.severity, description: rule.description, reason: rule.reason, within: rule.within,
        left_side: JSON.stringify(rule.left), right_side: JSON.stringify(rule.right),
        compensating: rule.compensating === null ? null : JSON.stringify(rule.compensating),
      })
      .execute()
  }
}
