import type { SodExemption } from '../../shared/model/policy.ts'
import type { Queries } from './database.ts'

export interface ExemptionInForce { readonly id: number; readonly ruleId: string; readonly identityId: number; readonly until: string }

/** Exemptions nobody has ended; those whose last day has passed are among them. */
export async function exemptionsInForce(queries: Queries): Promise<readonly ExemptionInForce[]> {
  return queries.selectFrom('sod_exemption').where('ended_at', 'is', null)
    .select(['id', 'rule_id as ruleId', 'identity_id as identityId', 'until']).orderBy('id').execute()
}

/** Every exemption ever given, the latest first, as it stands on a day. */
export async function listExemptions(queries: Queries, asOf: string): Promise<SodExemption[]> {
  const rows = await queries.selectFrom('sod_exemption as x').innerJoin('identity as i', 'i.id', 'x.identity_id').leftJoin('sod_rule as r', 'r.id', 'x.rule_id')
    .select([
      'x.id', 'x.rule_id as ruleId', 'r.name as ruleName', 'x.identity_id as identityId', 'i.display_name as subject', 'x.owner', 'x.reason', 'x.until',
      'x.granted_by as grantedBy', 'x.granted_at as grantedAt', 'x.ended_by as endedBy', 'x.ended_at as endedAt', 'x.ended_why as endedWhy',
    ]).orderBy('x.id', 'desc').execute()
  return rows.map((row) => ({ ...row, state: row.endedAt !== null ? 'ended' : row.until < asOf ? 'expired' : 'active' }))
}

export async function insertExemption(
  queries: Queries,
  row: { readonly ruleId: string; readonly identityId: number; readonly owner: string; readonly reason: string; readonly until: string; readonly by: string; readonly at: string },
): Promise<number> {
  const { id } = await queries.insertInto('sod_exemption').values({
    rule_id: row.ruleId, identity_id: row.identityId, owner: row.owner, reason: row.reason, until: row.until, granted_by: row.by, granted_at: row.at,
    ended_by: null, ended_at: null, ended_why: null,
  }).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function endExemption(
  queries: Queries, end: { readonly id: number; readonly by: string; readonly at: string; readonly why: string },
): Promise<void> {
  await queries.updateTable('sod_exemption').set({ ended_by: end.by, ended_at: end.at, ended_why: end.why }).where('id', '=', end.id)
    .where('ended_at', 'is', null).execute()
}
