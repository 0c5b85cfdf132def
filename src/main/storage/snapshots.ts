import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { contentLine } from '../core/inventory/snapshot-content.ts'
import type { Snapshot } from '../../shared/model/source.ts'
import type { Queries, Store } from './database.ts'

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

/** A field as it stands in a content line (see core/inventory/snapshot-content). */
const escaped = (column: string): string =>
  `CASE WHEN ${column} GLOB '*[' || char(92, 9, 10, 13) || ']*'
   THEN replace(replace(replace(replace(${column}, char(92), '\\\\'), char(9), '\\t'), char(10), '\\n'), char(13), '\\r')
     ELSE ${column} END`

/**
 * The lines of an entitlement snapshot, one account's lines at a time, in content order. Joined inside SQLite: a million single rows
 * through JavaScript would cost more than everything else the hash needs. The store must not be written while it runs.
 */
function* accountLines(store: Store, sourceId: number, snapshotId: number): Generator<string> {
  const { sqlite } = store
  sqlite.exec('DROP TABLE IF EXISTS temp.ranked_entitlement')
  sqlite.exec('CREATE TEMP TABLE ranked_entitlement (id INTEGER PRIMARY KEY, place INTEGER NOT NULL, line TEXT NOT NULL)')
  sqlite
    .prepare(
      `INSERT INTO temp.ranked_entitlement SELECT id, row_number() OVER (ORDER BY native_id), ${escaped('native_id')}
       FROM entitlement WHERE source_id = ?`,
    )
    .run(sourceId)
  const statement = sqlite
    .prepare<[number, number, number], string>(
      `SELECT group_concat(a.line || char(9) || e.line || char(9) || ${escaped('g.path')} || char(10), '' ORDER BY e.place, g.path)
       FROM (SELECT id, native_id, ${escaped('native_id')} AS line FROM account WHERE source_id = ?) a
       JOIN access_grant g ON g.account_id = a.id AND g.from_snapshot <= ? AND (g.to_snapshot IS NULL OR g.to_snapshot > ?)
       JOIN temp.ranked_entitlement e ON e.id = g.entitlement_id
       GROUP BY a.native_id ORDER BY a.native_id`,
    )
    .pluck(true)
  yield* statement.iterate(sourceId, snapshotId, snapshotId)
}

/** SHA-256 of an entitlement snapshot's content, from the intervals. */
export function grantsContentHash(store: Store, sourceId: number, snapshotId: number): string {
  const hash = createHash('sha256')
  for (const lines of accountLines(store, sourceId, snapshotId)) hash.update(lines)
  return hash.digest('hex')
}

const personFields = [
  'employee_id', 'status', 'kind', 'display_name', 'email', 'title', 'department', 'division', 'cost_center', 'location',
  'manager_employee_id', 'hire_date', 'termination_date',
] as const

/** SHA-256 of an HR state's content: the people of the source as its run `runId` left them. */
export function peopleContentHash(store: Store, sourceId: number, runId: number): string {
  const hash = createHash('sha256')
  for (const line of peopleLines(store, sourceId, runId)) hash.update(`${line}\n`)
  return hash.digest('hex')
}

function* peopleLines(store: Store, sourceId: number, runId: number): Generator<string> {
  const statement = store.sqlite
    .prepare<[number, number, number], (string | null)[]>(
      `SELECT ${personFields.join(', ')} FROM hr_person
       WHERE source_id = ? AND from_run <= ? AND (to_run IS NULL OR to_run > ?) ORDER BY employee_id`,
    )
    .raw(true)
  for (const row of statement.iterate(sourceId, runId, runId)) yield contentLine(row)
}

/** The content hash of any snapshot, recomputed from the store's rows; equal to `contentHash` unless somebody changed the store. */
export async function recomputeContentHash(store: Store, snapshot: Snapshot): Promise<string> {
  return store.db.connection().execute(async (connection) => {
    const kind = await kindOf(connection, snapshot.sourceId)
    const { id, sourceId, runId } = snapshot
    return kind === 'hr' ? peopleContentHash(store, sourceId, runId) : grantsContentHash(store, sourceId, id)
  })
}

async function kindOf(queries: Queries, sourceId: number): Promise<string | undefined> {
  return (await queries.selectFrom('source').select('kind').where('id', '=', sourceId).executeTakeFirst())?.kind
}

/**
 * The grants of any past entitlement snapshot, in content order, a page at a time by keyset, so that neither memory nor the store's
 * connection is held while the reader takes its time. An HR snapshot has none.
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

/** A page of a past snapshot's rows in content order; `from` counts from 0. For an HR snapshot: employee id, status, department. */
export async function snapshotPage(
  store: Store, snapshot: Snapshot, page: { readonly from: number; readonly limit: number },
): Promise<readonly SnapshotRow[]> {
  if ((await kindOf(store.db, snapshot.sourceId)) === 'hr') {
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

/** The snapshot of a source that was disconnected: nothing is held any more. Its hash is that of no lines at all. */
export async function insertEmptySnapshot(
  queries: Queries, of: { readonly sourceId: number; readonly runId: number; readonly asOf: string; readonly takenAt: string },
): Promise<{ id: number; contentHash: string }> {
  const contentHash = createHash('sha256').digest('hex')
  const { grants } = await queries
    .selectFrom('access_grant').select((eb) => eb.fn.countAll<number>().as('grants'))
    .where('source_id', '=', of.sourceId).where('to_snapshot', 'is', null).executeTakeFirstOrThrow()
  const { id } = await queries
    .insertInto('snapshot')
    .values({
      source_id: of.sourceId, run_id: of.runId, as_of: of.asOf, taken_at: of.takenAt, accounts: 0, entitlements: 0, grants: 0, added: 0,
      removed: grants, content_hash: contentHash,
    })
    .returning('id').executeTakeFirstOrThrow()
  return { id, contentHash }
}
