import { sql } from 'kysely'
import {
  campaignSpec, campaignState, populationTotals, type Campaign, type CampaignProgress, type CampaignState, type PopulationTotals,
} from '../../shared/model/campaign.ts'
import type { ExclusionReason } from '../../shared/model/campaign.ts'
import type { Queries } from './database.ts'
import type { CampaignTable } from './tables.ts'
import type { Selectable } from 'kysely'

export type StoredCampaign = Campaign & { readonly specHash: string; readonly weights: string | null; readonly totals: PopulationTotals | null }

function toCampaign(row: Selectable<CampaignTable>): StoredCampaign {
  const spec = campaignSpec.parse(JSON.parse(row.spec))
  return {
    id: row.id, spec, state: campaignState.parse(row.state), asOf: row.as_of, createdAt: row.created_at,
    createdBy: row.created_by, dueOn: row.due_on ?? spec.rules.dueOn, stage: row.stage, launchedAt: row.launched_at, closedAt: row.closed_at, specHash: row.spec_hash, weights: row.weights,
    totals: row.totals === null ? null : populationTotals.parse(JSON.parse(row.totals)),
  }
}

export async function insertCampaign(
  queries: Queries, campaign: { spec: string; specHash: string; name: string; asOf: string; createdAt: string; createdBy: string },
): Promise<StoredCampaign> {
  const row = await queries
    .insertInto('campaign')
    .values({
      // The number of a discarded draft stays with the draft: the log tells of it for ever.
      id: sql<number>`(SELECT 1 + max(coalesce((SELECT max(id) FROM campaign), 0), coalesce((SELECT max(campaign_id) FROM evidence_event), 0)))`,
      name: campaign.name, state: 'draft', spec: campaign.spec, spec_hash: campaign.specHash, as_of: campaign.asOf, created_at: campaign.createdAt,
      created_by: campaign.createdBy, launched_at: null, closed_at: null, weights: null, totals: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCampaign(row)
}

export async function campaignById(queries: Queries, id: number): Promise<StoredCampaign | undefined> {
  const row = await queries.selectFrom('campaign').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toCampaign(row)
}

export async function allCampaigns(queries: Queries): Promise<readonly StoredCampaign[]> {
  return (await queries.selectFrom('campaign').selectAll().orderBy('id', 'desc').execute()).map(toCampaign)
}

/** Rewrites a draft; false = it is none any more. */
export async function updateDraft(
  queries: Queries, id: number, draft: { readonly spec: string; readonly specHash: string; readonly name: string; readonly asOf: string },
): Promise<boolean> {
  const result = await queries.updateTable('campaign')
    .set({ name: draft.name, spec: draft.spec, spec_hash: draft.specHash, as_of: draft.asOf }).where('id', '=', id).where('state', '=', 'draft').executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes a draft out of the store; false = it is none any more. */
export async function removeDraft(queries: Queries, id: number): Promise<boolean> {
  const result = await queries.deleteFrom('campaign').where('id', '=', id).where('state', '=', 'draft').executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Moves a campaign on, only from the state the caller saw: false = somebody was faster. */
export async function moveCampaign(
  queries: Queries,
  id: number,
  move: { from: CampaignState; to: CampaignState; launchedAt?: string; closedAt?: string; weights?: string; totals?: PopulationTotals },
): Promise<boolean> {
  const result = await queries
    .updateTable('campaign')
    .set({
      state: move.to,
      ...(move.launchedAt === undefined ? {} : { launched_at: move.launchedAt }),
      ...(move.closedAt === undefined ? {} : { closed_at: move.closedAt }),
      ...(move.weights === undefined ? {} : { weights: move.weights }),
      ...(move.totals === undefined ? {} : { totals: JSON.stringify(move.totals) }),
    })
    .where('id', '=', id)
    .where('state', '=', move.from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function setDueOn(queries: Queries, id: number, dueOn: string): Promise<void> {
  await queries.updateTable('campaign').set({ due_on: dueOn }).where('id', '=', id).execute()
}

export async function openStage(queries: Queries, id: number, next: { readonly stage: number; readonly dueOn: string }): Promise<void> {
  await queries.updateTable('campaign').set({ stage: next.stage, due_on: next.dueOn }).where('id', '=', id).execute()
}

export async function insertCampaignSnapshots(queries: Queries, campaignId: number, snapshots: readonly number[]): Promise<void> {
  if (snapshots.length === 0) return
  await queries.insertInto('campaign_snapshot').values(snapshots.map((snapshot_id) => ({ campaign_id: campaignId, snapshot_id }))).execute()
}

export async function campaignSnapshots(queries: Queries, campaignId: number): Promise<readonly number[]> {
  const rows = await queries.selectFrom('campaign_snapshot').select('snapshot_id').where('campaign_id', '=', campaignId).orderBy('snapshot_id').execute()
  return rows.map((row) => row.snapshot_id)
}

export async function insertExclusions(
  queries: Queries, campaignId: number, exclusions: readonly { grantId: number; reason: ExclusionReason }[],
): Promise<void> {
  // One statement whatever the number: the rows travel as one JSON array.
  await sql`INSERT INTO campaign_exclusion (campaign_id, grant_id, reason)
    SELECT ${campaignId}, json_extract(value, '$[0]'), json_extract(value, '$[1]')
    FROM json_each(${JSON.stringify(exclusions.map(({ grantId, reason }) => [grantId, reason]))})`.execute(queries)
}

const noProgress: CampaignProgress = { items: 0, undecided: 0, kept: 0, revoked: 0, keptUntil: 0, lookCloser: 0, signedOff: 0 }

/**
 * How far a campaign is; with `reviewerId` only that person's share. Counts the items in an index and looks only at what is decided: asked
 * for with every decision, in queues of a hundred thousand.
 */
export async function campaignProgress(queries: Queries, campaignId: number, reviewerId?: number): Promise<CampaignProgress> {
  const share = (table: 'a' | 'd') => (reviewerId === undefined ? sql`` : sql`AND ${sql.ref(`${table}.reviewer_id`)} = ${reviewerId}`)
  const { rows } = await sql<CampaignProgress>`
    SELECT s.items, s.items - count(d.item_id) AS undecided, coalesce(sum(d.outcome = 'keep'), 0) AS kept, coalesce(sum(d.outcome = 'revoke'), 0) AS revoked,
      coalesce(sum(d.outcome = 'keep-until'), 0) AS keptUntil, coalesce(sum(d.outcome = 'look-closer'), 0) AS lookCloser, count(d.signed_off_seq) AS signedOff
    FROM (SELECT count(*) AS items FROM assignment a WHERE a.campaign_id = ${campaignId} ${share('a')} AND a.is_superseded = 0) s
    LEFT JOIN (SELECT d.* FROM decision d CROSS JOIN assignment a ON a.item_id = d.item_id
      WHERE d.campaign_id = ${campaignId} ${share('d')} ${share('a')} AND a.is_superseded = 0) d`.execute(queries)
  return rows[0] ?? noProgress
}

export interface ReviewerStanding {
  readonly person: string
  readonly name: string
  readonly fingerprint: string | null
  readonly items: number
  readonly decided: number
  readonly signedOff: number
  readonly signedOffAt: string | null
}

export async function reviewerStandings(queries: Queries, campaignId: number): Promise<readonly ReviewerStanding[]> {
  const { rows } = await sql<ReviewerStanding>`
    SELECT p.email AS person, p.display_name AS name, p.fingerprint, count(*) AS items, sum(d.item_id IS NOT NULL) AS decided,
      sum(d.signed_off_seq IS NOT NULL) AS signedOff,
      (SELECT max(s.at) FROM sign_off s WHERE s.campaign_id = ${campaignId} AND s.reviewer_id = p.id) AS signedOffAt
    FROM assignment a JOIN person p ON p.id = a.reviewer_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.is_superseded = 0 GROUP BY p.id ORDER BY items DESC, p.email`.execute(queries)
  return rows
}

/** Running campaigns in which a person has items. */
export async function campaignsOfReviewer(queries: Queries, reviewerId: number): Promise<readonly StoredCampaign[]> {
  const rows = await queries
    .selectFrom('campaign')
    .selectAll()
    .where('state', '=', 'running')
    .where((eb) =>
      eb.exists(
        eb.selectFrom('assignment').select('assignment.item_id').whereRef('assignment.campaign_id', '=', 'campaign.id').where('reviewer_id', '=', reviewerId)
          .where('is_superseded', '=', 0),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map(toCampaign)
}
