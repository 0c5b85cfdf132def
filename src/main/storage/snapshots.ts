import { sql } from 'kysely'
import type { Snapshot } from '../../shared/model/source.ts'
import type { Queries, Store } from './database.ts'
import { contentHashOf, isOfPeople, kindOfSource } from './snapshot-hash.ts'

/** One line of an entitlement snapshot, in the source's own ids. */
export interface SnapshotRow { readonly account: string; readonly entitlement: string; readonly path: string }

interface SnapshotRecord {
  id: number; source_id: number; run_id: number; as_of: string; taken_at: string; accounts: number; entitlements: number; grants: number
  added: number; removed: number; content_hash: string; name: string
}

function toSnapshot(row: SnapshotRecord): Snapshot {
  return {
    id: row.id, sourceId: row.source_id, sourceName: row.name, runId: row.run_id, asOf: row.as_of, takenAt: row.taken_at,
    accounts: row.accounts, entitlements: row.entitlements, grants: row.grants, added: row.added, removed: row.removed,
    contentHash: row.content_hash,
  }
}

/** All snapshots, newest first. */
export async function listSnapshots(queries: Queries): Promise<readonly Snapshot[]> {
  const rows = await queries
    .selectFrom('snapshot').innerJoin('source', 'source.id', 'snapshot.source_id').selectAll('snapshot').select('source.name')
    .orderBy('snapshot.id', 'desc').execute()
  return rows.map(toSnapshot)
}

export async function snapshotById(queries: Queries, id: number): Promise<Snapshot | undefined> {
  const row = await queries
    .selectFrom('snapshot').innerJoin('source', 'source.id', 'snapshot.source_id').selectAll('snapshot').select('source.name')
    .where('snapshot.id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toSnapshot(row)
}

/** The newest snapshot of each connected source: what a campaign cites. */
export async function latestSnapshots(queries: Queries): Promise<readonly Snapshot[]> {
  const rows = await queries
    .selectFrom('snapshot').innerJoin('source', 'source.id', 'snapshot.source_id').selectAll('snapshot').select('source.name')
    .where('source.removed_at', 'is', null)
    .where('snapshot.id', 'in', (eb) => eb.selectFrom('snapshot').select((inner) => inner.fn.max('id').as('id')).groupBy('source_id'))
    .orderBy('source.name').execute()
  return rows.map(toSnapshot)
}

/**
 * The grants of any past entitlement snapshot, in content order, a page at a time by keyset, so that neither memory nor the store's
 * connection is held while the reader takes its time. A snapshot of people has none.
 */
export async function* readSnapshot(store: Store, snapshotId: number): AsyncGenerator<SnapshotRow> {
  const snapshot = await snapshotById(store.db, snapshotId)
  if (snapshot === undefined) return
  const accountsPerPage = 500
  let after: string | null = null
  for (;;) {
    const names: { native_id: string; id: number }[] = await store.db
      .selectFrom('account').select(['native_id', 'id']).where('source_id', '=', snapshot.sourceId)
      .$if(after !== null, (query) => query.where('native_id', '>', after ?? ''))
      .orderBy('native_id').limit(accountsPerPage).execute()
    const first = names[0]
    const last = names.at(-1)
    if (first === undefined || last === undefined) return
    yield* await grantsBetween(store, snapshot, first.native_id, last.native_id)
    after = last.native_id
  }
}

async function grantsBetween(store: Store, snapshot: Snapshot, first: string, last: string): Promise<readonly SnapshotRow[]> {
  return store.db
    .selectFrom('account').innerJoin('access_grant', 'access_grant.account_id', 'account.id')
    .innerJoin('entitlement', 'entitlement.id', 'access_grant.entitlement_id')
    .select(['account.native_id as account', 'entitlement.native_id as entitlement', 'access_grant.path'])
    .where('account.source_id', '=', snapshot.sourceId).where('account.native_id', '>=', first).where('account.native_id', '<=', last)
    .where('access_grant.from_snapshot', '<=', snapshot.id)
    .where((eb) => eb.or([eb('access_grant.to_snapshot', 'is', null), eb('access_grant.to_snapshot', '>', snapshot.id)]))
    .orderBy('account.native_id').orderBy('entitlement.native_id').orderBy('access_grant.path')
    .execute()
}

/** A page of a past snapshot's rows in content order; `from` counts from 0. For a snapshot of people: employee id, status, department. */
export async function snapshotPage(
  store: Store, snapshot: Snapshot, page: { readonly from: number; readonly limit: number },
): Promise<readonly SnapshotRow[]> {
  if (isOfPeople(await kindOfSource(store.db, snapshot.sourceId))) {
    const { rows } = await sql<SnapshotRow>`
      SELECT employee_id AS account, status AS entitlement, coalesce(department, '') AS path FROM hr_person
      WHERE source_id = ${snapshot.sourceId} AND from_run <= ${snapshot.runId} AND (to_run IS NULL OR to_run > ${snapshot.runId})
      ORDER BY employee_id LIMIT ${page.limit} OFFSET ${page.from}`.execute(store.db)
    return rows
  }
  const { rows } = await sql<SnapshotRow>`
    SELECT a.native_id AS account, e.native_id AS entitlement, g.path FROM account a
    JOIN access_grant g ON g.account_id = a.id AND g.from_snapshot <= ${snapshot.id}
      AND (g.to_snapshot IS NULL OR g.to_snapshot > ${snapshot.id})
    JOIN entitlement e ON e.id = g.entitlement_id
    WHERE a.source_id = ${snapshot.sourceId}
      ORDER BY a.native_id, e.native_id, g.path LIMIT ${page.limit} OFFSET ${page.from}`.execute(store.db)
  return rows
}

/**
 * The snapshot of a source that was disconnected: no access is held any more, and its hash is that of no lines at all, or of the people
 * it named, who stay as they were last known. To be taken after the source's grants were closed as of it.
 */
export async function insertEmptySnapshot(
  queries: Queries, of: { readonly sourceId: number; readonly runId: number; readonly asOf: string; readonly takenAt: string },
): Promise<number> {
  const { grants } = await queries
    .selectFrom('access_grant').select((eb) => eb.fn.countAll<number>().as('grants'))
    .where('source_id', '=', of.sourceId).where('to_snapshot', 'is', null).executeTakeFirstOrThrow()
  const { id } = await queries
    .insertInto('snapshot')
    .values({
      source_id: of.sourceId, run_id: of.runId, as_of: of.asOf, taken_at: of.takenAt, accounts: 0, entitlements: 0, grants: 0, added: 0,
      removed: grants, content_hash: '',
    })
    .returning('id').executeTakeFirstOrThrow()
  return id
}

/** Hashes a snapshot whose rows are all there. Inside the transaction that wrote them. */
export async function hashSnapshot(
  store: Store, queries: Queries, of: { readonly snapshotId: number; readonly sourceId: number; readonly runId: number },
): Promise<string> {
  const contentHash = contentHashOf(store, await kindOfSource(queries, of.sourceId), of)
  await queries.updateTable('snapshot').set({ content_hash: contentHash }).where('id', '=', of.snapshotId).execute()
  return contentHash
}
