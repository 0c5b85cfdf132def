import { sql } from 'kysely'
import type { EntitlementName, HeldSide, TaggedEntitlement } from '../../shared/model/policy.ts'
import type { Queries, Store } from './database.ts'

/** A current entitlement as rules may name it: the store's id, the source's own, and the tags an officer gave it. */
export interface CatalogueRow extends EntitlementName {
  readonly tags: readonly string[]
}

/** Everything that can be held now in the sources that are connected, by id. */
export async function policyCatalogue(queries: Queries): Promise<readonly CatalogueRow[]> {
  const rows = await queries.selectFrom('entitlement as e').innerJoin('source as s', 's.id', 'e.source_id')
    .where('e.to_snapshot', 'is', null).where('s.removed_at', 'is', null)
    .select(['e.id', 'e.native_id as nativeId', 'e.name', 'e.application', 's.name as source']).orderBy('e.id').execute()
  const tags = new Map<string, string[]>()
  for (const row of await queries.selectFrom('entitlement_tag').select(['source', 'native_id', 'tag']).orderBy('tag').execute()) {
    const key = `${row.source}\n${row.native_id}`
    const there = tags.get(key)
    if (there === undefined) tags.set(key, [row.tag])
    else there.push(row.tag)
  }
  return rows.map((row) => ({ ...row, tags: tags.get(`${row.source}\n${row.nativeId}`) ?? [] }))
}

/** Who holds what now: one row per subject and entitlement. Subjects of accounts nobody owns are minus the account's id. */
export interface HoldingRow { readonly subject: number; readonly entitlement: number }

/** Current holders of these entitlements, streamed by subject; every path and account counts, each right once. */
export function holdingsOf(store: Store, entitlements: readonly number[]): IterableIterator<HoldingRow> {
  return store.sqlite.prepare<[string], HoldingRow>(`
    SELECT DISTINCT coalesce(a.identity_id, -a.id) AS subject, g.entitlement_id AS entitlement
    FROM json_each(?) AS wanted
    JOIN access_grant AS g ON g.entitlement_id = wanted.value AND g.to_snapshot IS NULL
    JOIN account AS a ON a.id = g.account_id
    ORDER BY subject, entitlement`).iterate(JSON.stringify(entitlements))
}

export interface SubjectName { readonly subject: number; readonly name: string; readonly department: string | null }

/** What subjects are called: people by their names, accounts nobody owns by their login. */
export async function namesOfSubjects(queries: Queries, subjects: readonly number[]): Promise<ReadonlyMap<number, SubjectName>> {
  const { rows } = await sql<SubjectName>`
    SELECT i.id AS subject, i.display_name AS name, i.department FROM identity AS i
    WHERE i.id IN (SELECT value FROM json_each(${JSON.stringify(subjects.filter((one) => one > 0))}))
    UNION ALL
    SELECT -a.id, a.native_id, NULL FROM account AS a
    WHERE a.id IN (SELECT -value FROM json_each(${JSON.stringify(subjects.filter((one) => one < 0))}))`.execute(queries)
  return new Map(rows.map((row) => [row.subject, row]))
}

/**
 * How each of these subjects came by each of these rights. A right held several ways is told the shortest: directly before through a
 * group, else the shortest path.
 */
export async function waysHeld(
  queries: Queries, wanted: readonly { readonly subject: number; readonly entitlement: number }[],
): Promise<ReadonlyMap<string, HeldSide>> {
  const pairs = JSON.stringify(wanted.map(({ subject, entitlement }) => [subject, entitlement]))
  const { rows } = await sql<HeldSide & { subject: number }>`
    SELECT pair.value ->> 0 AS subject, e.id AS entitlementId, e.native_id AS nativeId, e.name, e.application, s.name AS source,
      a.native_id AS account, g.path
    FROM json_each(${pairs}) AS pair
    JOIN account AS a ON (pair.value ->> 0 > 0 AND a.identity_id = pair.value ->> 0) OR (pair.value ->> 0 < 0 AND a.id = -(pair.value ->> 0))
    JOIN access_grant AS g ON g.account_id = a.id AND g.entitlement_id = pair.value ->> 1 AND g.to_snapshot IS NULL
    JOIN entitlement AS e ON e.id = g.entitlement_id
    JOIN source AS s ON s.id = e.source_id
    ORDER BY g.path <> 'direct' DESC, length(g.path) DESC, a.native_id DESC`.execute(queries)
  return new Map(rows.map(({ subject, ...way }) => [`${subject} ${way.entitlementId}`, way]))
}

/** Every tag an officer has given, by tag; `entitlementId` only of those that exist now. */
export async function taggedEntitlements(queries: Queries, tag: string | null): Promise<TaggedEntitlement[]> {
  let query = queries.selectFrom('entitlement_tag as t').innerJoin('source as s', 's.name', 't.source')
    .innerJoin('entitlement as e', (join) => join.onRef('e.source_id', '=', 's.id').onRef('e.native_id', '=', 't.native_id'))
    .where('s.removed_at', 'is', null).where('e.to_snapshot', 'is', null)
  if (tag !== null) query = query.where('t.tag', '=', tag)
  return query.select([
    'e.id as entitlementId', 'e.native_id as nativeId', 'e.name', 'e.application', 's.name as source', 't.tag', 't.assigned_by as by', 't.assigned_at as at',
  ]).orderBy('t.tag').orderBy('e.name').orderBy('e.id').execute()
}

export interface TagKey { readonly source: string; readonly nativeId: string; readonly tag: string }

/** True if the right did not carry it before. */
export async function insertTag(queries: Queries, key: TagKey & { readonly by: string; readonly at: string }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await queries.insertInto('entitlement_tag')
    .values({ source: key.source, native_id: key.nativeId, tag: key.tag, assigned_by: key.by, assigned_at: key.at })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** True if the right carried it. */
export async function deleteTag(queries: Queries, key: TagKey): Promise<boolean> {
  const { numDeletedRows } = await queries.deleteFrom('entitlement_tag')
    .where('source', '=', key.source).where('native_id', '=', key.nativeId).where('tag', '=', key.tag).executeTakeFirst()
  return numDeletedRows > 0n
}
