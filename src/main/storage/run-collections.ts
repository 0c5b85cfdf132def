import { runCollection, type RunCollection } from '../../shared/model/live-source.ts'
import type { Reject } from '../../shared/model/source.ts'
import type { Queries, Store } from './database.ts'

/** What each collection of a live source gave in a run, in reading order. Inside the transaction that ends the run. */
export async function insertRunCollections(queries: Queries, runId: number, collections: readonly RunCollection[]): Promise<void> {
  if (collections.length === 0) return
  await queries
    .insertInto('run_collection')
    .values(collections.map((one, position) => ({
      run_id: runId, position, name: one.name, mode: one.mode, query: one.query, api_version: one.apiVersion, pages: one.pages, records: one.records,
      source_count: one.sourceCount, held_count: one.heldCount, retries: one.retries, throttled_ms: one.throttledMs, rejects: one.rejects,
      gaps: JSON.stringify(one.gaps), from_at: one.from, to_at: one.to, is_complete: Number(one.isComplete),
    })))
    .execute()
}

/** Empty for a run that read a file. */
export async function runCollections(queries: Queries, runId: number): Promise<RunCollection[]> {
  const rows = await queries.selectFrom('run_collection').selectAll().where('run_id', '=', runId).orderBy('position').execute()
  return rows.map((row) =>
    runCollection.parse({
      name: row.name, mode: row.mode, query: row.query, apiVersion: row.api_version, pages: row.pages, records: row.records,
      sourceCount: row.source_count, heldCount: row.held_count, retries: row.retries, throttledMs: row.throttled_ms, rejects: row.rejects,
      gaps: JSON.parse(row.gaps), from: row.from_at, to: row.to_at, isComplete: row.is_complete === 1,
    }),
  )
}

/** The spans of a log that are in the store already, `to` exclusive. */
export async function countedSpans(queries: Queries, sourceId: number, collection: string): Promise<{ from: string; to: string }[]> {
  const rows = await queries
    .selectFrom('run_collection').innerJoin('run', 'run.id', 'run_collection.run_id').select(['from_at', 'to_at'])
    .where('run.source_id', '=', sourceId).where('run.state', '=', 'complete').where('run_collection.name', '=', collection)
    .where('is_complete', '=', 1).where('from_at', 'is not', null).orderBy('from_at').execute()
  const spans: { from: string; to: string }[] = []
  for (const { from_at: from, to_at: to } of rows) {
    if (from === null || to === null) continue
    const last = spans.at(-1)
    if (last !== undefined && from <= last.to) last.to = to > last.to ? to : last.to
    else spans.push({ from, to })
  }
  return spans
}

/** Puts a live run's rejects where the screens read them. Inside the transaction that ends the run. */
export function insertRejects(store: Store, runId: number, rejects: Iterable<Reject>): void {
  const insert = store.sqlite.prepare(
    'INSERT INTO reject (run_id, row_number, column_name, code, reason, effect, raw) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { row, column, code, reason, effect, raw } of rejects) insert.run(runId, row, column, code, reason, effect, raw)
}
