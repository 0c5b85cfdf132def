import { sql } from 'kysely'
import { reviewerBasis, type ReviewerBasis } from '../../shared/model/campaign.ts'
import type { Queries } from './database.ts'

/** Who reviews an item now, and since which event. */
export interface Assigned {
  readonly itemId: number
  readonly campaignId: number
  readonly reviewerId: number
  readonly basis: ReviewerBasis
  readonly sinceSeq: number
  readonly isSuperseded: boolean
}

export async function assignmentOf(queries: Queries, itemId: number): Promise<Assigned | undefined> {
  const row = await queries.selectFrom('assignment').selectAll().where('item_id', '=', itemId).executeTakeFirst()
  return row === undefined
    ? undefined
    : {
        itemId: row.item_id, campaignId: row.campaign_id, reviewerId: row.reviewer_id, basis: reviewerBasis.parse(row.basis), sinceSeq: row.since_seq,
        isSuperseded: row.is_superseded === 1,
      }
}

export interface AssignmentRow {
  readonly itemId: number
  readonly reviewer: string
  readonly basis: string
  readonly isSuperseded: number
}

/** Everybody's items of a campaign, for comparing with the log. */
export async function allAssignments(queries: Queries, campaignId: number): Promise<readonly AssignmentRow[]> {
  const { rows } = await sql<AssignmentRow>`
    SELECT a.item_id AS itemId, p.email AS reviewer, a.basis, a.is_superseded AS isSuperseded FROM assignment a JOIN person p ON p.id = a.reviewer_id
    WHERE a.campaign_id = ${campaignId}`.execute(queries)
  return rows
}

export interface OpenItem {
  readonly itemId: number
  readonly n: number
  readonly identityId: number | null
  readonly subjectEmail: string | null
  readonly reviewer: string
  readonly subjectName: string
  readonly entitlementName: string
}

/** Items of the open stage without a sign-off: all of a campaign, one reviewer's, or those with these ids. */
export async function openItems(
  queries: Queries, campaignId: number, only: { readonly reviewer?: string; readonly items?: readonly number[] } = {},
): Promise<readonly OpenItem[]> {
  const reviewer = only.reviewer === undefined ? sql`` : sql`AND p.email = ${only.reviewer}`
  const items = only.items === undefined ? sql`` : sql`AND a.item_id IN (SELECT value FROM json_each(${JSON.stringify(only.items)}))`
  const { rows } = await sql<OpenItem>`
    SELECT a.item_id AS itemId, i.n, i.identity_id AS identityId, i.subject_email AS subjectEmail, p.email AS reviewer, i.subject_name AS subjectName,
      i.entitlement_name AS entitlementName
    FROM assignment a JOIN review_item i ON i.id = a.item_id JOIN person p ON p.id = a.reviewer_id
    LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.is_superseded = 0 AND d.signed_off_seq IS NULL ${reviewer} ${items} ORDER BY i.n`.execute(queries)
  return rows
}

/** Hands items on; a decision on them that was not signed off goes with the reviewer who made it. */
export async function handOn(
  queries: Queries, items: readonly number[], to: { readonly reviewerId: number; readonly basis: ReviewerBasis; readonly sinceSeq: number },
): Promise<void> {
  const ids = JSON.stringify(items)
  await sql`DELETE FROM decision WHERE item_id IN (SELECT value FROM json_each(${ids}))`.execute(queries)
  await sql`UPDATE assignment SET reviewer_id = ${to.reviewerId}, basis = ${to.basis}, since_seq = ${to.sinceSeq}
    WHERE item_id IN (SELECT value FROM json_each(${ids}))`.execute(queries)
}
