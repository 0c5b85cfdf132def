import { sql } from 'kysely'
import { pathSteps } from '../../shared/model/access-path.ts'
import type { UseAfterDecision } from '../../shared/model/remediation.ts'
import type { EffectFacts, RightFacts } from '../core/remediation/effect.ts'
import type { Queries } from './database.ts'
import { protectedObjects } from './protected-objects.ts'
import { isSameHolding, isThroughOther } from './remediation-check.ts'
import { readTraits } from './remediation-plan.ts'
import type { StoredRemediation } from './remediations.ts'

const namesAsked = 200

/** What hangs on one removal, at the source's newest snapshot. */
export async function effectFacts(queries: Queries, one: StoredRemediation): Promise<EffectFacts> {
  const ofThis = sql`remediation r WHERE r.id = ${one.id}`
  const { rows: lost } = await sql<{ name: string }>`
    SELECT DISTINCT e.name FROM access_grant g JOIN entitlement e ON e.id = g.entitlement_id JOIN (SELECT * FROM ${ofThis}) r
    WHERE g.account_id = r.account_id AND g.to_snapshot IS NULL AND g.entitlement_id <> r.entitlement_id
      AND (g.path = r.root OR substr(g.path, 1, length(r.root) + 3) = r.root || ' > ' OR (${isThroughOther} AND (g.path = r.path OR (g.path = 'direct' AND e.native_id = r.root))))
    ORDER BY e.name LIMIT ${namesAsked}`.execute(queries)
  const { rows: others } = await sql<{ count: number }>`
    SELECT count(DISTINCT g.account_id) AS count FROM access_grant g JOIN (SELECT * FROM ${ofThis}) r
    WHERE ${isThroughOther} AND g.entitlement_id = r.entitlement_id AND g.to_snapshot IS NULL AND g.account_id <> r.account_id AND ${isSameHolding}`.execute(queries)
  const { rows: paths } = await sql<{ path: string }>`
    SELECT g.path FROM access_grant g JOIN (SELECT * FROM ${ofThis}) r
    WHERE g.account_id = r.account_id AND g.entitlement_id = r.entitlement_id AND g.to_snapshot IS NULL AND NOT ${isSameHolding} ORDER BY g.path LIMIT 20`.execute(queries)
  const steps = await rightsNamed(queries, one.sourceId, [one.entitlement, ...pathSteps(one.path), ...paths.flatMap(({ path }) => pathSteps(path))])
  const held = await protectedObjects(queries, one.sourceId)
  return {
    sourceKind: one.sourceKind, right: steps.get(one.entitlement) ?? { nativeId: one.entitlement, name: one.entitlementName, traits: [] }, path: one.path, steps,
    alsoLost: lost.map(({ name }) => name), othersThroughPath: others[0]?.count ?? 0, otherPaths: paths.map(({ path }) => path),
    isProtected: held.accounts.has(one.account) || held.entitlements.has(one.entitlement),
  }
}

/** Rights of a source by their native ids; what is no right (a file's own words in a path) is not in the answer. */
export async function rightsNamed(queries: Queries, sourceId: number, ids: readonly string[]): Promise<ReadonlyMap<string, RightFacts>> {
  const { rows } = await sql<{ nativeId: string; name: string; traits: string }>`
    SELECT native_id AS nativeId, name, traits FROM entitlement WHERE source_id = ${sourceId}
      AND native_id IN (SELECT value FROM json_each(${JSON.stringify([...new Set(ids)])}))`.execute(queries)
  return new Map(rows.map((row) => [row.nativeId, { ...row, traits: readTraits(row.traits) }]))
}

/** Whether the right's application was used with this account after a moment, and until when sign-ins are known at all. */
export async function useAfter(queries: Queries, remediationId: number, moment: string | null): Promise<UseAfterDecision> {
  const { rows } = await sql<UseAfterDecision>`
    SELECT (SELECT max(u.last_success_at) FROM usage u WHERE u.accounts_source IN (0, r.source_id) AND u.application = e.application COLLATE NOCASE
        AND u.account_key IN (a.native_key, a.login_key, coalesce(a.email_key, i.email_key)) AND u.last_success_at > ${moment ?? '9999'}) AS lastUsed,
      (SELECT max(w.to_at) FROM usage_window w JOIN source s ON s.id = w.source_id AND s.removed_at IS NULL WHERE w.accounts_source IN (0, r.source_id)) AS knownUntil
    FROM remediation r JOIN account a ON a.id = r.account_id JOIN entitlement e ON e.id = r.entitlement_id LEFT JOIN identity i ON i.id = a.identity_id
    WHERE r.id = ${remediationId}`.execute(queries)
  return rows[0] ?? { lastUsed: null, knownUntil: null }
}

/** What automatic rules look at besides the right itself. */
export async function accountStanding(queries: Queries, accountId: number): Promise<{ readonly hasLeft: boolean; readonly isDisabled: boolean }> {
  const row = await queries.selectFrom('account').leftJoin('identity', 'identity.id', 'account.identity_id')
    .select(['account.is_enabled as isEnabled', 'identity.status']).where('account.id', '=', accountId).executeTakeFirst()
  return { hasLeft: row?.status === 'inactive' || row?.status === 'gone', isDisabled: row?.isEnabled === 0 }
}
