import { sql } from 'kysely'
import type { Queries } from './database.ts'

/** Everybody's manager, where HR names one. */
export async function reportingLines(queries: Queries): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; managerId: number }>`SELECT id, manager_id AS managerId FROM identity WHERE manager_id IS NOT NULL`.execute(queries)
  return new Map(rows.map(({ id, managerId }) => [id, managerId]))
}

/** Who holds which privileged right in these snapshots, as `identity right`, by the store's ids. */
export async function privilegedHoldings(queries: Queries, snapshots: readonly number[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ holding: string }>`
    SELECT DISTINCT a.identity_id || ' ' || e.id AS holding
    FROM snapshot s JOIN access_grant g ON g.source_id = s.source_id AND g.from_snapshot <= s.id AND (g.to_snapshot IS NULL OR g.to_snapshot > s.id)
    JOIN account a ON a.id = g.account_id JOIN entitlement e ON e.id = g.entitlement_id
    WHERE s.id IN (SELECT value FROM json_each(${JSON.stringify(snapshots)})) AND e.privilege <> 'none' AND a.identity_id IS NOT NULL`.execute(queries)
  return new Set(rows.map(({ holding }) => holding))
}
