import { sql } from 'kysely'
import type { Queries } from './database.ts'

/** An undecided item of a reviewer that the launch found easy enough to be decided on with others. */
export interface EasyItem {
  readonly itemId: number
  readonly packetHash: string
  readonly entitlementId: number
  readonly subjectKind: string
  readonly subjectName: string
  readonly subjectEmail: string | null
  readonly entitlementName: string
  readonly application: string
  readonly ease: 'unchanged' | 'alike'
  /** The day of the last signed-off review, or why it cannot be attested. */
  readonly reason: string
}

/** Riskiest first, like the queue. */
export async function easyItems(queries: Queries, campaignId: number, reviewerId: number): Promise<readonly EasyItem[]> {
  const { rows } = await sql<EasyItem>`
    SELECT i.id AS itemId, i.packet_hash AS packetHash, i.entitlement_id AS entitlementId, i.subject_kind AS subjectKind, i.subject_name AS subjectName,
      i.subject_email AS subjectEmail, i.entitlement_name AS entitlementName, i.application, i.ease, i.ease_reason AS reason
    FROM assignment a JOIN review_item i ON i.id = a.item_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.reviewer_id = ${reviewerId} AND a.is_superseded = 0 AND d.item_id IS NULL AND i.ease IN ('unchanged', 'alike')
    ORDER BY i.n`.execute(queries)
  return rows
}

export interface LeftOut { readonly reason: string; readonly items: number }

/** How many of a reviewer's undecided items need a decision of their own, by why. */
export async function itemsLeftOut(queries: Queries, campaignId: number, reviewerId: number): Promise<readonly LeftOut[]> {
  const { rows } = await sql<LeftOut>`
    SELECT i.ease_reason AS reason, count(*) AS items
    FROM assignment a JOIN review_item i ON i.id = a.item_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.reviewer_id = ${reviewerId} AND a.is_superseded = 0 AND d.item_id IS NULL AND i.ease IN ('single', 'alike')
    GROUP BY 1 ORDER BY 2 DESC, 1`.execute(queries)
  return rows
}

/** The reviewer's undecided items that changed since their last review, for the list of differences; at most `most`. */
export async function changedItems(
  queries: Queries, campaignId: number, reviewerId: number, most: number,
): Promise<readonly Pick<EasyItem, 'itemId' | 'subjectName' | 'entitlementName' | 'reason'>[]> {
  const { rows } = await sql<Pick<EasyItem, 'itemId' | 'subjectName' | 'entitlementName' | 'reason'>>`
    SELECT i.id AS itemId, i.subject_name AS subjectName, i.entitlement_name AS entitlementName, i.ease_reason AS reason
    FROM assignment a JOIN review_item i ON i.id = a.item_id LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.reviewer_id = ${reviewerId} AND a.is_superseded = 0 AND d.item_id IS NULL AND i.ease = 'single'
      AND i.ease_reason IN ('new-access', 'changed-job', 'other-manager', 'ending')
    ORDER BY i.n LIMIT ${most}`.execute(queries)
  return rows
}
