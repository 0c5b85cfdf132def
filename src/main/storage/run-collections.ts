import { z } from 'zod'
import { runCollection, type RunCollection } from '../../shared/model/live-source.ts'
import type { Queries } from './database.ts'

/** What each collection of a live run gave, in reading order. */
export async function runCollections(queries: Queries, runId: number): Promise<readonly RunCollection[]> {
  const rows = await queries.selectFrom('run_collection').selectAll().where('run_id', '=', runId).orderBy('position').execute()
  return rows.map((row) => runCollection.parse({
    name: row.name, mode: row.mode, query: row.query, apiVersion: row.api_version, pages: row.pages, records: row.records,
    sourceCount: row.source_count, heldCount: row.held_count, retries: row.retries, throttledMs: row.throttled_ms, rejects: row.rejects,
    gaps: z.array(z.string()).parse(JSON.parse(row.gaps)), from: row.from_at, to: row.to_at, isComplete: row.is_complete === 1,
  }))
}

/** Written once, when the run ends, whatever became of it. */
export async function insertRunCollections(queries: Queries, runId: number, collections: readonly RunCollection[]): Promise<void> {
  for (const [position, collection] of collections.entries()) {
    await queries
      .insertInto('run_collection')
      .values({
        run_id: runId, position, name: collection.name, mode: collection.mode, query: collection.query, api_version: collection.apiVersion,
        pages: collection.pages, records: collection.records, source_count: collection.sourceCount, held_count: collection.heldCount,
        retries: collection.retries, throttled_ms: collection.throttledMs, rejects: collection.rejects, gaps: JSON.stringify(collection.gaps),
        from_at: collection.from, to_at: collection.to, is_complete: Number(collection.isComplete),
      })
      .execute()
  }
}
