import { sql } from 'kysely'
import type { SourceKind } from '../../shared/model/source.ts'
import { asStoreError, type Queries, type Store } from './database.ts'
import { mergePeople } from './hr-merge.ts'
import { mergeInventory, type InventoryCounts } from './inventory-merge.ts'
import { correlateAccounts } from './identities-correlate.ts'
import { accessContent, contentHashOf, isOfPeople, type AccountContent } from './snapshot-hash.ts'
import { stagingPath } from './staging-file.ts'
import { keyText } from './store-key.ts'
import { mergeUsage } from './usage-merge.ts'

export interface StagedRun {
  readonly runId: number
  readonly sourceId: number
  readonly sourceName: string
  readonly kind: SourceKind
  readonly asOf: string
  /** For sign-ins: whose accounts the names belong to; 0 = any. */
  readonly accountsSource: number
  /** Of a live source's reading only. */
  readonly live?: LiveParts
}

/** What a live reading staged, and what it spares. */
export interface LiveParts {
  readonly grants: 'all' | 'touched'
  readonly hasPeople: boolean
  /** Accounts whose part of the content hash is as the last snapshot left it. */
  readonly knownContent: ReadonlyMap<string, AccountContent>
  /** Told what was hashed anew, inside the transaction. */
  readonly onHashed: (computed: ReadonlyMap<string, AccountContent>) => void
}

/** Says what comes next and lets the thread breathe; throws when the work was cancelled. */
export type Pause = (step: string) => Promise<void>

export interface TakenSnapshot extends InventoryCounts {
  readonly id: number
  readonly contentHash: string
}

/**
 * Attaches a run's staging file and gives the work one transaction: everything `work` writes becomes visible together or not at all.
 * Any error on the way leaves the store as it was and the staging file in place.
 */
export async function withStaged<T>(
  store: Store, folder: string, runId: number, work: (queries: Queries, staging: string) => Promise<T>,
): Promise<T> {
  const staging = `staging_${runId}`
  try {
    return await store.db.connection().execute(async (connection) => {
      await sql`ATTACH DATABASE ${stagingPath(folder, runId)} AS ${sql.id(staging)} KEY ${keyText(store.key)}`.execute(connection)
      try {
        return await connection.transaction().execute((queries) => work(queries, staging))
      } finally {
        await sql`DETACH DATABASE ${sql.id(staging)}`.execute(connection)
      }
    })
  } catch (error) {
    throw asStoreError(error, store.path)
  }
}

/**
 * Merges a staged run into the inventory, links the accounts and takes the snapshot. Sign-ins have none (null): they add to what is
 * remembered and replace nothing. An HR run's snapshot counts its people as `accounts`, has no grants, and hashes the HR state, so that
 * a campaign can cite the HR state it used in the same way as the access it reviewed.
 */
export async function mergeStaged(
  store: Store, queries: Queries, run: StagedRun, staging: string, takenAt: string, pause: Pause,
): Promise<TakenSnapshot | null> {
  await pause('Comparing with what was known')
  await copyRejects(queries, run.runId, staging)
  if (run.kind === 'csv-sign-ins') {
    await mergeUsage(queries, { ...run, staging })
    return null
  }
  // The row comes first because intervals name it; its figures follow when they are known.
  const empty = { accounts: 0, entitlements: 0, grants: 0, added: 0, removed: 0 }
  const { id } = await queries
    .insertInto('snapshot')
    .values({ source_id: run.sourceId, run_id: run.runId, as_of: run.asOf, taken_at: takenAt, ...empty, content_hash: '' })
    .returning('id').executeTakeFirstOrThrow()
  const { live } = run
  let counts = isOfPeople(run.kind) ? await hrCounts(store, queries, run, staging, pause) : await grantCounts(queries, run, id, staging, pause)
  if (live !== undefined && !isOfPeople(run.kind)) {
    if (live.hasPeople) await hrCounts(store, queries, run, staging, pause)
    await mergeUsage(queries, { ...run, staging })
  }
  await pause('Linking accounts to people')
  await correlateAccounts(store, queries)
  await pause('Taking the snapshot')
  const of = { sourceId: run.sourceId, snapshotId: id, runId: run.runId }
  let contentHash: string
  if (live === undefined || isOfPeople(run.kind)) {
    contentHash = contentHashOf(store, run.kind, of)
  } else {
    const content = accessContent(store, of, live.knownContent)
    live.onHashed(content.computed)
    counts = { ...counts, grants: content.grants }
    contentHash = content.hash
  }
  await queries.updateTable('snapshot').set({ ...counts, content_hash: contentHash }).where('id', '=', id).execute()
  await pause('Saving')
  return { id, contentHash, ...counts }
}

async function hrCounts(
  store: Store, queries: Queries, run: StagedRun, staging: string, pause: Pause,
): Promise<InventoryCounts> {
  const { people, added, removed } = await mergePeople(store, queries, { ...run, staging }, () => pause('Comparing people'))
  return { accounts: people, entitlements: 0, grants: 0, added, removed }
}

async function grantCounts(
  queries: Queries, run: StagedRun, snapshotId: number, staging: string, pause: Pause,
): Promise<InventoryCounts> {
  const counts = await mergeInventory(queries, { ...run, snapshotId, staging, grants: run.live?.grants ?? 'all' }, () => pause('Comparing access'))
  for (const table of ['account_map', 'entitlement_map']) await sql`DROP TABLE ${sql.table(`temp.${table}`)}`.execute(queries)
  return counts
}

/** Puts every rejected row where the screens read it, once: a held run's were copied when it was held. */
export async function copyRejects(queries: Queries, runId: number, staging: string): Promise<void> {
  await sql`
    INSERT INTO reject (run_id, row_number, column_name, code, reason, effect, raw)
    SELECT ${runId}, row_number, column_name, code, reason, effect, raw FROM ${sql.table(`${staging}.staged_reject`)}
    WHERE NOT EXISTS (SELECT 1 FROM reject WHERE run_id = ${runId}) ORDER BY id`.execute(queries)
}
