import { sql } from 'kysely'
import { z } from 'zod'
import type { Entitlement } from '../../shared/model/entitlement.ts'
import type { HrEvent, Identity } from '../../shared/model/identity.ts'
import { outcome, reasonCode } from '../../shared/model/decision.ts'
import { stepNames } from './access-rows.ts'
import type { Queries } from './database.ts'
import { hrHistory } from './hr-history.ts'
import { entitlementColumns, identityById, shownAccountColumns, toEntitlement, toShownAccount, type Page, type ShownAccount } from './inventory-rows.ts'

export interface Confirmation { readonly by: string; readonly at: string }

export interface PersonAccess {
  readonly grantId: number
  readonly account: string
  readonly source: string
  readonly entitlement: Entitlement
  readonly path: string
  readonly via: string[]
  readonly grantedAt: string | null
  readonly expiresAt: string | null
  readonly lastUsed: string | null
}

export type NamedHrEvent = HrEvent & { readonly fromName: string | null; readonly toName: string | null }

export interface PersonFacts {
  readonly identity: Identity
  readonly manager: Identity | null
  readonly reports: number
  readonly accounts: (ShownAccount & { confirmed: Confirmation | null })[]
  readonly access: PersonAccess[]
  readonly accessTotal: number
  readonly history: NamedHrEvent[]
}

/** An identity with its current accounts and the first of its access, and what HR reported of it, newest first. */
export async function personDetail(queries: Queries, identityId: number, page: Page = { from: 0, limit: 200 }): Promise<PersonFacts | undefined> {
  const identity = await identityById(queries, identityId)
  if (identity === undefined) return undefined
  const manager = identity.managerId === null ? undefined : await identityById(queries, identity.managerId)
  const { reports } = await queries.selectFrom('identity').select((eb) => eb.fn.countAll<number>().as('reports'))
    .where('manager_id', '=', identityId).executeTakeFirstOrThrow()
  const { total, access } = await personAccess(queries, identityId, page)
  return {
    identity, manager: manager ?? null, reports, accounts: await accountsOf(queries, identityId), access, accessTotal: total,
    history: identity.employeeId === null ? [] : await namedHistory(queries, identity.employeeId),
  }
}

async function accountsOf(queries: Queries, identityId: number): Promise<PersonFacts['accounts']> {
  const rows = await queries
    .selectFrom('account').innerJoin('source', 'source.id', 'account.source_id')
    .leftJoin('confirmed_match', (join) =>
      join.onRef('confirmed_match.source_id', '=', 'account.source_id').onRef('confirmed_match.native_key', '=', 'account.native_key'))
    .select(shownAccountColumns).select(['confirmed_match.confirmed_by as by', 'confirmed_match.confirmed_at as at'])
    .where('account.identity_id', '=', identityId).where('account.to_snapshot', 'is', null)
    .orderBy('account.native_id').execute()
  return rows.map(({ by, at, ...row }) => {
    const account = toShownAccount(row)
    // An id or address the account states outweighs the officer's word; then that is the reason, not the word.
    return { ...account, confirmed: by === null || at === null || account.linkReason !== 'confirmed' ? null : { by, at } }
  })
}

/** A page of what an identity holds now through all its accounts, by application and name. */
export async function personAccess(queries: Queries, identityId: number, page: Page): Promise<{ total: number; access: PersonAccess[] }> {
  const held = queries.selectFrom('account').innerJoin('access_grant', 'access_grant.account_id', 'account.id')
    .where('account.identity_id', '=', identityId).where('access_grant.to_snapshot', 'is', null)
  const { total } = await held.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await held
    .innerJoin('entitlement', 'entitlement.id', 'access_grant.entitlement_id').innerJoin('source', 'source.id', 'account.source_id')
    .select(entitlementColumns)
    .select((eb) => [
      'access_grant.id as grantId', eb.fn.coalesce('account.login', 'account.native_id').as('account'), 'source.name as source', 'access_grant.path',
      'access_grant.granted_at as grantedAt', 'access_grant.expires_at as expiresAt', 'access_grant.last_used as lastUsed',
    ])
    .orderBy('entitlement.application').orderBy('entitlement.name').orderBy('access_grant.id').limit(page.limit).offset(page.from).execute()
  const via = await stepNames(queries, rows)
  return {
    total,
    access: rows.map(({ grantId, account, source, path, grantedAt, expiresAt, lastUsed, ...row }) => ({
      grantId, account, source, entitlement: toEntitlement(row), path, via: via({ sourceId: row.sourceId, path }), grantedAt, expiresAt, lastUsed,
    })),
  }
}

/** Managers are employee ids to HR and names to people: looked up together. */
async function namedHistory(queries: Queries, employeeId: string): Promise<NamedHrEvent[]> {
  const events = await hrHistory(queries, employeeId)
  const ids = [...new Set(events.flatMap((event) => (event.attribute === 'manager' ? [event.from, event.to] : [])).filter((id) => id !== null))]
  const rows = ids.length === 0 ? [] : await queries.selectFrom('identity').select(['employee_id', 'display_name']).where('employee_id', 'in', ids)
    .where('origin', 'like', 'hr:%').execute()
  const names = new Map(rows.map((row) => [row.employee_id, row.display_name]))
  const nameOf = (event: HrEvent, id: string | null): string | null => (event.attribute === 'manager' && id !== null ? (names.get(id) ?? null) : null)
  return events.map((event) => ({ ...event, fromName: nameOf(event, event.from), toName: nameOf(event, event.to) }))
}

export interface UsageRow { readonly month: string; readonly application: string; readonly days: number }

/**
 * Sign-ins of an identity's current accounts from a month on. `days` is the month's bitmap, added up per application; `covered` is when
 * any source of such sign-ins was reading, in order of time.
 */
export async function personUsage(
  queries: Queries, identityId: number, fromMonth: string, toMonth: string,
): Promise<{ rows: readonly UsageRow[]; covered: readonly { from: string; to: string }[] }> {
  const { rows } = await sql<UsageRow>`
    WITH login AS (
      SELECT a.source_id, k.key FROM account a LEFT JOIN identity i ON i.id = a.identity_id
      JOIN (SELECT id, native_key AS key FROM account WHERE identity_id = ${identityId}
        UNION SELECT id, login_key FROM account WHERE identity_id = ${identityId} AND login_key IS NOT NULL
        UNION SELECT a2.id, coalesce(a2.email_key, i2.email_key) FROM account a2 JOIN identity i2 ON i2.id = a2.identity_id
          WHERE a2.identity_id = ${identityId}) k ON k.id = a.id
      WHERE a.identity_id = ${identityId} AND k.key IS NOT NULL),
    asked AS (SELECT source_id, key FROM login UNION SELECT 0, key FROM login)
    SELECT u.month, u.application, u.days FROM asked
    CROSS JOIN usage u ON u.accounts_source = asked.source_id AND u.account_key = asked.key
    JOIN source s ON s.id = u.source_id AND s.removed_at IS NULL
    WHERE u.month BETWEEN ${fromMonth} AND ${toMonth}`.execute(queries)
  const covered = await sql<{ from: string; to: string }>`
    SELECT DISTINCT w.from_at AS "from", w.to_at AS "to" FROM usage_window w JOIN source s ON s.id = w.source_id AND s.removed_at IS NULL
    WHERE w.accounts_source = 0 OR w.accounts_source IN (SELECT source_id FROM account WHERE identity_id = ${identityId})
    ORDER BY 1`.execute(queries)
  return { rows, covered: covered.rows }
}

const decisionRow = z.object({ outcome, reasonCode: reasonCode.nullable() })

/** What reviewers decided about an identity's access in any campaign, newest first. */
export async function personDecisions(queries: Queries, identityId: number, limit: number) {
  const rows = await queries
    .selectFrom('review_item').innerJoin('decision', 'decision.item_id', 'review_item.id').innerJoin('campaign', 'campaign.id', 'review_item.campaign_id')
    .select([
      'review_item.id as itemId', 'campaign.id as campaignId', 'campaign.name as campaignName', 'review_item.entitlement_name as entitlementName',
      'review_item.application', 'decision.outcome', 'decision.until', 'decision.reason_code as reasonCode', 'decision.reason_text as reasonText',
      'decision.decided_by as decidedBy', 'decision.decided_at as decidedAt', 'decision.signed_off_seq as signedOffSeq',
    ])
    .where('review_item.identity_id', '=', identityId).orderBy('decision.decided_at', 'desc').orderBy('review_item.id').limit(limit).execute()
  return rows.map(({ campaignId, campaignName, signedOffSeq, ...row }) => ({
    ...row, ...decisionRow.parse(row), campaign: { id: campaignId, name: campaignName }, isSignedOff: signedOffSeq !== null,
  }))
}

/** Everything an identity holds now, each right once, as rules may name it. */
export async function heldRights(queries: Queries, identityId: number) {
  const { rows } = await sql<{ id: number; nativeId: string; source: string; application: string; name: string; tags: string }>`
    SELECT e.id, e.native_id AS nativeId, s.name AS source, e.application, e.name,
      (SELECT json_group_array(t.tag) FROM entitlement_tag t WHERE t.source = s.name AND t.native_id = e.native_id) AS tags
    FROM (SELECT DISTINCT g.entitlement_id AS id FROM account a JOIN access_grant g ON g.account_id = a.id AND g.to_snapshot IS NULL
      WHERE a.identity_id = ${identityId}) held
    JOIN entitlement e ON e.id = held.id JOIN source s ON s.id = e.source_id ORDER BY e.id`.execute(queries)
  return rows.map((row) => ({ ...row, tags: z.array(z.string()).parse(JSON.parse(row.tags)) }))
}

/** Until when each rule's conflict of an identity is accepted, where that is in force on a day. */
export async function exemptionsOf(queries: Queries, identityId: number, asOf: string): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.selectFrom('sod_exemption').select(['rule_id', 'until']).where('identity_id', '=', identityId)
    .where('ended_at', 'is', null).where('until', '>=', asOf).execute()
  return new Map(rows.map((row) => [row.rule_id, row.until]))
}
