// Facts of a report that only the store knows: they are printed and bound by the seal, but cannot be worked out from events.
import { sql } from 'kysely'
import type { StoreFacts } from '../../shared/model/report-facts.ts'
import type { Queries } from './database.ts'

export interface CampaignSpan { readonly id: number; readonly launchedAt: string; readonly closedAt: string }

/** People HR says have left, with the accounts they still hold access through. */
export async function leaversInReview(queries: Queries, campaign: number): Promise<StoreFacts['leavers']> {
  const { rows } = await sql<StoreFacts['leavers'][number]>`
    SELECT subject_name AS person, account_name AS account, source_name AS source, count(*) AS items FROM review_item r
    WHERE campaign_id = ${campaign} AND case_item IS NULL
      AND EXISTS (SELECT 1 FROM json_each(r.packet, '$.signals') s WHERE json_extract(s.value, '$.kind') = 'leaver')
    GROUP BY subject_name, account_name, source_name ORDER BY subject_name, account_name, source_name`.execute(queries)
  return rows
}

/** Accounts nobody was found for. */
export async function orphansInReview(queries: Queries, campaign: number): Promise<StoreFacts['orphans']> {
  const { rows } = await sql<StoreFacts['orphans'][number]>`
    SELECT account_name AS account, source_name AS source, subject_kind AS kind, count(*) AS items FROM review_item
    WHERE campaign_id = ${campaign} AND case_item IS NULL AND identity_id IS NULL
    GROUP BY account_id ORDER BY account_name, source_name`.execute(queries)
  return rows
}

/** How old each snapshot was, and what later snapshots taken before the close say of it. Days are whole and count from its as-of day. */
export async function freshnessOf(queries: Queries, campaign: CampaignSpan): Promise<StoreFacts['freshness']> {
  const { launchedAt, closedAt, id } = campaign
  const { rows } = await sql<StoreFacts['freshness'][number]>`
    SELECT o.name AS source, s.id AS snapshot, s.as_of AS asOf,
      max(0, CAST(julianday(substr(${launchedAt}, 1, 10)) - julianday(s.as_of) AS INTEGER)) AS daysAtLaunch,
      max(0, CAST(julianday(substr(${closedAt}, 1, 10)) - julianday(s.as_of) AS INTEGER)) AS daysAtClose,
      (SELECT count(*) FROM snapshot l WHERE l.source_id = s.source_id AND l.id > s.id AND l.taken_at <= ${closedAt}) AS laterSnapshots,
      (SELECT count(*) FROM review_item r JOIN access_grant g ON g.id = r.grant_id JOIN snapshot t ON t.id = g.to_snapshot
        WHERE r.campaign_id = ${id} AND r.case_item IS NULL AND g.source_id = s.source_id AND t.id > s.id AND t.taken_at <= ${closedAt}) AS gone,
      (SELECT count(*) FROM access_grant g JOIN snapshot f ON f.id = g.from_snapshot
        WHERE g.source_id = s.source_id AND f.id > s.id AND f.taken_at <= ${closedAt}) AS added
    FROM campaign_snapshot c JOIN snapshot s ON s.id = c.snapshot_id JOIN source o ON o.id = s.source_id
    WHERE c.campaign_id = ${id} ORDER BY o.name, s.id`.execute(queries)
  return rows
}

/** Separation-of-duties conflicts the packets showed: whom they touch, and how many were made up for or accepted. */
export async function conflictsConsidered(queries: Queries, campaign: number): Promise<StoreFacts['conflicts']> {
  const { rows } = await sql<StoreFacts['conflicts'][number]>`
    SELECT json_extract(s.value, '$.facts.ruleName') AS rule, json_extract(s.value, '$.facts.severity') AS severity,
      count(DISTINCT coalesce('i' || r.identity_id, 'a' || r.account_id)) AS people, count(DISTINCT r.id) AS items,
      count(DISTINCT CASE WHEN json_extract(s.value, '$.facts.isMitigated') THEN r.id END) AS mitigated,
      count(DISTINCT CASE WHEN json_extract(s.value, '$.facts.exemptUntil') IS NOT NULL THEN r.id END) AS exempt
    FROM review_item r, json_each(r.packet, '$.signals') s
    WHERE r.campaign_id = ${campaign} AND r.case_item IS NULL AND json_extract(s.value, '$.kind') = 'sod-conflict'
    GROUP BY 1, 2 ORDER BY 1`.execute(queries)
  return rows
}

/** Every source that was connected when the campaign was launched, and whether a snapshot of it was reviewed. */
export async function systemsAt(
  queries: Queries, campaign: CampaignSpan, scoped: readonly string[],
): Promise<StoreFacts['systems']> {
  const rows = await queries.selectFrom('source as o')
    .leftJoin('snapshot as s', (join) => join.onRef('s.source_id', '=', 'o.id').on('s.id', 'in', (eb) => (
      eb.selectFrom('campaign_snapshot as c').select('c.snapshot_id').where('c.campaign_id', '=', campaign.id)
    )))
    .select(['o.name', 'o.kind', 's.id as snapshot', 's.as_of as asOf'])
    .where('o.created_at', '<=', campaign.launchedAt)
    .where((eb) => eb.or([eb('o.removed_at', 'is', null), eb('o.removed_at', '>', campaign.launchedAt)]))
    .orderBy('o.name').execute()
  return rows.map(({ name, kind, snapshot, asOf }) => {
    const isNamed = scoped.length === 0 || scoped.includes(name)
    const isAccess = kind !== 'csv-sign-ins' && kind !== 'hr' && kind !== 'hr-csv' && kind !== 'scim'
    const why = snapshot !== null ? `snapshot ${snapshot}, as of ${asOf ?? ''}`
      : !isAccess ? 'gives people or use, not access; weighed as evidence' : isNamed ? 'had no complete snapshot' : 'left out by the scope fixed before launch'
    return { source: name, kind, isIn: snapshot !== null && isNamed, why: snapshot !== null && !isNamed ? 'left out by the scope fixed before launch' : why }
  })
}

/** Items with their risk, for counting outcomes by risk. */
export async function risksOfItems(queries: Queries, campaign: number): Promise<readonly { id: number; risk: string }[]> {
  return queries.selectFrom('review_item').select(['id', 'risk']).where('campaign_id', '=', campaign).orderBy('id').execute()
}
