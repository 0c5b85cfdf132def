import { sql } from 'kysely'
import { pathSteps } from '../../shared/model/access-path.ts'
import type { Hold } from '../core/policy/rights-after.ts'
import type { Queries } from './database.ts'

/** Holders looked at: all members of a group hold the same through it, so a few would do; files may know of one what they lack of another. */
const holdersAsked = 40

/** Every hold of one person now, each right once for every account and way. */
export async function holdsOf(queries: Queries, identityId: number): Promise<readonly Hold[]> {
  const rows = await queries.selectFrom('access_grant as g').innerJoin('account as a', 'a.id', 'g.account_id')
    .where('a.identity_id', '=', identityId).where('g.to_snapshot', 'is', null)
    .select(['g.entitlement_id as right', 'g.source_id as source', 'g.path']).orderBy('g.entitlement_id').orderBy('g.id').execute()
  return rows.map(({ right, source, path }) => ({ right, source, steps: pathSteps(path) }))
}

/** A right that comes with another: `steps` are what stands on the way there, ids or names as the source writes them, the one it comes with first. */
export interface ReachedRight {
  readonly right: number
  readonly steps: readonly string[]
}

/**
 * What whoever gets this right holds through it, as those show who hold it now, by the shortest way each. Nothing for a right nobody
 * holds: its own holds are not in the inventory.
 */
export async function reachedThrough(queries: Queries, entitlementId: number): Promise<readonly ReachedRight[]> {
  const { rows } = await sql<{ right: number; path: string; nativeId: string; name: string }>`
    WITH asked AS (SELECT id, source_id, native_id, name FROM entitlement WHERE id = ${entitlementId}),
    holder AS (
      SELECT account_id AS id FROM access_grant WHERE entitlement_id = ${entitlementId} AND to_snapshot IS NULL
      GROUP BY account_id ORDER BY min(path <> 'direct'), min(length(path)), account_id LIMIT ${holdersAsked})
    SELECT g.entitlement_id AS right, g.path, asked.native_id AS nativeId, asked.name
    FROM holder JOIN asked JOIN access_grant g ON g.account_id = holder.id AND g.to_snapshot IS NULL AND g.source_id = asked.source_id
    WHERE g.entitlement_id <> asked.id AND (instr(g.path, asked.native_id) > 0 OR instr(g.path, asked.name) > 0)
    ORDER BY g.entitlement_id, length(g.path), g.path`.execute(queries)
  const reached = new Map<number, ReachedRight>()
  for (const { right, path, nativeId, name } of rows) {
    const steps = pathSteps(path)
    const at = steps.findIndex((step) => step === nativeId || step === name)
    if (at < 0) continue
    const before = reached.get(right)
    if (before === undefined || before.steps.length > steps.length - at) reached.set(right, { right, steps: steps.slice(at) })
  }
  return [...reached.values()]
}
