import { sql } from 'kysely'
import { z } from 'zod'
import { entitlementTrait, type EntitlementTrait } from '../../shared/model/live-source.ts'
import type { Entitlement } from '../../shared/model/entitlement.ts'
import type { Identity } from '../../shared/model/identity.ts'
import { stepNames } from './access-rows.ts'
import type { Queries } from './database.ts'
import {
  entitlementColumns, identitiesById, identityColumns, shownAccountColumns, toEntitlement, toIdentity, toShownAccount, type Page, type ShownAccount,
} from './inventory-rows.ts'
import type { Confirmation } from './person-detail.ts'
import { isHit, searchTextOf } from './search-text.ts'
import { readEntitlements, type EntitlementRow } from './search.ts'

export interface EntitlementFacts {
  readonly entitlement: Entitlement
  readonly source: string
  readonly traits: EntitlementTrait[]
  readonly tags: string[]
  readonly owner: Identity | null
  readonly described: Confirmation | null
  readonly isCurrent: boolean
  readonly holders: number
  readonly indirect: number
}

export async function entitlementDetail(queries: Queries, id: number): Promise<EntitlementFacts | undefined> {
  const row = await queries.selectFrom('entitlement').innerJoin('source', 'source.id', 'entitlement.source_id')
    .select(entitlementColumns).select(['entitlement.traits', 'entitlement.to_snapshot as gone', 'source.name as source'])
    .where('entitlement.id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  const entitlement = toEntitlement(row)
  const words = await queries.selectFrom('entitlement_description').selectAll()
    .where('source', '=', row.source).where('native_id', '=', row.nativeId).executeTakeFirst()
  const tags = await queries.selectFrom('entitlement_tag').select('tag').where('source', '=', row.source)
    .where('native_id', '=', row.nativeId).orderBy('tag').execute()
  const { rows: [counts] } = await sql<{ holders: number; indirect: number }>`
    SELECT (SELECT count(DISTINCT account_id) FROM access_grant WHERE entitlement_id = ${id} AND to_snapshot IS NULL) AS holders,
      (SELECT count(*) FROM access_grant WHERE entitlement_id = ${id} AND to_snapshot IS NULL AND path <> 'direct') AS indirect`.execute(queries)
  const ownerKey = row.ownerEmail?.normalize('NFKC').trim().toLowerCase()
  const owner = ownerKey === undefined ? undefined
    : await queries.selectFrom('identity').select(identityColumns).where('email_key', '=', ownerKey).orderBy('id').limit(1).executeTakeFirst()
  return {
    entitlement, source: row.source, traits: z.array(entitlementTrait).parse(JSON.parse(row.traits)), tags: tags.map(({ tag }) => tag),
    owner: owner === undefined ? null : toIdentity(owner),
    described: words === undefined || words.description !== row.description ? null : { by: words.described_by, at: words.described_at },
    isCurrent: row.gone === null, holders: counts?.holders ?? 0, indirect: counts?.indirect ?? 0,
  }
}

export interface HolderRow {
  readonly grantId: number
  readonly account: ShownAccount
  readonly identity: Identity | null
  readonly path: string
  readonly via: string[]
  readonly grantedAt: string | null
  readonly expiresAt: string | null
  readonly lastUsed: string | null
}

/** More holders than this are not put into order by name: reading every name would hold up everybody else's screens. */
const mostSorted = 5_000

/** A page of who holds an entitlement now, by name while that is affordable, else by account number; `text` as in the search. */
export async function holdersPage(
  queries: Queries, input: Page & { readonly entitlementId: number; readonly text: string },
): Promise<{ total: number; isSorted: boolean; holders: HolderRow[] }> {
  const text = searchTextOf(input.text)
  let held = queries.selectFrom('access_grant').where('access_grant.entitlement_id', '=', input.entitlementId).where('access_grant.to_snapshot', 'is', null)
  if (text.text !== '') held = held.where('access_grant.account_id', 'in', foundHolders(text))
  const { total } = await held.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const isSorted = total <= mostSorted
  const page = isSorted
    ? held.innerJoin('account', 'account.id', 'access_grant.account_id').leftJoin('identity', 'identity.id', 'account.identity_id').select('access_grant.id')
      .orderBy(sql`coalesce(identity.display_name, account.display_name, account.login, account.native_id) COLLATE NOCASE`).orderBy('access_grant.id')
    : held.select('access_grant.id').orderBy('access_grant.account_id').orderBy('access_grant.id')
  const ids = (await page.limit(input.limit).offset(input.from).execute()).map(({ id }) => id)
  return { total, isSorted, holders: await readHolders(queries, ids) }
}

/** Accounts of which the text, or the person behind which, is found. */
function foundHolders(text: ReturnType<typeof searchTextOf>) {
  const words = text.match === null ? { ...text, match: null } : text
  const columns = (table: string, ...names: readonly string[]) => names.map((name) => sql.ref(`${table}.${name}`))
  const begins = `${text.text}\u{10ffff}`
  if (words.match === null) {
    return sql<number>`(SELECT a.id FROM account a LEFT JOIN identity i ON i.id = a.identity_id
      WHERE (coalesce(i.display_name, a.display_name) >= ${text.text} COLLATE NOCASE AND coalesce(i.display_name, a.display_name) < ${begins} COLLATE NOCASE)
        OR (coalesce(a.login, a.native_id) >= ${text.text} COLLATE NOCASE AND coalesce(a.login, a.native_id) < ${begins} COLLATE NOCASE))`
  }
  return sql<number>`(SELECT account.id FROM account
      WHERE ${isHit('account_search', sql.ref('account.id'), columns('account', 'native_id', 'login', 'display_name', 'email', 'employee_id'), words)}
    UNION SELECT account.id FROM identity JOIN account ON account.identity_id = identity.id
      WHERE ${isHit('identity_search', sql.ref('identity.id'), columns('identity', 'display_name', 'email', 'employee_id', 'title', 'department'), words)})`
}

async function readHolders(queries: Queries, ids: readonly number[]): Promise<HolderRow[]> {
  if (ids.length === 0) return []
  const rows = await queries
    .selectFrom('access_grant').innerJoin('account', 'account.id', 'access_grant.account_id').innerJoin('source', 'source.id', 'account.source_id')
    .select(shownAccountColumns)
    .select(['access_grant.id as grantId', 'access_grant.path', 'access_grant.granted_at as grantedAt', 'access_grant.expires_at as expiresAt',
      'access_grant.last_used as lastUsed'])
    .where('access_grant.id', 'in', sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`).execute()
  const identities = await identitiesById(queries, rows.flatMap(({ identityId }) => identityId ?? []))
  const via = await stepNames(queries, rows)
  const byGrant = new Map(rows.map(({ grantId, path, grantedAt, expiresAt, lastUsed, ...row }) => [grantId, {
    grantId, account: toShownAccount(row), identity: row.identityId === null ? null : (identities.get(row.identityId) ?? null), path,
    via: via({ sourceId: row.sourceId, path }), grantedAt, expiresAt, lastUsed,
  }]))
  return ids.flatMap((id) => byGrant.get(id) ?? [])
}

/** Current entitlements without a description, the riskiest first; holders are counted for the page alone. */
export async function undescribedPage(queries: Queries, page: Page): Promise<{ total: number; entitlements: EntitlementRow[] }> {
  const missing = queries.selectFrom('entitlement').where('to_snapshot', 'is', null).where((eb) => eb.or([eb('description', 'is', null), eb('description', '=', '')]))
  const { total } = await missing.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await missing.select('id')
    .orderBy(sql`CASE risk WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END`)
    .orderBy(sql`CASE privilege WHEN 'admin' THEN 0 WHEN 'elevated' THEN 1 ELSE 2 END`).orderBy('name').orderBy('id')
    .limit(page.limit).offset(page.from).execute()
  return { total, entitlements: await readEntitlements(queries, rows.map(({ id }) => id)) }
}

/** The officer's words for an entitlement, in place of nothing. Null takes them back. */
export async function saveDescription(
  queries: Queries, { source, nativeId }: { readonly source: string; readonly nativeId: string }, entitlementId: number,
  words: { readonly description: string; readonly by: string; readonly at: string } | null,
): Promise<void> {
  if (words === null) {
    await queries.deleteFrom('entitlement_description').where('source', '=', source).where('native_id', '=', nativeId).execute()
  } else {
    const values = { description: words.description, described_by: words.by, described_at: words.at }
    await queries.insertInto('entitlement_description').values({ source, native_id: nativeId, ...values })
      .onConflict((conflict) => conflict.columns(['source', 'native_id']).doUpdateSet(values)).execute()
  }
  await queries.updateTable('entitlement').set({ description: words?.description ?? null }).where('id', '=', entitlementId).execute()
}
