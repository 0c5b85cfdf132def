import type { RemediationFact } from '../../shared/model/remediation.ts'
import { useAfter } from './remediation-effects.ts'
import type { Queries } from './database.ts'
import { listRemediations } from './remediations.ts'

/**
 * What became of each revoke of a campaign: by whom, when, against which due day, by which ticket, absent in which later extract, and whether
 * the right was used after the decision. In order of planning; empty where nothing was planned.
 */
export async function remediationFacts(queries: Queries, campaignId: number): Promise<readonly RemediationFact[]> {
  const { rows } = await listRemediations(queries, { campaign: campaignId }, '')
  const seen = await queries.selectFrom('remediation_step as t').innerJoin('snapshot as s', 's.id', 't.snapshot_id').innerJoin('remediation as r', 'r.id', 't.remediation_id')
    .select(['t.remediation_id as id', 't.kind', 's.id as snapshot', 's.as_of as asOf', 's.content_hash as contentHash'])
    .where('r.campaign_id', '=', campaignId).where('t.kind', 'in', ['verified-gone', 'came-back']).orderBy('t.event_seq').execute()
  const last = (id: number, kind: string): RemediationFact['absentIn'] => {
    const found = seen.findLast((one) => one.id === id && one.kind === kind)
    return found === undefined ? null : { snapshot: found.snapshot, asOf: found.asOf, contentHash: found.contentHash }
  }
  const facts: RemediationFact[] = []
  for (const one of rows.toSorted((left, right) => left.id - right.id)) {
    const absentIn = last(one.id, 'verified-gone')
    const use = await useAfter(queries, one.id, one.decidedAt)
    facts.push({
      remediation: one.id, item: one.item, basis: one.basis, state: one.state, source: one.source, account: one.account, entitlement: one.entitlement,
      path: one.path, removed: one.remove.nativeId, means: one.means, ticket: one.ticket?.key ?? null, requestedBy: one.requestedBy,
      requestedAt: one.requestedAt, appliedBy: one.appliedBy, appliedAt: one.appliedAt, plannedOn: one.plannedOn, dueOn: one.dueOn,
      isLate: absentIn === null ? null : absentIn.asOf > one.dueOn, absentIn, cameBackIn: last(one.id, 'came-back'),
      lastUsedAfterDecision: use.lastUsed, usageKnownUntil: use.knownUntil,
    })
  }
  return facts
}
