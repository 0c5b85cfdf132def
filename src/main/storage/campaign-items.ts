import { sql } from 'kysely'
import type { ExclusionReason } from '../../shared/model/campaign.ts'
import { itemState, type ItemState } from '../../shared/model/decision.ts'
import { privilege, risk, type Privilege, type Risk } from '../../shared/model/entitlement.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Queries } from './database.ts'

/** Ids of the grants a launched campaign left out for a reason. */
export async function excludedGrants(queries: Queries, campaignId: number, reason: ExclusionReason): Promise<readonly number[]> {
  const rows = await queries.selectFrom('campaign_exclusion').select('grant_id').where('campaign_id', '=', campaignId).where('reason', '=', reason).orderBy('grant_id').execute()
  return rows.map((row) => row.grant_id)
}

/** Ids of the grants a launched campaign reviews, each once. */
export async function reviewedGrants(queries: Queries, campaignId: number): Promise<readonly number[]> {
  const rows = await queries.selectFrom('review_item').select('grant_id').distinct().where('campaign_id', '=', campaignId).orderBy('grant_id').execute()
  return rows.map((row) => row.grant_id)
}

export interface CampaignItem {
  readonly itemId: number
  readonly reviewer: string
  readonly reviewerName: string
  readonly subject: string
  readonly application: string
  readonly entitlement: string
  readonly privilege: Privilege
  readonly risk: Risk
  readonly state: ItemState
  readonly isSignedOff: boolean
}

interface Wanted { readonly campaign: number; readonly reviewer: string | null; readonly onlyOpen: boolean; readonly text?: string | null; readonly from: number; readonly limit: number }

/** A page of the open stage's items, riskiest first. */
export async function itemsPage(queries: Queries, wanted: Wanted): Promise<{ total: number; items: CampaignItem[] }> {
  const text = wanted.text?.trim().toLowerCase() ?? ''
  const from = sql`
    FROM assignment a JOIN review_item i ON i.id = a.item_id JOIN person p ON p.id = a.reviewer_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${wanted.campaign} AND a.is_superseded = 0
      ${wanted.reviewer === null ? sql`` : sql`AND p.email = ${foldEmail(wanted.reviewer)}`}
      ${wanted.onlyOpen ? sql`AND d.signed_off_seq IS NULL` : sql``}
      ${text === '' ? sql`` : sql`AND instr(lower(i.subject_name || char(10) || i.entitlement_name || char(10) || i.application), ${text}) > 0`}`
  const counted = await sql<{ total: number }>`SELECT count(*) AS total ${from}`.execute(queries)
  const { rows } = await sql<{
    itemId: number; reviewer: string; reviewerName: string; subject: string; application: string; entitlement: string; privilege: string; risk: string
    outcome: string | null; signedOffSeq: number | null
  }>`
    SELECT i.id AS itemId, p.email AS reviewer, p.display_name AS reviewerName, i.subject_name AS subject, i.application, i.entitlement_name AS entitlement, i.privilege,
      i.risk, d.outcome, d.signed_off_seq AS signedOffSeq ${from} ORDER BY i.n LIMIT ${wanted.limit} OFFSET ${wanted.from}`.execute(queries)
  return {
    total: counted.rows[0]?.total ?? 0,
    items: rows.map(({ outcome, signedOffSeq, ...row }) => ({
      ...row, privilege: privilege.parse(row.privilege), risk: risk.parse(row.risk), state: itemState.parse(outcome ?? 'undecided'), isSignedOff: signedOffSeq !== null,
    })),
  }
}
