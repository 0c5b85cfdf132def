import { sql } from 'kysely'
import type { Queries } from './database.ts'

export interface InventoryCounts {
  readonly accounts: number
  readonly entitlements: number
  readonly grants: number
  readonly added: number
  readonly removed: number
}

export interface MergeInput {
  readonly sourceId: number
  /** Used where a row names no application. */
  readonly sourceName: string
  /** The snapshot being taken: opens what is new and closes what is missing. */
  readonly snapshotId: number
  /** Schema name under which the run's staging file is attached. */
  readonly staging: string
  /** `touched`: only the grants of `staged_touched` are staged, everybody else's stay. Accounts and entitlements are always staged whole. */
  readonly grants: 'all' | 'touched'
}

/**
 * Brings a source's accounts, entitlements and grants to what the staging file says, as sets, inside the caller's transaction.
 * A grant that is missing is closed; one that comes back gets an interval of its own, so that its gap stays readable.
 */
export async function mergeInventory(queries: Queries, input: MergeInput, pause: () => Promise<void>): Promise<InventoryCounts> {
  const hasBefore = await mergeAccounts(queries, input)
  await pause()
  await mergeEntitlements(queries, input)
  await pause()
  const { added, removed } = await mergeGrants(queries, input, hasBefore, pause)
  const staged = (table: string) => sql.table(`${input.staging}.${table}`)
  const { rows } = await sql<{ accounts: number; entitlements: number; grants: number }>`
    SELECT (SELECT count(*) FROM ${staged('staged_account')}) AS accounts,
      (SELECT count(*) FROM ${staged('staged_entitlement')}) AS entitlements,
      (SELECT count(*) FROM ${staged('staged_grant')}) AS grants`.execute(queries)
  const [counts] = rows
  if (counts === undefined) throw new Error('counting the staged rows gave nothing')
  return { ...counts, added, removed }
}

/** True when the source had accounts before. Leaves `temp.account_map`: staging id → account id. */
async function mergeAccounts(queries: Queries, { sourceId, snapshotId, staging }: MergeInput): Promise<boolean> {
  const staged = sql.table(`${staging}.staged_account`)
  const known = await queries.selectFrom('account').select('id').where('source_id', '=', sourceId).limit(1).executeTakeFirst()
  if (known !== undefined) {
    await sql`
      UPDATE account SET native_key = s.native_key, display_name = s.display_name, email = s.email, email_key = s.email_key,
        employee_id = s.employee_id, employee_key = s.employee_key, kind = coalesce(s.kind, 'unknown'), is_enabled = s.is_enabled,
        login = s.login, login_key = s.login_key, to_snapshot = NULL
      FROM ${staged} s WHERE account.source_id = ${sourceId} AND account.native_id = s.native_id
        AND (account.to_snapshot IS NOT NULL OR account.display_name IS NOT s.display_name OR account.email IS NOT s.email
          OR account.employee_id IS NOT s.employee_id OR account.kind <> coalesce(s.kind, 'unknown')
          OR account.is_enabled IS NOT s.is_enabled OR account.login IS NOT s.login)
    `.execute(queries)
    await sql`
      UPDATE account SET to_snapshot = ${snapshotId} WHERE source_id = ${sourceId} AND to_snapshot IS NULL
        AND NOT EXISTS (SELECT 1 FROM ${staged} s WHERE s.native_id = account.native_id)`.execute(queries)
  }
  await sql`
    INSERT INTO account (source_id, native_id, native_key, display_name, email, email_key, employee_id, employee_key, kind, is_enabled,
      login, login_key, identity_id, link_reason, from_snapshot, to_snapshot)
    SELECT ${sourceId}, native_id, native_key, display_name, email, email_key, employee_id, employee_key, coalesce(kind, 'unknown'),
      is_enabled, login, login_key, NULL, 'no-candidate', ${snapshotId}, NULL
    FROM ${staged} s
    WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.source_id = ${sourceId} AND a.native_id = s.native_id) ORDER BY s.id`.execute(queries)
  await sql`CREATE TEMP TABLE account_map (staged INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE)`.execute(queries)
  await sql`
    INSERT INTO temp.account_map SELECT s.id, a.id FROM ${staged} s JOIN account a ON a.source_id = ${sourceId}
      AND a.native_id = s.native_id
  `.execute(queries)
  return known !== undefined
}

/** Leaves `temp.entitlement_map`: staging id → entitlement id. */
async function mergeEntitlements(queries: Queries, { sourceId, sourceName, snapshotId, staging }: MergeInput): Promise<void> {
  const staged = sql.table(`${staging}.staged_entitlement`)
  await sql`
    UPDATE entitlement SET name = s.name, application = s.application, description = s.description, owner_email = s.owner_email,
      privilege = s.privilege, risk = s.risk, traits = s.traits, to_snapshot = NULL
    FROM (SELECT native_id, coalesce(name, native_id) AS name, coalesce(application, ${sourceName}) AS application, description,
      owner_email,
        coalesce(privilege, 'none') AS privilege, coalesce(risk, 'low') AS risk, traits FROM ${staged}) s
    WHERE entitlement.source_id = ${sourceId} AND entitlement.native_id = s.native_id
      AND (entitlement.to_snapshot IS NOT NULL OR entitlement.name <> s.name OR entitlement.application <> s.application
        OR entitlement.description IS NOT s.description OR entitlement.owner_email IS NOT s.owner_email
        OR entitlement.privilege <> s.privilege
        OR entitlement.risk <> s.risk OR entitlement.traits <> s.traits)`.execute(queries)
  await sql`
    UPDATE entitlement SET to_snapshot = ${snapshotId} WHERE source_id = ${sourceId} AND to_snapshot IS NULL
      AND NOT EXISTS (SELECT 1 FROM ${staged} s WHERE s.native_id = entitlement.native_id)`.execute(queries)
  await sql`
    INSERT INTO entitlement (source_id, native_id, name, application, description, owner_email, privilege, risk, traits, from_snapshot, to_snapshot)
    SELECT ${sourceId}, native_id, coalesce(name, native_id), coalesce(application, ${sourceName}), description, owner_email,
      coalesce(privilege, 'none'), coalesce(risk, 'low'), traits, ${snapshotId}, NULL
    FROM ${staged} s
    WHERE NOT EXISTS (SELECT 1 FROM entitlement e WHERE e.source_id = ${sourceId}
      AND e.native_id = s.native_id) ORDER BY s.id`.execute(queries)
  await sql`CREATE TEMP TABLE entitlement_map (staged INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE)`.execute(queries)
  await sql`
    INSERT INTO temp.entitlement_map
    SELECT s.id, e.id FROM ${staged} s JOIN entitlement e ON e.source_id = ${sourceId} AND e.native_id = s.native_id`.execute(queries)
}

async function mergeGrants(
  queries: Queries, { sourceId, snapshotId, staging, grants }: MergeInput, hasBefore: boolean, pause: () => Promise<void>,
): Promise<{ added: number; removed: number }> {
  const staged = sql`${sql.table(`${staging}.staged_grant`)} g JOIN ${sql.table(`${staging}.staged_path`)} p ON p.id = g.path`
  let removed = 0n
  if (hasBefore) {
    // The maps are looked up by account and entitlement, the staged grant by its own key: no pass over the file per row.
    const match = sql`temp.account_map am JOIN temp.entitlement_map em ON em.id = access_grant.entitlement_id
      JOIN ${sql.table(`${staging}.staged_path`)} p ON p.path = access_grant.path
      JOIN ${sql.table(`${staging}.staged_grant`)} g ON g.account = am.staged AND g.entitlement = em.staged AND g.path = p.id`
    const isCompared = grants === 'all' ? sql`source_id = ${sourceId}` : sql`account_id IN (SELECT a.id FROM account a
      JOIN ${sql.table(`${staging}.staged_touched`)} t ON t.native_id = a.native_id WHERE a.source_id = ${sourceId})`
    const closed = await sql`
      UPDATE access_grant SET to_snapshot = ${snapshotId} WHERE ${isCompared} AND to_snapshot IS NULL
        AND NOT EXISTS (SELECT 1 FROM ${match} WHERE am.id = access_grant.account_id)`.execute(queries)
    removed = closed.numAffectedRows ?? 0n
    await pause()
    await sql`
      UPDATE access_grant SET granted_at = s.granted_at, expires_at = s.expires_at, last_used = s.last_used
      FROM (SELECT am.id AS account_id, em.id AS entitlement_id, p.path, g.granted_at, g.expires_at, g.last_used
        FROM ${staged} JOIN temp.account_map am ON am.staged = g.account JOIN temp.entitlement_map em ON em.staged = g.entitlement) s
      WHERE access_grant.account_id = s.account_id AND access_grant.entitlement_id = s.entitlement_id AND access_grant.path = s.path
        AND access_grant.to_snapshot IS NULL AND (access_grant.granted_at IS NOT s.granted_at OR access_grant.expires_at IS NOT s.expires_at
          OR access_grant.last_used IS NOT s.last_used)`.execute(queries)
    await pause()
  }
  const isNew = hasBefore
    ? sql`WHERE NOT EXISTS (SELECT 1 FROM access_grant o WHERE o.account_id = am.id AND o.entitlement_id = em.id AND o.path = p.path
        AND o.to_snapshot IS NULL)`
    : sql``
  const opened = await sql`
    INSERT INTO access_grant (source_id, account_id, entitlement_id, path, granted_at, expires_at, last_used, from_snapshot, to_snapshot)
    SELECT ${sourceId}, am.id, em.id, p.path, g.granted_at, g.expires_at, g.last_used, ${snapshotId}, NULL
    FROM ${staged} JOIN temp.account_map am ON am.staged = g.account JOIN temp.entitlement_map em ON em.staged = g.entitlement
    ${isNew} ORDER BY g.account, g.entitlement, g.path`.execute(queries)
  return { added: Number(opened.numAffectedRows ?? 0n), removed: Number(removed) }
}

/** Closes everything a source holds, as of a snapshot with nothing in it. Returns how many grants were open. */
export async function closeInventory(queries: Queries, sourceId: number, snapshotId: number): Promise<number> {
  for (const table of ['account', 'entitlement'] as const) {
    await queries.updateTable(table).set({ to_snapshot: snapshotId }).where('source_id', '=', sourceId)
      .where('to_snapshot', 'is', null).execute()
  }
  const closed = await queries
    .updateTable('access_grant').set({ to_snapshot: snapshotId }).where('source_id', '=', sourceId).where('to_snapshot', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(closed.numUpdatedRows)
}
