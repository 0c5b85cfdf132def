import { sql } from 'kysely'
import { plantedAnswer, type PlantedAnswer, type PlantedItem } from '../../shared/model/campaign.ts'
import type { Queries } from './database.ts'

/** A campaign's items whose right answer is known, with how their reviewers answered; answers not signed off count as given. */
export async function plantedItems(queries: Queries, campaignId: number): Promise<PlantedItem[]> {
  const { rows } = await sql<Omit<PlantedItem, 'expected'> & { expected: string }>`
    SELECT p.item_id AS item, f.subject_name AS subject, f.account_name AS account, f.source_name AS source, f.application, f.entitlement_name AS entitlement, p.expected, p.note,
      p.planted_by AS plantedBy, p.planted_at AS plantedAt, count(*) AS asked, count(d.item_id) AS answered,
      coalesce(sum(CASE p.expected WHEN 'revoke' THEN d.outcome = 'revoke' ELSE d.outcome IN ('keep', 'keep-until') END), 0) AS "right"
    FROM planted_item p JOIN review_item f ON f.id = p.item_id JOIN review_item i ON i.id = p.item_id OR i.case_item = p.item_id
    LEFT JOIN decision d ON d.item_id = i.id WHERE p.campaign_id = ${campaignId} AND i.campaign_id = ${campaignId} GROUP BY p.item_id ORDER BY p.item_id`.execute(queries)
  return rows.map((row) => ({ ...row, expected: plantedAnswer.parse(row.expected) }))
}

/** The case an item belongs to: its first item, who is asked about it, and whether anybody has decided it in any stage. */
export async function caseOf(queries: Queries, campaignId: number, item: number): Promise<{ readonly item: number; readonly reviewers: readonly string[]; readonly isDecided: boolean } | undefined> {
  const own = await queries.selectFrom('review_item').select(['id', 'case_item']).where('id', '=', item).where('campaign_id', '=', campaignId).executeTakeFirst()
  if (own === undefined) return undefined
  const first = own.case_item ?? own.id
  const rows = await queries.selectFrom('review_item as i').innerJoin('assignment as a', 'a.item_id', 'i.id').innerJoin('person as p', 'p.id', 'a.reviewer_id')
    .leftJoin('decision as d', 'd.item_id', 'i.id').select(['p.email', 'd.item_id as decided'])
    .where('i.campaign_id', '=', campaignId).where((eb) => eb.or([eb('i.id', '=', first), eb('i.case_item', '=', first)])).execute()
  return { item: first, reviewers: rows.map(({ email }) => email), isDecided: rows.some(({ decided }) => decided !== null) }
}

export async function plantInto(
  queries: Queries, one: { readonly item: number; readonly campaign: number; readonly expected: PlantedAnswer; readonly note: string; readonly by: string; readonly at: string; readonly seq: number },
): Promise<void> {
  const row = { campaign_id: one.campaign, expected: one.expected, note: one.note, planted_by: one.by, planted_at: one.at, event_seq: one.seq }
  await queries.insertInto('planted_item').values({ item_id: one.item, ...row }).onConflict((oc) => oc.column('item_id').doUpdateSet(row)).execute()
}

export async function uproot(queries: Queries, item: number): Promise<void> {
  await queries.deleteFrom('planted_item').where('item_id', '=', item).execute()
}
