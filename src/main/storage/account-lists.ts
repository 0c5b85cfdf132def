import { sql } from 'kysely'
import type { Identity } from '../../shared/model/identity.ts'
import type { NamedPerson } from '../core/inventory/suggest-match.ts'
import type { Queries } from './database.ts'
import { accountName, identitiesById, shownAccountColumns, toShownAccount, type Page, type ShownAccount } from './inventory-rows.ts'
import type { Confirmation } from './person-detail.ts'

export interface OrphanRow extends ShownAccount { readonly grants: number }

/** Up to so many orphans come in order of how much they hold; counting for more would hold up everybody else's screens. */
const mostRanked = 5_000

/** Current accounts that belong to nobody, those with most access first (beyond 5,000 of them: by name). */
export async function orphanPage(queries: Queries, page: Page): Promise<{ total: number; accounts: OrphanRow[] }> {
  const orphans = queries.selectFrom('account').where('account.identity_id', 'is', null).where('account.to_snapshot', 'is', null)
  const { total } = await orphans.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const ranked = orphans
    .innerJoin('source', 'source.id', 'account.source_id').select(shownAccountColumns)
    .select((eb) =>
      eb.selectFrom('access_grant').select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('access_grant.account_id', '=', 'account.id').where('access_grant.to_snapshot', 'is', null).as('grants'))
  const ordered = total <= mostRanked ? ranked.orderBy('grants', 'desc').orderBy('account.native_id') : ranked.orderBy(accountName)
  const rows = await ordered.orderBy('account.id').limit(page.limit).offset(page.from).execute()
  return { total, accounts: rows.map(({ grants, ...row }) => ({ ...toShownAccount(row), grants: grants ?? 0 })) }
}

/** The next people HR reported, by number: what names are held against. */
export async function peopleAfter(queries: Queries, after: number, limit: number): Promise<readonly NamedPerson[]> {
  return queries.selectFrom('identity').select(['id as identityId', 'display_name as displayName', 'email'])
    .where('id', '>', after).where('origin', 'like', 'hr:%').orderBy('id').limit(limit).execute()
}

/** Changes whenever a reading may have changed people: how many runs were taken, and the last of them. */
export async function inventoryVersion(queries: Queries): Promise<string> {
  const { rows: [row] } = await sql<{ n: number; last: number | null }>`SELECT count(*) AS n, max(id) AS last FROM run WHERE state = 'complete'`.execute(queries)
  return `${row?.n ?? 0} ${row?.last ?? 0}`
}

export interface ConfirmedRow { readonly account: ShownAccount; readonly identity: Identity | null; readonly confirmed: Confirmation }

/** Accounts of current sources the officer has matched, the latest word first. */
export async function confirmedPage(queries: Queries, page: Page): Promise<{ total: number; matches: ConfirmedRow[] }> {
  const confirmed = queries.selectFrom('confirmed_match')
    .innerJoin('account', (join) => join.onRef('account.source_id', '=', 'confirmed_match.source_id').onRef('account.native_key', '=', 'confirmed_match.native_key'))
    .innerJoin('source', 'source.id', 'account.source_id').where('source.removed_at', 'is', null)
  const { total } = await confirmed.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await confirmed.select(shownAccountColumns).select(['confirmed_match.confirmed_by as by', 'confirmed_match.confirmed_at as at'])
    .orderBy('confirmed_match.confirmed_at', 'desc').orderBy('account.id').limit(page.limit).offset(page.from).execute()
  const identities = await identitiesById(queries, rows.flatMap(({ identityId }) => identityId ?? []))
  return {
    total,
    matches: rows.map(({ by, at, ...row }) => ({
      account: toShownAccount(row), identity: row.identityId === null ? null : (identities.get(row.identityId) ?? null), confirmed: { by, at },
    })),
  }
}
