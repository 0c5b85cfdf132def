import { sql } from 'kysely'
import type { OpenItem } from './assignments.ts'
import type { ReviewerRow } from './campaign-population.ts'
import type { Queries } from './database.ts'

/** An open item with what decides who may take it over. */
export interface WaitingItem extends OpenItem {
  readonly caseItem: number
  readonly isDecided: boolean
  readonly basis: string
  readonly sinceSeq: number
  /** Everybody asked about the same grant in any stage, the item's own reviewer among them; folded. */
  readonly asked: readonly string[]
  /** Everybody the grant was first given to in this stage; nobody gets the same grant frozen twice in one. */
  readonly frozenFor: readonly string[]
}

/** Items of the open stage without a sign-off, with everybody who was asked about the same grant. */
export async function waitingItems(queries: Queries, campaignId: number): Promise<readonly WaitingItem[]> {
  const { rows } = await sql<Omit<WaitingItem, 'asked' | 'frozenFor' | 'isDecided'> & { asked: string; frozenFor: string; isDecided: number }>`
    WITH asked AS (
      SELECT coalesce(i.case_item, i.id) AS caseItem, json_group_array(DISTINCT p.email) AS people
      FROM assignment a JOIN review_item i ON i.id = a.item_id JOIN person p ON p.id = a.reviewer_id WHERE a.campaign_id = ${campaignId} GROUP BY 1),
    frozen AS (
      SELECT coalesce(i.case_item, i.id) AS caseItem, i.stage, json_group_array(DISTINCT p.email) AS people
      FROM review_item i JOIN person p ON p.id = i.reviewer_id WHERE i.campaign_id = ${campaignId} GROUP BY 1, 2)
    SELECT a.item_id AS itemId, i.n, i.identity_id AS identityId, i.subject_email AS subjectEmail, p.email AS reviewer, i.subject_name AS subjectName,
      i.entitlement_name AS entitlementName, coalesce(i.case_item, i.id) AS caseItem, d.item_id IS NOT NULL AS isDecided, a.basis, a.since_seq AS sinceSeq,
      asked.people AS asked, frozen.people AS frozenFor
    FROM assignment a JOIN review_item i ON i.id = a.item_id JOIN person p ON p.id = a.reviewer_id JOIN asked ON asked.caseItem = coalesce(i.case_item, i.id)
    JOIN frozen ON frozen.caseItem = coalesce(i.case_item, i.id) AND frozen.stage = i.stage
    LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE a.campaign_id = ${campaignId} AND a.is_superseded = 0 AND d.signed_off_seq IS NULL
      AND i.stage = (SELECT c.stage FROM campaign c WHERE c.id = ${campaignId}) ORDER BY i.n`.execute(queries)
  return rows.map((row) => ({ ...row, isDecided: row.isDecided === 1, asked: JSON.parse(row.asked) as string[], frozenFor: JSON.parse(row.frozenFor) as string[] }))
}

export interface PersonStanding extends ReviewerRow { readonly managerId: number | null }

/** What HR says of people who act here, by folded address. Addresses two identities share name nobody. */
export async function standingOfPeople(queries: Queries, emails: readonly string[]): Promise<ReadonlyMap<string, PersonStanding>> {
  const { rows } = await sql<PersonStanding & { person: string }>`
    SELECT wanted.value AS person, i.id AS identityId, coalesce(i.email, wanted.value) AS email, i.display_name AS name, i.status, i.manager_id AS managerId
    FROM json_each(${JSON.stringify(emails)}) wanted LEFT JOIN person p ON p.email = wanted.value
    JOIN identity i ON i.id = coalesce(p.identity_id, (SELECT max(x.id) FROM identity x WHERE x.email_key = wanted.value HAVING count(*) = 1))`.execute(queries)
  return new Map(rows.map(({ person, ...row }) => [person, row]))
}

/** A person's managers, the nearest first, as far as HR knows them; ends where the line comes back to somebody. */
export async function managersAbove(queries: Queries, managerId: number | null): Promise<readonly ReviewerRow[]> {
  const { rows } = await sql<ReviewerRow & { email: string | null }>`
    WITH RECURSIVE above(id, depth) AS (
      SELECT ${managerId}, 0 WHERE ${managerId} IS NOT NULL
      UNION ALL SELECT i.manager_id, above.depth + 1 FROM above JOIN identity i ON i.id = above.id WHERE i.manager_id IS NOT NULL AND above.depth < 20)
    SELECT i.id AS identityId, i.email, i.display_name AS name, i.status FROM above JOIN identity i ON i.id = above.id
    GROUP BY i.id ORDER BY min(above.depth)`.execute(queries)
  return rows.filter(({ email }) => email !== null)
}

export interface DepartedSubject { readonly itemId: number; readonly person: string | null; readonly identityId: number }

/** Open items about people whom HR has let go since the campaign's day, and that carry no note of it yet. */
export async function departedSubjects(queries: Queries, campaignId: number): Promise<readonly DepartedSubject[]> {
  const { rows } = await sql<DepartedSubject>`
    SELECT a.item_id AS itemId, i.subject_email AS person, i.identity_id AS identityId
    FROM campaign c JOIN assignment a ON a.campaign_id = c.id JOIN review_item i ON i.id = a.item_id JOIN identity x ON x.id = i.identity_id
    LEFT JOIN decision d ON d.item_id = a.item_id
    WHERE c.id = ${campaignId} AND a.is_superseded = 0 AND d.signed_off_seq IS NULL AND x.status IN ('inactive', 'gone')
      AND EXISTS (SELECT 1 FROM hr_event h WHERE h.employee_id = x.employee_id AND h.kind = 'leaver' AND h.seen_as_of > c.as_of)
      AND NOT EXISTS (SELECT 1 FROM item_note n WHERE n.item_id = a.item_id AND n.kind = 'subject-left')
    ORDER BY i.identity_id, a.item_id`.execute(queries)
  return rows
}

export async function noteItems(
  queries: Queries, items: readonly number[],
  note: { readonly kind: 'subject-left' | 'without-reviewer'; readonly campaignId: number; readonly seq: number; readonly seenOn: string },
): Promise<void> {
  await queries.insertInto('item_note').values(items.map((item_id) => ({
    item_id, kind: note.kind, campaign_id: note.campaignId, event_seq: note.seq, seen_on: note.seenOn,
  }))).onConflict((same) => same.columns(['item_id', 'kind']).doUpdateSet({ event_seq: note.seq, seen_on: note.seenOn })).execute()
}

export interface ItemNote { readonly itemId: number; readonly kind: string; readonly seenOn: string; readonly subject: string; readonly entitlement: string }

export async function itemNotes(queries: Queries, campaignId: number): Promise<ItemNote[]> {
  const { rows } = await sql<ItemNote>`
    SELECT n.item_id AS itemId, n.kind, n.seen_on AS seenOn, i.subject_name AS subject, i.entitlement_name AS entitlement
    FROM item_note n JOIN review_item i ON i.id = n.item_id WHERE n.campaign_id = ${campaignId} ORDER BY n.item_id`.execute(queries)
  return rows
}

/** Who had an item before the handing-on that gave it to its reviewer; by the number of that event. */
export async function handedOnBy(queries: Queries, seqs: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ seq: number; giver: string | null }>`
    SELECT seq, json_extract(line, '$.body.from') AS giver FROM evidence_event
    WHERE kind = 'items-reassigned' AND seq IN (SELECT value FROM json_each(${JSON.stringify(seqs)}))`.execute(queries)
  return new Map(rows.flatMap(({ seq, giver }) => (giver === null ? [] : [[seq, giver] as const])))
}
