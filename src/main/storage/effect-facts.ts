import { sql } from 'kysely'
import { z } from 'zod'
import { pathSteps } from '../../shared/model/access-path.ts'
import { entitlementTrait } from '../../shared/model/live-source.ts'
import type { EffectFacts, EffectObject } from '../core/campaign/effect-preview.ts'
import type { Queries } from './database.ts'

/** Names listed of what else would go. */
const mostNames = 5

interface HeldRow { readonly entitlement: string; readonly name: string; readonly path: string; readonly isSame: number }

/** What the newest snapshot knows of one hold of an account on a right, as the effect of a revoke is worked out from. */
export async function effectFactsOf(
  queries: Queries, hold: { readonly accountId: number; readonly entitlementId: number; readonly path: string },
): Promise<EffectFacts> {
  const right = await queries.selectFrom('entitlement as e').innerJoin('source as s', 's.id', 'e.source_id')
    .select(['e.native_id', 'e.name', 'e.traits', 'e.source_id', 's.kind']).where('e.id', '=', hold.entitlementId).executeTakeFirstOrThrow()
  const { rows: held } = await sql<HeldRow>`
    SELECT e.native_id AS entitlement, e.name, g.path, e.id = ${hold.entitlementId} AS isSame FROM access_grant g JOIN entitlement e ON e.id = g.entitlement_id
    WHERE g.account_id = ${hold.accountId} AND g.to_snapshot IS NULL AND e.source_id = ${right.source_id} ORDER BY e.name`.execute(queries)
  const steps = pathSteps(hold.path)
  const otherPaths = held.filter((row) => row.isSame === 1 && row.path !== hold.path).map(({ path }) => pathSteps(path))
  const objects = await objectsOf(queries, right.source_id, [...steps, ...otherPaths.flatMap((path) => path.slice(0, 1))])
  const own: EffectObject = { name: right.name, traits: traitsOf(right.traits), isKnown: true }
  // What is left takes along whatever comes through it: the first group on the way, or the right itself where it is held directly.
  const left = steps[0] ?? right.native_id
  const along = held.filter((row) => row.isSame === 0 && (pathSteps(row.path)[0] === left || (steps.length > 0 && row.entitlement === left && pathSteps(row.path).length === 0)))
  const namesAlong = [...new Set(along.map(({ name }) => name))]
  return {
    right: own, via: steps.map((step) => objects.get(step) ?? { name: step, traits: [], isKnown: false }),
    otherWays: otherPaths.map((path) => (path[0] === undefined ? null : (objects.get(path[0])?.name ?? path[0]))),
    alsoLost: namesAlong.length, alsoLostNames: namesAlong.slice(0, mostNames),
    othersThroughIt: steps.length === 0 ? 0 : await othersThrough(queries, hold),
    isStillHeld: held.some((row) => row.isSame === 1 && row.path === hold.path),
    cannotLeaveBuiltIn: right.kind === 'okta',
  }
}

async function objectsOf(queries: Queries, sourceId: number, ids: readonly string[]): Promise<ReadonlyMap<string, EffectObject>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; traits: string }>`
    SELECT native_id AS id, name, traits FROM entitlement WHERE source_id = ${sourceId}
      AND native_id IN (SELECT value FROM json_each(${JSON.stringify([...new Set(ids)])}))`.execute(queries)
  return new Map(rows.map(({ id, name, traits }) => [id, { name, traits: traitsOf(traits), isKnown: true }]))
}

/** Other accounts with the same right on the same way. */
async function othersThrough(queries: Queries, hold: { readonly accountId: number; readonly entitlementId: number; readonly path: string }): Promise<number> {
  const { rows } = await sql<{ others: number }>`
    SELECT count(DISTINCT account_id) AS others FROM access_grant
    WHERE entitlement_id = ${hold.entitlementId} AND to_snapshot IS NULL AND path = ${hold.path} AND account_id <> ${hold.accountId}`.execute(queries)
  return rows[0]?.others ?? 0
}

function traitsOf(json: string): EffectObject['traits'] {
  return z.array(entitlementTrait).parse(JSON.parse(json))
}
