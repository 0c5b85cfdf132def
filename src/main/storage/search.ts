import { sql } from 'kysely'
import { account as accountModel, identity as identityModel } from '../../shared/model/identity.ts'
import type { Account, HrEvent, Identity } from '../../shared/model/identity.ts'
import { entitlement as entitlementModel, type Entitlement } from '../../shared/model/entitlement.ts'
import { nameIndex, suggestMatches, type Suggestion } from '../core/inventory/suggest-match.ts'
import { hrHistory } from './hr-history.ts'
import type { Queries } from './database.ts'

export interface Page { readonly from: number; readonly limit: number }

const identityColumns = [
  'identity.id', 'identity.kind', 'identity.display_name as displayName', 'identity.email', 'identity.employee_id as employeeId',
  'identity.status',
  'identity.title', 'identity.department', 'identity.division', 'identity.cost_center as costCenter', 'identity.location',
  'identity.manager_id as managerId', 'identity.hire_date as hireDate', 'identity.termination_date as terminationDate',
] as const

const accountColumns = [
  'account.id', 'account.source_id as sourceId', 'account.native_id as nativeId', 'account.display_name as displayName', 'account.email',
  'account.employee_id as employeeId', 'account.kind', 'account.is_enabled as enabled', 'account.identity_id as identityId',
  'account.link_reason as linkReason',
] as const

const entitlementColumns = [
  'entitlement.id', 'entitlement.source_id as sourceId', 'entitlement.native_id as nativeId', 'entitlement.name', 'entitlement.application',
  'entitlement.description', 'entitlement.owner_email as ownerEmail', 'entitlement.privilege', 'entitlement.risk',
] as const

function toAccount({ enabled, ...row }: { enabled: number | null; [column: string]: unknown }): Account {
  return accountModel.parse({ ...row, isEnabled: enabled === null ? null : enabled === 1 })
}

export async function identityById(queries: Queries, id: number): Promise<Identity | undefined> {
  const row = await queries.selectFrom('identity').select(identityColumns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : identityModel.parse(row)
}

export async function accountById(queries: Queries, id: number): Promise<Account | undefined> {
  const row = await queries.selectFrom('account').select(accountColumns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toAccount(row)
}

export interface SearchResult {
  readonly identities: Identity[]
  readonly entitlements: (Entitlement & { holders: number })[]
  readonly accounts: Account[]
}

/** Whatever is current and has the text in a name, id or address, wherever it stands in it; an empty text finds everything. */
export async function searchInventory(queries: Queries, input: Page & { readonly text: string }): Promise<SearchResult> {
  const pattern = `%${input.text.trim().replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  const like = (column: string) => sql<boolean>`${sql.ref(column)} LIKE ${pattern} ESCAPE '\\'`
  const identities = await queries
    .selectFrom('identity').select(identityColumns)
    // An identity that stood for an account which has since been linked to a person is nobody any more.
    .where((eb) => eb.or([
      eb('origin', 'like', 'hr:%'),
      eb.exists(eb.selectFrom('account').select('account.id').whereRef('account.identity_id', '=', 'identity.id')),
    ]))
    .where((eb) => eb.or(['display_name', 'email', 'employee_id', 'department'].map((column) => like(`identity.${column}`))))
    .orderBy('identity.display_name').orderBy('identity.id').limit(input.limit).offset(input.from).execute()
  const found = queries
    .selectFrom('entitlement').select(entitlementColumns).where('entitlement.to_snapshot', 'is', null)
    .where((eb) => eb.or(['name', 'native_id', 'application', 'description'].map((column) => like(`entitlement.${column}`))))
    .orderBy('entitlement.name').orderBy('entitlement.id').limit(input.limit).offset(input.from)
  // Holders are counted for the page alone: beside the search they would be counted for everything found before it is sorted.
  const entitlements = await queries
    .selectFrom(found.as('found')).selectAll('found')
    .select((eb) =>
      eb.selectFrom('access_grant').select((inner) => inner.fn.count<number>('access_grant.account_id').distinct().as('n'))
        .whereRef('access_grant.entitlement_id', '=', 'found.id').where('access_grant.to_snapshot', 'is', null).as('holders'))
    .orderBy('found.name').orderBy('found.id').execute()
  const accounts = await queries
    .selectFrom('account').select(accountColumns).where('account.to_snapshot', 'is', null)
    .where((eb) => eb.or([like('account.native_id'), like('account.display_name'), like('account.email')]))
    .orderBy('account.native_id').orderBy('account.id').limit(input.limit).offset(input.from).execute()
  return {
    identities: identities.map((row) => identityModel.parse(row)),
    entitlements: entitlements.map((row) => ({ ...entitlementModel.parse(row), holders: row.holders ?? 0 })),
    accounts: accounts.map(toAccount),
  }
}

export interface PersonAccess {
  readonly grantId: number
  readonly account: string
  readonly source: string
  readonly entitlement: Entitlement
  readonly path: string
  readonly grantedAt: string | null
  readonly lastUsed: string | null
}

export interface PersonDetail {
  readonly identity: Identity
  readonly manager: Identity | null
  readonly accounts: Account[]
  readonly access: PersonAccess[]
  readonly history: HrEvent[]
}

/** An identity with its current accounts and access, and what HR reported of it, newest first. */
export async function personDetail(queries: Queries, identityId: number): Promise<PersonDetail | undefined> {
  const identity = await identityById(queries, identityId)
  if (identity === undefined) return undefined
  const manager = identity.managerId === null ? undefined : await identityById(queries, identity.managerId)
  const accounts = await queries
    .selectFrom('account').select(accountColumns).where('account.identity_id', '=', identityId).where('account.to_snapshot', 'is', null)
    .orderBy('account.native_id').execute()
  const access = await queries
    .selectFrom('access_grant').innerJoin('account', 'account.id', 'access_grant.account_id')
    .innerJoin('entitlement', 'entitlement.id', 'access_grant.entitlement_id').innerJoin('source', 'source.id', 'account.source_id')
    .select(entitlementColumns)
    .select([
      'access_grant.id as grantId', 'account.native_id as account', 'source.name as source', 'access_grant.path',
      'access_grant.granted_at as grantedAt',
      'access_grant.last_used as lastUsed',
    ])
    .where('account.identity_id', '=', identityId).where('access_grant.to_snapshot', 'is', null)
    .orderBy('entitlement.application').orderBy('entitlement.name').orderBy('access_grant.id').execute()
  return {
    identity,
    manager: manager ?? null,
    accounts: accounts.map(toAccount),
    access: access.map(({ grantId, account, source, path, grantedAt, lastUsed, ...row }) => ({
      grantId, account, source, entitlement: entitlementModel.parse(row), path, grantedAt, lastUsed,
    })),
    history: identity.employeeId === null ? [] : await hrHistory(queries, identity.employeeId),
  }
}

export interface OrphanAccount extends Account {
  readonly source: string
  readonly grants: number
  readonly suggestions: Suggestion[]
}

/** Current accounts that belong to nobody, those with most access first, with people whose names come near. */
export async function orphanAccounts(queries: Queries, page: Page): Promise<{ total: number; accounts: OrphanAccount[] }> {
  const orphans = queries.selectFrom('account').where('account.identity_id', 'is', null).where('account.to_snapshot', 'is', null)
  const { total } = await orphans.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await orphans
    .innerJoin('source', 'source.id', 'account.source_id').select(accountColumns).select('source.name as source')
    .select((eb) =>
      eb.selectFrom('access_grant').select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('access_grant.account_id', '=', 'account.id').where('access_grant.to_snapshot', 'is', null).as('grants'))
    .orderBy('grants', 'desc').orderBy('account.native_id').orderBy('account.id').limit(page.limit).offset(page.from).execute()
  if (rows.length === 0) return { total, accounts: [] }
  const people = nameIndex(
    await queries.selectFrom('identity').select(['id as identityId', 'display_name as displayName', 'email'])
      .where('origin', 'like', 'hr:%').execute(),
  )
  return {
    total,
    accounts: rows.map(({ source, grants, ...row }) => {
      const account = toAccount(row)
      return { ...account, source, grants: grants ?? 0, suggestions: [...suggestMatches(account, people)] }
    }),
  }
}

/** How many people HR says there are now, by status, gone ones included. */
export async function hrHeadcount(queries: Queries): Promise<Record<Identity['status'], number>> {
  const rows = await queries
    .selectFrom('identity').select('status').select((eb) => eb.fn.countAll<number>().as('n'))
    .where('origin', 'like', 'hr:%').groupBy('status').execute()
  const counts: Record<Identity['status'], number> = { active: 0, 'on-leave': 0, inactive: 0, gone: 0, unknown: 0 }
  for (const { status, n } of rows) counts[identityModel.shape.status.parse(status)] = n
  return counts
}
