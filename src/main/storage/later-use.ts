import { sql } from 'kysely'
import { openStates } from '../core/remediation/states.ts'
import type { Queries } from './database.ts'
import { useAfter } from './remediation-effects.ts'

/**
 * Removals whose right was used after the decision and of which that was not told yet. Once it is proved gone, use of its application is by some
 * other right.
 */
export async function laterUses(queries: Queries): Promise<readonly { readonly id: number; readonly lastUsed: string }[]> {
  const { rows } = await sql<{ id: number; decidedAt: string }>`
    SELECT id, decided_at AS decidedAt FROM remediation
    WHERE used_after IS NULL AND decided_at IS NOT NULL AND state IN (SELECT value FROM json_each(${JSON.stringify(openStates)})) ORDER BY id`.execute(queries)
  const used: { id: number; lastUsed: string }[] = []
  for (const { id, decidedAt } of rows) {
    const { lastUsed } = await useAfter(queries, id, decidedAt)
    if (lastUsed !== null) used.push({ id, lastUsed })
  }
  return used
}
