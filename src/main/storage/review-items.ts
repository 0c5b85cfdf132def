import { sql, type Selectable } from 'kysely'
import type { Queries } from './database.ts'
import type { DecisionTable, ReviewItemTable } from './tables.ts'

export type ItemRow = Selectable<ReviewItemTable>

/** What an item shows of a grant, copied at launch so that later syncs change nothing the reviewer saw. */
export interface GrantDetails {
  readonly grant_id: number
  readonly account_id: number
  readonly entitlement_id: number
  readonly identity_id: number | null
  readonly subject_name: string
  readonly subject_kind: string
  readonly subject_title: string | null
  readonly subject_department: string | null
  readonly subject_email: string | null
  readonly account_name: string
  readonly source_name: string
  readonly application: string
  readonly entitlement_name: string
  readonly entitlement_native_id: string
  readonly entitlement_description: string | null
  readonly owner_email: string | null
  readonly privilege: string
  readonly risk: string
  readonly path: string
  readonly granted_at: string | null
}

export async function grantDetails(queries: Queries, grantIds: readonly number[]): Promise<ReadonlyMap<number, GrantDetails>> {
  const { rows } = await sql<GrantDetails>`
    SELECT g.id AS grant_id, a.id AS account_id, e.id AS entitlement_id, i.id AS identity_id,
      coalesce(i.display_name, a.display_name, a.login, a.native_id) AS subject_name, coalesce(i.kind, a.kind) AS subject_kind, i.title AS subject_title,
      i.department AS subject_department, coalesce(i.email, a.email) AS subject_email, coalesce(a.login, a.native_id) AS account_name, o.name AS source_name,
      e.application, e.name AS entitlement_name, e.native_id AS entitlement_native_id, e.description AS entitlement_description, e.owner_email,
      e.privilege, e.risk, g.path, g.granted_at
    FROM access_grant g JOIN account a ON a.id = g.account_id JOIN entitlement e ON e.id = g.entitlement_id JOIN source o ON o.id = g.source_id
    LEFT JOIN identity i ON i.id = a.identity_id
    WHERE g.id IN (SELECT value FROM json_each(${JSON.stringify(grantIds)}))`.execute(queries)
  return new Map(rows.map((row) => [row.grant_id, row]))
}

export type NewItem = Omit<ItemRow, 'ease' | 'ease_reason'> & Partial<Pick<ItemRow, 'ease' | 'ease_reason'>>

/** The id the next item gets; stays true until the transaction that asked for it ends. */
export async function nextItemId(queries: Queries): Promise<number> {
  const row = await queries.selectFrom('review_item').select((eb) => eb.fn.max('id').as('id')).executeTakeFirst()
  return (row?.id ?? 0) + 1
}

/** Inserts in the given order, and gives each to its reviewer as of the event `sinceSeq`. */
export async function insertItems(queries: Queries, items: readonly NewItem[], sinceSeq: number): Promise<void> {
  // 42 columns a row: 100 rows stay well under SQLite's limit of bound values.
  for (let from = 0; from < items.length; from += 100) {
    const rows = items.slice(from, from + 100)
    await queries.insertInto('review_item').values(rows).execute()
    await queries
      .insertInto('assignment')
      .values(rows.map((row) => ({ item_id: row.id, campaign_id: row.campaign_id, reviewer_id: row.reviewer_id, basis: row.basis, since_seq: sinceSeq })))
      .execute()
  }
}

export async function itemById(queries: Queries, id: number): Promise<ItemRow | undefined> {
  return queries.selectFrom('review_item').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function itemsByIds(queries: Queries, ids: readonly number[]): Promise<readonly ItemRow[]> {
  return queries.selectFrom('review_item').selectAll().where('id', 'in', ids).execute()
}

export interface QueueRow {
  readonly id: number
  readonly n: number
  readonly identity_id: number | null
  readonly account_id: number
  readonly subject_name: string
  readonly subject_title: string | null
  readonly subject_department: string | null
  readonly subject_kind: string
  readonly entitlement_name: string
  readonly application: string
  readonly privilege: string
  readonly risk: string
  readonly advice: string
  readonly is_flagged: number
  readonly hide_advice: number
  readonly outcome: string | null
  readonly signed_off_seq: number | null
}

/** Items after the place `after`; `limit` null = all of them. */
export interface QueuePage { readonly after: number; readonly limit: number | null }
export const wholeQueue: QueuePage = { after: 0, limit: null }

/** A share of a campaign this large is read along the queue rather than item by item. */
const largeShare = 2_000

export async function hasLargeShare(queries: Queries, campaignId: number, reviewerId: number): Promise<boolean> {
  const { rows: [share] } = await sql<{ isLarge: number }>`SELECT count(*) > ${largeShare} AS isLarge FROM (SELECT 1 FROM assignment
    WHERE campaign_id = ${campaignId} AND reviewer_id = ${reviewerId} AND is_superseded = 0 LIMIT ${largeShare + 1})`.execute(queries)
  return share?.isLarge === 1
}

/** A reviewer's items, riskiest first. */
export async function queueOf(queries: Queries, campaignId: number, reviewerId: number, page: QueuePage = wholeQueue): Promise<readonly QueueRow[]> {
  const columns = sql`i.id, i.n, i.identity_id, i.account_id, i.subject_name, i.subject_title, i.subject_department, i.subject_kind, i.entitlement_name,
    i.application, i.privilege, i.risk, i.advice, i.is_flagged, i.hide_advice, d.outcome, d.signed_off_seq`
  // CROSS JOIN is SQLite's way of fixing which side is walked: the queue's index for a large share, the person's assignments for a small one.
  const from = (await hasLargeShare(queries, campaignId, reviewerId))
    ? sql`review_item AS i INDEXED BY review_item_queue CROSS JOIN assignment AS a ON a.item_id = i.id`
    : sql`assignment AS a CROSS JOIN review_item AS i ON i.id = a.item_id`
  const { rows } = await sql<QueueRow>`
    SELECT ${columns} FROM ${from} LEFT JOIN decision AS d ON d.item_id = i.id
    WHERE i.campaign_id = ${campaignId} AND a.campaign_id = ${campaignId} AND a.reviewer_id = ${reviewerId} AND a.is_superseded = 0 AND i.n > ${page.after}
    ORDER BY i.n ${page.limit === null ? sql`` : sql`LIMIT ${page.limit}`}`.execute(queries)
  return rows
}

/** How many hold the same entitlement in the open inventory. */
export async function holdersOf(queries: Queries, entitlementId: number): Promise<number> {
  const row = await queries
    .selectFrom('access_grant')
    .select((eb) => eb.fn.count<number>('account_id').distinct().as('holders'))
    .where('entitlement_id', '=', entitlementId)
    .where('to_snapshot', 'is', null)
    .executeTakeFirstOrThrow()
  return row.holders
}

export type ItemWithDecision = ItemRow & {
  readonly reviewer: string
  readonly decision: Selectable<DecisionTable> | null
}

/**
 * All items of a campaign by reviewer and person with what was decided: the report's rows. The order is asked for once, the rows
 * page by page, so that the cost grows with the items and memory does not.
 */
export async function* itemsForReport(queries: Queries, campaignId: number): AsyncGenerator<ItemWithDecision> {
  const page = 1_000
  const order = await queries
    .selectFrom('review_item as i')
    .innerJoin('assignment as a', 'a.item_id', 'i.id')
    .innerJoin('person as p', 'p.id', 'a.reviewer_id')
    .select(['i.id', 'p.email as reviewer'])
    .where('i.campaign_id', '=', campaignId)
    .orderBy('p.email')
    .orderBy('i.subject_name')
    .orderBy('i.id')
    .execute()
  for (let from = 0; from < order.length; from += page) {
    const part = order.slice(from, from + page)
    const ids = part.map((row) => row.id)
    const items = new Map((await queries.selectFrom('review_item').selectAll().where('id', 'in', ids).execute()).map((row) => [row.id, row]))
    const decisions = new Map((await queries.selectFrom('decision').selectAll().where('item_id', 'in', ids).execute()).map((row) => [row.item_id, row]))
    for (const { id, reviewer } of part) {
      const item = items.get(id)
      if (item !== undefined) yield { ...item, reviewer, decision: decisions.get(id) ?? null }
    }
  }
}

export interface ItemTitle { readonly subjectName: string; readonly entitlementName: string; readonly application: string; readonly advice: string }

export async function itemTitles(queries: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, ItemTitle>> {
  const { rows } = await sql<ItemTitle & { id: number }>`
    SELECT id, subject_name AS subjectName, entitlement_name AS entitlementName, application, advice FROM review_item
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`.execute(queries)
  return new Map(rows.map(({ id, ...title }) => [id, title]))
}

/** A campaign's items riskiest first, in pages. */
export async function* itemPages(queries: Queries, campaignId: number, page: number): AsyncGenerator<readonly ItemRow[]> {
  let after = 0
  for (;;) {
    const rows = await queries
      .selectFrom('review_item').selectAll().where('campaign_id', '=', campaignId).where('n', '>', after).orderBy('n').limit(page).execute()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) return
    after = last.n
  }
}
