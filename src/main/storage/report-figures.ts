import { sql } from 'kysely'
import type { ReportExtract, ReportHead } from '../../shared/model/evidence-report.ts'
import type { Queries } from './database.ts'
import { runCollections } from './run-collections.ts'

export interface PopulationFigures {
  readonly byKind: ReportHead['populationByKind']
  readonly privilegedGrants: number
  readonly leaversWithAccess: number
  readonly orphanAccounts: number
  readonly itemsOutsideSnapshots: number
}

/** Who and what a campaign's items are about. */
export async function populationFigures(queries: Queries, campaignId: number): Promise<PopulationFigures> {
  const byKind = await sql<ReportHead['populationByKind'][number]>`
    SELECT subject_kind AS kind, count(DISTINCT coalesce('i' || identity_id, 'a' || account_id)) AS identities, count(*) AS grants
    FROM review_item WHERE campaign_id = ${campaignId} GROUP BY subject_kind ORDER BY grants DESC`.execute(queries)
  const single = await sql<Omit<PopulationFigures, 'byKind'>>`
    SELECT coalesce(sum(r.privilege <> 'none'), 0) AS privilegedGrants,
      count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM json_each(r.packet, '$.signals') s WHERE json_extract(s.value, '$.kind') = 'leaver') THEN r.identity_id END)
        AS leaversWithAccess,
      count(DISTINCT CASE WHEN r.identity_id IS NULL THEN r.account_id END) AS orphanAccounts,
      coalesce(sum(NOT EXISTS (
        SELECT 1 FROM access_grant g JOIN campaign_snapshot c ON c.campaign_id = r.campaign_id JOIN snapshot s ON s.id = c.snapshot_id AND s.source_id = g.source_id
        WHERE g.id = r.grant_id AND g.from_snapshot <= s.id AND (g.to_snapshot IS NULL OR g.to_snapshot > s.id))), 0) AS itemsOutsideSnapshots
    FROM review_item r WHERE r.campaign_id = ${campaignId}`.execute(queries)
  const figures = single.rows[0]
  if (figures === undefined) throw new Error('counting a campaign gave no row')
  return { byKind: byKind.rows, ...figures }
}

/**
 * The runs behind a campaign's snapshots, of access and of people; and, as far as they could be weighed when it was launched, the runs that read
 * sign-ins and the earlier lists of people (HR, SCIM) in which somebody came, changed or left: job changes are told from those.
 */
export async function extractsOf(
  queries: Queries, campaign: { readonly snapshots: readonly number[]; readonly asOf: string; readonly launchedAt: string }, toolVersion: string,
): Promise<ReportExtract[]> {
  const snapshots = JSON.stringify(campaign.snapshots)
  const { rows } = await sql<Omit<ReportExtract, 'notes' | 'toolVersion'> & { notes: string; kept: string | null }>`
    SELECT o.name AS source, o.kind AS sourceKind, r.id AS run, r.query, coalesce(r.file_name, '') AS fileName, coalesce(r.file_bytes, 0) AS bytes,
      coalesce(r.file_sha256, '') AS sha256, r.actor AS runBy, r.started_at AS startedAt, coalesce(r.finished_at, r.started_at) AS finishedAt, r.as_of AS asOf,
      r.rows_read AS rowsRead, r.imported, r.rejected, r.merged, r.fields_dropped AS fieldsDropped, s.id AS snapshot, s.content_hash AS contentHash, r.notes, r.kept_sha256 AS kept
    FROM run r JOIN source o ON o.id = r.source_id LEFT JOIN snapshot s ON s.run_id = r.id
      AND s.id IN (SELECT value FROM json_each(${snapshots}))
    WHERE r.state = 'complete' AND (s.id IS NOT NULL
      OR (r.as_of <= ${campaign.asOf} AND r.finished_at <= ${campaign.launchedAt} AND (o.kind = 'csv-sign-ins'
        OR EXISTS (SELECT 1 FROM hr_person p WHERE p.source_id = r.source_id AND r.id IN (p.from_run, p.to_run))
        OR EXISTS (SELECT 1 FROM run_collection c WHERE c.run_id = r.id AND c.mode = 'window' AND c.is_complete = 1))))
    ORDER BY r.id`.execute(queries)
  const extracts: ReportExtract[] = []
  for (const { kept, ...row } of rows) {
    const collections = await runCollections(queries, row.run)
    extracts.push({ ...row, notes: JSON.parse(row.notes) as string[], toolVersion, ...(kept === null ? {} : { keptSha256: kept }), ...(collections.length === 0 ? {} : { collections }) })
  }
  return extracts
}

export interface RawExtract { readonly run: number; readonly fileName: string; readonly storedAs: string; readonly sha256: string; readonly bytes: number; readonly isWhole: boolean }

/** The kept originals of some runs, or the kept copies with protected columns blanked; `isWhole` false: neither can be checked by its hash. */
export async function rawExtracts(queries: Queries, runs: readonly number[]): Promise<readonly RawExtract[]> {
  const { rows } = await sql<Omit<RawExtract, 'isWhole'> & { isWhole: number }>`
    SELECT id AS run, file_name AS fileName, stored_as AS storedAs, coalesce(kept_sha256, file_sha256) AS sha256,
      coalesce(kept_bytes, file_bytes) AS bytes, (kept_sha256 IS NOT NULL OR instr(stored_as, '.blanked.') = 0) AS isWhole FROM run
    WHERE stored_as IS NOT NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(runs)})) ORDER BY id`.execute(queries)
  return rows.map((row) => ({ ...row, isWhole: row.isWhole === 1 }))
}
