import { z } from 'zod'
import { sodRule, type SodRule } from '../../shared/model/sod-rule.ts'
import type { Queries } from './database.ts'

const ids = z.array(z.string())

export async function allSodRules(queries: Queries): Promise<SodRule[]> {
  const rows = await queries.selectFrom('sod_rule').selectAll().orderBy('id').execute()
  return rows.map((row) =>
    sodRule.parse({
      id: row.id, name: row.name, severity: row.severity, description: row.description, left: ids.parse(JSON.parse(row.left_ids)),
      right: ids.parse(JSON.parse(row.right_ids)),
    }),
  )
}

/** The rules in force are replaced as a whole, so that what a campaign weighed is one named set. */
export async function replaceSodRules(queries: Queries, rules: readonly SodRule[]): Promise<void> {
  await queries.deleteFrom('sod_rule').execute()
  for (const rule of rules) {
    await queries
      .insertInto('sod_rule')
      .values({
        id: rule.id, name: rule.name, severity: rule.severity, description: rule.description, left_ids: JSON.stringify(rule.left),
        right_ids: JSON.stringify(rule.right),
      })
      .execute()
  }
}
