import { sql } from 'kysely'
import { addSums, type Span } from './staging-sign-ins.ts'
import type { Queries } from './database.ts'

export interface UsageMergeInput {
  readonly sourceId: number
  readonly runId: number
  /** The source whose accounts the login names belong to; 0 = any. */
  readonly accountsSource: number
  /** Schema name under which the run's staging file is attached. */
  readonly staging: string
}

/** Adds the staged sums to what is remembered, and notes from when to when this file saw everything. */
export async function mergeUsage(queries: Queries, { sourceId, runId, accountsSource, staging }: UsageMergeInput): Promise<void> {
  await sql`
    INSERT INTO usage (source_id, accounts_source, account_key, application, month, successes, failures, days, first_at, last_success_at)
    SELECT ${sourceId}, ${accountsSource}, account_key, application, month, successes, failures, days, first_at, last_success_at
    FROM ${sql.table(`${staging}.staged_usage`)} WHERE true
    ON CONFLICT (accounts_source, account_key, application, month, source_id) DO UPDATE SET ${sql.raw(addSums)}
  `.execute(queries)
  await sql`
    INSERT INTO usage_window (run_id, source_id, accounts_source, from_at, to_at)
    SELECT ${runId}, ${sourceId}, ${accountsSource}, from_at, to_at FROM ${sql.table(`${staging}.staged_window`)}`.execute(queries)
}

/** What a sign-in source has counted so far. */
export async function coveredSpans(queries: Queries, sourceId: number): Promise<readonly Span[]> {
  const rows = await queries.selectFrom('usage_window').select(['from_at', 'to_at'])
    .where('source_id', '=', sourceId).orderBy('from_at').execute()
  return rows.map((row) => ({ from: row.from_at, to: row.to_at }))
}
