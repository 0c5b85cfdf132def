import { sql, type RawBuilder } from 'kysely'
import type { Identity } from '../../shared/model/identity.ts'
import type { Entitlement } from '../../shared/model/entitlement.ts'
import type { Queries } from './database.ts'
import {
  accountName, entitlementColumns, holdersOf, identityColumns, shownAccountColumns, toEntitlement, toIdentity, toShownAccount, type Page, type ShownAccount,
} from './inventory-rows.ts'
import { beginsWith, isHit, searchTextOf, type SearchText } from './search-text.ts'

export interface EntitlementRow extends Entitlement {
  readonly source: string
  /** Accounts that hold it now. */
  readonly holders: number
}

export interface SearchResult {
  readonly identities: Identity[]
  readonly entitlements: EntitlementRow[]
  readonly accounts: ShownAccount[]
  readonly more: { readonly identities: boolean; readonly entitlements: boolean; readonly accounts: boolean }
}

export type SearchGroup = 'all' | keyof SearchResult['more']

type Ids = readonly number[]

/**
 * Whatever is current and has every word of the text in a name, id or address; what begins with the text comes first, then by name. An
 * empty text finds everything. Each group is found by its own indexes and only the page is read in full: no list is scanned.
 */
export async function searchInventory(queries: Queries, input: Page & { readonly text: string; readonly of: SearchGroup }): Promise<SearchResult> {
  const text = searchTextOf(input.text)
  const wanted = (group: SearchGroup): boolean => input.of === 'all' || input.of === group
  const find = async (group: keyof typeof finders): Promise<Found> => (wanted(group) ? pageOf(queries, finders[group], text, input) : { ids: [], more: false })
  const [identities, entitlements, accounts] = [await find('identities'), await find('entitlements'), await find('accounts')]
  return {
    identities: await readIdentities(queries, identities.ids),
    entitlements: await readEntitlements(queries, entitlements.ids),
    accounts: await readAccounts(queries, accounts.ids),
    more: { identities: identities.more, entitlements: entitlements.more, accounts: accounts.more },
  }
}

/** How one group is found. `starts`: what a text may begin; the first of them is also the order. */
interface Finder {
  readonly table: 'identity' | 'account' | 'entitlement'
  readonly starts: readonly RawBuilder<unknown>[]
  readonly columns: readonly RawBuilder<unknown>[]
  readonly isCurrent: RawBuilder<boolean>
}

const refs = (table: string, ...columns: readonly string[]): RawBuilder<unknown>[] => columns.map((column) => sql.ref(`${table}.${column}`))

const finders = {
  identities: {
    table: 'identity',
    starts: [sql`identity.display_name COLLATE NOCASE`],
    columns: refs('identity', 'display_name', 'email', 'employee_id', 'title', 'department'),
    // An identity that stood for an account which has since been linked to a person is nobody any more.
    isCurrent: sql<boolean>`(identity.origin LIKE 'hr:%' OR EXISTS (SELECT 1 FROM account WHERE account.identity_id = identity.id))`,
  },
  accounts: {
    table: 'account',
    starts: [accountName],
    columns: refs('account', 'native_id', 'login', 'display_name', 'email', 'employee_id'),
    isCurrent: sql<boolean>`account.to_snapshot IS NULL`,
  },
  entitlements: {
    table: 'entitlement',
    starts: [sql`entitlement.name COLLATE NOCASE`],
    columns: refs('entitlement', 'name', 'native_id', 'application', 'description'),
    isCurrent: sql<boolean>`entitlement.to_snapshot IS NULL`,
  },
} as const satisfies Record<string, Finder>

interface Found { readonly ids: Ids; readonly more: boolean }

/**
 * One page of ids: first those whose name begins with the text, walked in the name's own index; then the other hits. Counting the first
 * part is needed only where the page reaches beyond it.
 */
async function pageOf(queries: Queries, { table, starts: [name], columns, isCurrent }: Finder, text: SearchText, page: Page): Promise<Found> {
  if (name === undefined) throw new Error(`${table} has no name to be found by`)
  const id = sql.ref(`${table}.id`)
  const wanted = page.limit + 1
  const ids = async (condition: RawBuilder<boolean>, from: number, limit: number): Promise<Ids> => {
    const { rows } = await sql<{ id: number }>`
      SELECT ${id} AS id FROM ${sql.table(table)} WHERE ${condition} AND ${isCurrent} ORDER BY ${name}, ${id} LIMIT ${limit} OFFSET ${from}`.execute(queries)
    return rows.map((row) => row.id)
  }
  const cut = (found: Ids): Found => ({ ids: found.slice(0, page.limit), more: found.length > page.limit })
  if (text.text === '') return cut(await ids(sql<boolean>`true`, page.from, wanted))
  const starting = beginsWith(name, text.text)
  const first = await ids(starting, page.from, wanted)
  if (first.length >= wanted || text.match === null) return cut(first)
  const before = first.length > 0 || page.from === 0 ? page.from + first.length : await countOf(queries, table, sql<boolean>`${starting} AND ${isCurrent}`)
  const hit = isHit(`${table}_search`, id, columns, text)
  const others = await ids(sql<boolean>`${hit} AND NOT ${starting}`, Math.max(0, page.from - before), wanted - first.length)
  return cut([...first, ...others])
}

async function countOf(queries: Queries, table: string, condition: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)} WHERE ${condition}`.execute(queries)
  return rows[0]?.n ?? 0
}

/** The ids as a table, in one parameter whatever their number. */
const listed = (ids: Ids): RawBuilder<number> => sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`

function inOrder<T extends { readonly id: number }>(ids: Ids, rows: readonly T[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function readIdentities(queries: Queries, ids: Ids): Promise<Identity[]> {
  if (ids.length === 0) return []
  return inOrder(ids, (await queries.selectFrom('identity').select(identityColumns).where('id', 'in', listed(ids)).execute()).map(toIdentity))
}

export async function readEntitlements(queries: Queries, ids: Ids): Promise<EntitlementRow[]> {
  if (ids.length === 0) return []
  const found = queries.selectFrom('entitlement').innerJoin('source', 'source.id', 'entitlement.source_id')
    .select(entitlementColumns).select('source.name as source').where('entitlement.id', 'in', listed(ids))
  const rows = await queries.selectFrom(found.as('found')).selectAll('found').select(holdersOf).execute()
  return inOrder(ids, rows.map((row) => ({ ...toEntitlement(row), source: row.source, holders: row.holders ?? 0 })))
}

async function readAccounts(queries: Queries, ids: Ids): Promise<ShownAccount[]> {
  if (ids.length === 0) return []
  const rows = await queries.selectFrom('account').innerJoin('source', 'source.id', 'account.source_id')
    .select(shownAccountColumns).where('account.id', 'in', listed(ids)).execute()
  return inOrder(ids, rows.map(toShownAccount))
}
