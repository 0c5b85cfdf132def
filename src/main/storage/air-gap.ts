import { sql } from 'kysely'
import { airGap, wayOut, type AirGap, type Connections } from '../../shared/model/air-gap.ts'
import type { Queries } from './database.ts'
import type { CampaignSpan } from './report-facts.ts'

const key = 'air-gap'

export async function loadAirGap(queries: Queries): Promise<AirGap> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', key).executeTakeFirst()
  return row === undefined ? { isOn: false, since: null, by: null } : airGap.parse(JSON.parse(row.value))
}

export async function saveAirGap(queries: Queries, setting: AirGap): Promise<void> {
  const value = JSON.stringify(setting)
  await queries.insertInto('workspace').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
}

/** What went out between a campaign's launch and now, whichever campaign it was for: a connection is one of the whole workspace. */
export async function callsSince(queries: Queries, { launchedAt }: Pick<CampaignSpan, 'launchedAt'>): Promise<Connections['calls']> {
  const { rows } = await sql<{ way: string; to: string; times: number }>`
    SELECT 'source' AS way, s.name AS "to", count(*) AS times FROM run r JOIN source s ON s.id = r.source_id
      WHERE s.kind IN ('entra', 'okta', 'scim') AND r.started_at >= ${launchedAt} GROUP BY s.id
    UNION ALL SELECT 'mail', 'mail server', count(*) FROM letter WHERE state IN ('sent', 'unknown') AND changed_at >= ${launchedAt} HAVING count(*) > 0
    UNION ALL SELECT CASE kind WHEN 'ticket-seen' THEN 'ticket' WHEN 'narrative-worded' THEN 'model' WHEN 'time-authority-asked' THEN 'time-authority' ELSE 'removal' END AS way,
      CASE kind WHEN 'ticket-seen' THEN 'ticket system' WHEN 'narrative-worded' THEN 'language model' WHEN 'time-authority-asked' THEN 'time authority' ELSE 'sources' END, count(*)
      FROM evidence_event WHERE ts >= ${launchedAt} AND kind IN ('ticket-seen', 'narrative-worded', 'time-authority-asked', 'remediation-answered', 'restore-answered') GROUP BY way
    ORDER BY 1, 2`.execute(queries)
  return rows.map((row) => ({ ...row, way: wayOut.parse(row.way) }))
}
