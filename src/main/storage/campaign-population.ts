import { sql } from 'kysely'
import type { EmploymentStatus } from '../../shared/model/identity.ts'
import type { ScopedGrant } from '../core/campaign/scope.ts'
import type { Queries, Store } from './database.ts'

/** One grant of the snapshots under review with what scoping and assigning look at. Sorted by grant id. */
export interface PopulationRow extends ScopedGrant {
  readonly grantId: number
  readonly entitlementId: number
  readonly identityId: number | null
  readonly subjectEmail: string | null
  readonly managerId: number | null
}

export interface ReviewerRow {
  readonly identityId: number
  readonly email: string
  readonly name: string
  readonly status: EmploymentStatus
}

/** The latest complete snapshot of each source on or before a day, sources that were removed left out. */
export async function snapshotsAsOf(
  queries: Queries, asOf: string,
): Promise<readonly { id: number; sourceId: number; source: string; sourceKind: string; asOf: string; contentHash: string; grants: number }[]> {
  const { rows } = await sql<{ id: number; sourceId: number; source: string; sourceKind: string; asOf: string; contentHash: string; grants: number }>`
    SELECT s.id, s.source_id AS sourceId, o.name AS source, o.kind AS sourceKind, s.as_of AS asOf, s.content_hash AS contentHash, s.grants
    FROM snapshot s JOIN source o ON o.id = s.source_id
    WHERE o.removed_at IS NULL AND s.id = (SELECT max(t.id) FROM snapshot t WHERE t.source_id = s.source_id AND t.as_of <= ${asOf})
    ORDER BY s.id`.execute(queries)
  return rows
}

const inSnapshots = `
  FROM snapshot s
  JOIN access_grant g ON g.source_id = s.source_id AND g.from_snapshot <= s.id AND (g.to_snapshot IS NULL OR g.to_snapshot > s.id)`

export async function countGrants(queries: Queries, snapshots: readonly number[]): Promise<number> {
  const { rows } = await sql<{ grants: number }>`
    SELECT count(*) AS grants ${sql.raw(inSnapshots)} WHERE s.id IN (SELECT value FROM json_each(${JSON.stringify(snapshots)}))`.execute(queries)
  return rows[0]?.grants ?? 0
}

/**
 * Streams the whole population. Synchronous, because a row costs less than a promise; nothing else may use the connection
 * until the iterator ends.
 */
export function* populationRows(store: Store, snapshots: readonly number[]): Generator<PopulationRow> {
  const rows = store.sqlite
    .prepare<[string], PopulationRow>(
      `SELECT g.id AS grantId, e.id AS entitlementId, o.name AS source, e.application, i.department, coalesce(i.kind, a.kind) AS kind, e.privilege, e.risk,
         e.native_id AS entitlement, coalesce(i.email_key, a.email_key) AS person, a.identity_id IS NULL AS isOrphan, coalesce(i.status IN ('inactive', 'gone'), 0) AS isLeaver,
         first.as_of AS firstSeenOn, i.id AS identityId, coalesce(i.email, a.email) AS subjectEmail, i.manager_id AS managerId
       ${inSnapshots}
       JOIN source o ON o.id = s.source_id
       JOIN account a ON a.id = g.account_id
       JOIN entitlement e ON e.id = g.entitlement_id
       JOIN snapshot first ON first.id = g.from_snapshot
       LEFT JOIN identity i ON i.id = a.identity_id
       WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY g.id`,
    )
    .iterate(JSON.stringify(snapshots))
  for (const row of rows) yield { ...row, isOrphan: Boolean(row.isOrphan), isLeaver: Boolean(row.isLeaver) }
}

/** Everybody who is somebody's manager and can be reached, with who their own manager is. */
export async function managers(queries: Queries): Promise<readonly (ReviewerRow & { readonly managerId: number | null })[]> {
  const { rows } = await sql<ReviewerRow & { managerId: number | null }>`
    SELECT id AS identityId, email, display_name AS name, status, manager_id AS managerId FROM identity
    WHERE email IS NOT NULL AND id IN (SELECT manager_id FROM identity WHERE manager_id IS NOT NULL)`.execute(queries)
  return rows
}

/** Each identity's manager, where it has one. */
export async function managersOf(queries: Queries, identities: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; managerId: number }>`
    SELECT id, manager_id AS managerId FROM identity WHERE manager_id IS NOT NULL
      AND id IN (SELECT value FROM json_each(${JSON.stringify(identities)}))`.execute(queries)
  return new Map(rows.map(({ id, managerId }) => [id, managerId]))
}

/** Those of the identities HR lists as inactive or gone. */
export async function leaversAmong(queries: Queries, identities: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM identity WHERE status IN ('inactive', 'gone') AND id IN (SELECT value FROM json_each(${JSON.stringify(identities)}))`.execute(queries)
  return new Set(rows.map(({ id }) => id))
}

/** Identities by folded e-mail address; addresses that two identities share name nobody. */
export async function identitiesByEmail(queries: Queries, emailKeys: readonly string[]): Promise<ReadonlyMap<string, ReviewerRow>> {
  const { rows } = await sql<ReviewerRow & { emailKey: string }>`
    SELECT max(id) AS identityId, email_key AS emailKey, email, display_name AS name, status FROM identity
    WHERE email_key IN (SELECT value FROM json_each(${JSON.stringify(emailKeys)})) GROUP BY email_key HAVING count(*) = 1`.execute(queries)
  return new Map(rows.map(({ emailKey, ...row }) => [emailKey, row]))
}

/** The owners' addresses of all entitlements, as the sources wrote them. */
export async function entitlementOwners(queries: Queries): Promise<readonly { entitlementId: number; ownerEmail: string }[]> {
  const rows = await queries.selectFrom('entitlement').select(['id', 'owner_email']).where('owner_email', 'is not', null).execute()
  return rows.flatMap((row) => (row.owner_email === null ? [] : [{ entitlementId: row.id, ownerEmail: row.owner_email }]))
}

export interface InventoryWarnings { readonly heldRuns: number; readonly accounts: number; readonly orphanAccounts: number }

/** What an officer should hear of before launching. */
export async function inventoryWarnings(queries: Queries): Promise<InventoryWarnings> {
  const { rows } = await sql<InventoryWarnings>`
    SELECT (SELECT count(*) FROM run WHERE state = 'held') AS heldRuns,
      (SELECT count(*) FROM account WHERE to_snapshot IS NULL) AS accounts,
      (SELECT count(*) FROM account WHERE identity_id IS NULL AND to_snapshot IS NULL) AS orphanAccounts`.execute(queries)
  return rows[0] ?? { heldRuns: 0, accounts: 0, orphanAccounts: 0 }
}
