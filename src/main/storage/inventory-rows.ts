import { sql, type ExpressionBuilder } from 'kysely'
import { account as accountModel, identity as identityModel, type Account, type Identity } from '../../shared/model/identity.ts'
import { entitlement as entitlementModel, type Entitlement } from '../../shared/model/entitlement.ts'
import type { Queries } from './database.ts'
import type { Tables } from './tables.ts'

export interface Page { readonly from: number; readonly limit: number }

/** An account with its source's name, and its login where its id is nothing people would recognise. */
export interface ShownAccount extends Account {
  readonly source: string
  readonly login: string | null
}

export const identityColumns = [
  'identity.id', 'identity.kind', 'identity.display_name as displayName', 'identity.email', 'identity.employee_id as employeeId',
  'identity.status', 'identity.title', 'identity.department', 'identity.division', 'identity.cost_center as costCenter',
  'identity.location', 'identity.manager_id as managerId', 'identity.hire_date as hireDate', 'identity.termination_date as terminationDate',
] as const

export const accountColumns = [
  'account.id', 'account.source_id as sourceId', 'account.native_id as nativeId', 'account.display_name as displayName', 'account.email',
  'account.employee_id as employeeId', 'account.kind', 'account.is_enabled as enabled', 'account.identity_id as identityId',
  'account.link_reason as linkReason',
] as const

/** Needs a join with `source`. */
export const shownAccountColumns = [...accountColumns, 'account.login', 'source.name as source'] as const

export const entitlementColumns = [
  'entitlement.id', 'entitlement.source_id as sourceId', 'entitlement.native_id as nativeId', 'entitlement.name', 'entitlement.application',
  'entitlement.description', 'entitlement.owner_email as ownerEmail', 'entitlement.privilege', 'entitlement.risk',
] as const

type AccountRow = { enabled: number | null; [column: string]: unknown }

export function toAccount({ enabled, ...row }: AccountRow): Account {
  return accountModel.parse({ ...row, isEnabled: enabled === null ? null : enabled === 1 })
}

export function toShownAccount(row: AccountRow & { readonly login: string | null; readonly source: string }): ShownAccount {
  return { ...toAccount(row), login: row.login, source: row.source }
}

export function toIdentity(row: { [column: string]: unknown }): Identity {
  return identityModel.parse(row)
}

export function toEntitlement(row: { [column: string]: unknown }): Entitlement {
  return entitlementModel.parse(row)
}

/** What people call an account: its login, else its id. The index `account_by_name` is over exactly this. */
export const accountName = sql<string>`coalesce(account.login, account.native_id) COLLATE NOCASE`

/** How many accounts hold an entitlement now. */
export function holdersOf(eb: ExpressionBuilder<Tables & { found: { id: number } }, 'found'>) {
  return eb.selectFrom('access_grant').select((inner) => inner.fn.count<number>('access_grant.account_id').distinct().as('n'))
    .whereRef('access_grant.entitlement_id', '=', 'found.id').where('access_grant.to_snapshot', 'is', null).as('holders')
}

export async function identityById(queries: Queries, id: number): Promise<Identity | undefined> {
  const row = await queries.selectFrom('identity').select(identityColumns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toIdentity(row)
}

export async function accountById(queries: Queries, id: number): Promise<Account | undefined> {
  const row = await queries.selectFrom('account').select(accountColumns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toAccount(row)
}

/** Identities by their ids, in one question. */
export async function identitiesById(queries: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, Identity>> {
  if (ids.length === 0) return new Map()
  const rows = await queries.selectFrom('identity').select(identityColumns)
    .where('id', 'in', sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`).execute()
  return new Map(rows.map((row) => [row.id, toIdentity(row)]))
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
