import { sql, type RawBuilder } from 'kysely'
import type { Queries } from './database.ts'
import type { Person } from './people.ts'
import { hasLargeShare } from './review-items.ts'

/** A reviewer's part of a campaign, as far as it may be decided on with others. */
export interface Share {
  readonly campaignId: number
  readonly reviewer: Pick<Person, 'id' | 'email' | 'identityId'>
  /** Items that need a decision of their own for reasons the launch could not know. */
  readonly without: ReadonlySet<number>
}

/** An undecided item of a reviewer that the launch found easy enough to be decided on with others. */
export interface EasyItem {
  readonly itemId: number
  readonly packetHash: string
  readonly subjectName: string
  readonly subjectEmail: string | null
  readonly entitlementName: string
  readonly application: string
  readonly ease: 'unchanged' | 'alike'
  /** The day of the last signed-off review, or why it cannot be attested. */
  readonly reason: string
}

/** Alike items: one right of one source, held by the same kind of people. */
export interface Alike {
  readonly entitlementId: number
  readonly subjectKind: string
}

export interface EasyGroup extends Alike {
  readonly entitlementName: string
  readonly application: string
  readonly size: number
}

const columns = sql`i.id AS itemId, i.packet_hash AS packetHash, i.subject_name AS subjectName, i.subject_email AS subjectEmail,
  i.entitlement_name AS entitlementName, i.application, i.ease, i.ease_reason AS reason`

/** Nobody's own access; the use case compares addresses once more, in every spelling. */
const easyOf = ({ reviewer, without }: Share): RawBuilder<unknown> => sql`i.ease IN ('unchanged', 'alike')
  AND i.identity_id IS NOT ${reviewer.identityId ?? -1} AND lower(coalesce(i.subject_email, '')) <> ${reviewer.email.toLowerCase()}
  AND i.id NOT IN (SELECT value FROM json_each(${JSON.stringify([...without])}))`

/**
 * A reviewer's undecided items. CROSS JOIN is SQLite's way of fixing which side is walked: an index that says how easy items are for a large
 * share, the person's assignments for a small one.
 */
async function undecidedOf(queries: Queries, campaignId: number, reviewerId: number): Promise<RawBuilder<unknown>> {
  const from = (await hasLargeShare(queries, campaignId, reviewerId))
    ? sql`review_item AS i INDEXED BY review_item_ease CROSS JOIN assignment AS a ON a.item_id = i.id`
    : sql`assignment AS a CROSS JOIN review_item AS i ON i.id = a.item_id`
  return sql`FROM ${from} LEFT JOIN decision AS d ON d.item_id = i.id
    WHERE i.campaign_id = ${campaignId} AND a.campaign_id = ${campaignId} AND a.reviewer_id = ${reviewerId} AND a.is_superseded = 0 AND d.item_id IS NULL`
}

/** Groups of at least `least` alike items, largest first. */
export async function easyGroups(queries: Queries, share: Share, least: number): Promise<readonly EasyGroup[]> {
  const { rows } = await sql<EasyGroup>`
    SELECT g.entitlementId, g.subjectKind, g.size, first.entitlement_name AS entitlementName, first.application
    FROM (SELECT i.entitlement_id AS entitlementId, i.subject_kind AS subjectKind, count(*) AS size, min(i.id) AS firstId
      ${await undecidedOf(queries, share.campaignId, share.reviewer.id)} AND ${easyOf(share)}
      GROUP BY i.entitlement_id, i.subject_kind HAVING count(*) >= ${least}) AS g
    JOIN review_item AS first ON first.id = g.firstId ORDER BY g.size DESC, g.firstId`.execute(queries)
  return rows
}

/** Every item of one group, riskiest first. */
export async function alikeItems(queries: Queries, share: Share, { entitlementId, subjectKind }: Alike): Promise<readonly EasyItem[]> {
  const { rows } = await sql<EasyItem>`
    SELECT ${columns} ${await undecidedOf(queries, share.campaignId, share.reviewer.id)} AND ${easyOf(share)}
    AND i.entitlement_id = ${entitlementId} AND i.subject_kind = ${subjectKind} ORDER BY i.id`.execute(queries)
  return rows
}

/** What may be attested as unchanged, riskiest first. */
export async function unchangedItems(queries: Queries, share: Share): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT i.id ${await undecidedOf(queries, share.campaignId, share.reviewer.id)} AND ${easyOf(share)} AND i.ease = 'unchanged' ORDER BY i.id`.execute(queries)
  return rows.map(({ id }) => id)
}

/** Those of `ids` that are the reviewer's, undecided and easy; in the order of the queue. */
export async function easyItems(queries: Queries, share: Share, ids: readonly number[]): Promise<readonly EasyItem[]> {
  const { rows } = await sql<EasyItem>`
    SELECT ${columns} FROM json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN review_item AS i ON i.id = wanted.value
    CROSS JOIN assignment AS a ON a.item_id = i.id LEFT JOIN decision AS d ON d.item_id = i.id
    WHERE i.campaign_id = ${share.campaignId} AND a.reviewer_id = ${share.reviewer.id} AND a.is_superseded = 0 AND d.item_id IS NULL AND ${easyOf(share)}
    ORDER BY i.id`.execute(queries)
  return rows
}

export interface LeftOut { readonly reason: string; readonly items: number }

/** How many of a reviewer's undecided items need a decision of their own, by why. */
export async function itemsLeftOut(queries: Queries, campaignId: number, reviewerId: number): Promise<readonly LeftOut[]> {
  const { rows } = await sql<LeftOut>`
    SELECT i.ease_reason AS reason, count(*) AS items ${await undecidedOf(queries, campaignId, reviewerId)}
    AND i.ease IN ('single', 'alike') GROUP BY 1 ORDER BY 2 DESC, 1`.execute(queries)
  return rows
}

/** The reviewer's undecided items that changed since their last review, for the list of differences; at most `most`. */
export async function changedItems(
  queries: Queries, campaignId: number, reviewerId: number, most: number,
): Promise<readonly Pick<EasyItem, 'itemId' | 'subjectName' | 'entitlementName' | 'reason'>[]> {
  const { rows } = await sql<Pick<EasyItem, 'itemId' | 'subjectName' | 'entitlementName' | 'reason'>>`
    SELECT n.id AS itemId, n.subject_name AS subjectName, n.entitlement_name AS entitlementName, n.ease_reason AS reason
    FROM (SELECT i.id ${await undecidedOf(queries, campaignId, reviewerId)} AND i.ease = 'single'
      AND i.ease_reason IN ('new-access', 'changed-job', 'other-manager', 'ending') ORDER BY i.id LIMIT ${most}) AS found
    JOIN review_item AS n ON n.id = found.id ORDER BY n.id`.execute(queries)
  return rows
}
