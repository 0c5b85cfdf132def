import { sql, type RawBuilder } from 'kysely'
import type { Queries } from './database.ts'

export interface ScopeChoice { readonly value: string; readonly grants: number }

export interface ScopeChoices { readonly sources: ScopeChoice[]; readonly applications: ScopeChoice[]; readonly departments: ScopeChoice[] }

/** What the grants of some snapshots can be narrowed to, the most common first. */
export async function scopeChoices(queries: Queries, snapshots: readonly number[]): Promise<ScopeChoices> {
  const counted = async (value: RawBuilder<string | null>): Promise<ScopeChoice[]> => {
    const { rows } = await sql<ScopeChoice>`
      SELECT ${value} AS value, count(*) AS grants
      FROM snapshot s
      JOIN access_grant g ON g.source_id = s.source_id AND g.from_snapshot <= s.id AND (g.to_snapshot IS NULL OR g.to_snapshot > s.id)
      JOIN source o ON o.id = s.source_id JOIN entitlement e ON e.id = g.entitlement_id JOIN account a ON a.id = g.account_id
      LEFT JOIN identity i ON i.id = a.identity_id
      WHERE s.id IN (SELECT value FROM json_each(${JSON.stringify(snapshots)})) AND ${value} IS NOT NULL
      GROUP BY 1 ORDER BY grants DESC, value`.execute(queries)
    return rows
  }
  return {
    sources: await counted(sql<string>`o.name`), applications: await counted(sql<string>`e.application`), departments: await counted(sql<string | null>`i.department`),
  }
}
