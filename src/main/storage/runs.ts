import type { RunCollection } from '../../shared/model/live-source.ts'
import { reject as rejectModel, runState, sourceKind, type Reject, type Run, type RunState } from '../../shared/model/source.ts'
import type { ControlTotals } from '../core/inventory/control-totals.ts'
import type { Queries } from './database.ts'
import { isOfPeople } from './snapshot-hash.ts'

export interface NewRun {
  readonly sourceId: number
  readonly asOf: string
  readonly startedAt: string
  readonly actor: string
  readonly query: string
}

/** What is known of a run when it ends. */
export interface RunEnd {
  readonly state: RunState
  readonly finishedAt: string
  readonly notes: readonly string[]
  readonly totals?: ControlTotals & { readonly fieldsDropped: number }
  readonly protectedColumns?: readonly string[]
  /** What a live source's collections gave, the rejects among it, and the raw extract; written with the end of the run. */
  readonly live?: { readonly collections: readonly RunCollection[]; readonly rejects: Iterable<Reject>; readonly file: Run['file'] }
}

export async function insertRun(queries: Queries, run: NewRun): Promise<number> {
  const { id } = await queries
    .insertInto('run')
    .values({
      source_id: run.sourceId, state: 'running', as_of: run.asOf, started_at: run.startedAt, finished_at: null, actor: run.actor,
      query: run.query,
      file_name: null, file_bytes: null, file_sha256: null, stored_as: null, stored_bytes: null,
      rows_read: 0, imported: 0, rejected: 0, merged: 0, fields_dropped: 0, protected_columns: '[]', notes: '[]', snapshot_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function setRunFile(queries: Queries, runId: number, file: NonNullable<Run['file']>): Promise<void> {
  await queries
    .updateTable('run')
    .set({
      file_name: file.name, file_bytes: file.bytes, file_sha256: file.sha256, stored_as: file.storedAs, stored_bytes: file.storedBytes,
      ...(file.kept === undefined ? {} : { kept_sha256: file.kept.sha256, kept_bytes: file.kept.bytes }),
    })
    .where('id', '=', runId)
    .execute()
}

/** Ends a run that is in one of the states `from`; false when it is not (somebody else ended it), and then nothing was changed. */
export async function endRun(queries: Queries, runId: number, from: readonly RunState[], end: RunEnd): Promise<boolean> {
  const { numUpdatedRows } = await queries
    .updateTable('run')
    .set({
      state: end.state,
      finished_at: end.finishedAt,
      notes: JSON.stringify(end.notes),
      ...(end.totals === undefined
        ? {}
        : {
            rows_read: end.totals.rowsRead, imported: end.totals.imported, rejected: end.totals.rejected, merged: end.totals.merged,
            fields_dropped: end.totals.fieldsDropped,
          }),
      ...(end.protectedColumns === undefined ? {} : { protected_columns: JSON.stringify(end.protectedColumns) }),
    })
    .where('id', '=', runId)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function setRunSnapshot(queries: Queries, runId: number, snapshotId: number): Promise<void> {
  await queries.updateTable('run').set({ snapshot_id: snapshotId }).where('id', '=', runId).execute()
}

/** Runs, newest first; of one source or of all. */
export async function listRuns(
  queries: Queries, filter: { readonly sourceId?: number; readonly states?: readonly RunState[] } = {},
): Promise<readonly Run[]> {
  let query = queries
    .selectFrom('run').innerJoin('source', 'source.id', 'run.source_id').selectAll('run').select(['source.name', 'source.kind'])
  if (filter.sourceId !== undefined) query = query.where('run.source_id', '=', filter.sourceId)
  if (filter.states !== undefined) query = query.where('run.state', 'in', filter.states)
  return (await query.orderBy('run.id', 'desc').execute()).map(toRun)
}

/** The newest run of each source in each state, newest first. */
export async function newestRuns(queries: Queries): Promise<readonly Run[]> {
  const rows = await queries
    .selectFrom('run').innerJoin('source', 'source.id', 'run.source_id').selectAll('run').select(['source.name', 'source.kind'])
    .where('run.id', 'in', (eb) => eb.selectFrom('run').select((inner) => inner.fn.max('id').as('id')).groupBy(['source_id', 'state']))
    .orderBy('run.id', 'desc').execute()
  return rows.map(toRun)
}

/** How often each source was read, by the source's number. */
export async function countRuns(queries: Queries): Promise<ReadonlyMap<number, number>> {
  const rows = await queries.selectFrom('run').select(['source_id', (eb) => eb.fn.countAll<number>().as('n')]).groupBy('source_id').execute()
  return new Map(rows.map(({ source_id, n }) => [source_id, n]))
}

export async function runById(queries: Queries, runId: number): Promise<Run | undefined> {
  const row = await queries
    .selectFrom('run').innerJoin('source', 'source.id', 'run.source_id').selectAll('run').select(['source.name', 'source.kind'])
    .where('run.id', '=', runId).executeTakeFirst()
  return row === undefined ? undefined : toRun(row)
}

/** The newest complete run of a source, with how many records its snapshot had (grants, or people for HR). */
export async function lastCompleteRun(queries: Queries, sourceId: number): Promise<{ run: Run; records: number | null } | undefined> {
  const row = await queries
    .selectFrom('run').innerJoin('source', 'source.id', 'run.source_id').leftJoin('snapshot', 'snapshot.id', 'run.snapshot_id')
    .selectAll('run').select(['source.name', 'source.kind', 'snapshot.grants', 'snapshot.accounts'])
    .where('run.source_id', '=', sourceId).where('run.state', '=', 'complete').orderBy('run.id', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : { run: toRun(row), records: isOfPeople(toRun(row).sourceKind) ? row.accounts : row.grants }
}

/** The newest complete run of the source that read exactly this file, if any. */
export async function completeRunOfFile(queries: Queries, sourceId: number, sha256: string): Promise<number | undefined> {
  const row = await queries
    .selectFrom('run').select('id').where('source_id', '=', sourceId).where('state', '=', 'complete').where('file_sha256', '=', sha256)
    .orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.id
}

/** Rejected rows of a run in the file's order; `from` counts from 0. */
export async function rejectsPage(
  queries: Queries, runId: number, page: { readonly from: number; readonly limit: number },
): Promise<{ total: number; rejects: readonly Reject[] }> {
  const { total } = await queries
    .selectFrom('reject').select((eb) => eb.fn.countAll<number>().as('total')).where('run_id', '=', runId).executeTakeFirstOrThrow()
  const rows = await queries
    .selectFrom('reject').select(['row_number', 'column_name', 'code', 'reason', 'effect', 'raw'])
    .where('run_id', '=', runId).orderBy('row_number').orderBy('id').limit(page.limit).offset(page.from).execute()
  return {
    total,
    rejects: rows.map((row) => rejectModel.parse({ ...row, row: row.row_number, column: row.column_name })),
  }
}

interface RunRow {
  id: number; source_id: number; state: string; as_of: string; started_at: string; finished_at: string | null; actor: string; query: string
  file_name: string | null; file_bytes: number | null; file_sha256: string | null; stored_as: string | null; stored_bytes: number | null
  rows_read: number; imported: number; rejected: number; merged: number; fields_dropped: number
  protected_columns: string; notes: string; snapshot_id: number | null; name: string; kind: string; kept_sha256: string | null; kept_bytes: number | null
}

function toRun(row: RunRow): Run {
  const { file_name: name, file_bytes: bytes, file_sha256: sha256, stored_as: storedAs, stored_bytes: storedBytes } = row
  const kept = row.kept_sha256 === null || row.kept_bytes === null ? undefined : { sha256: row.kept_sha256, bytes: row.kept_bytes }
  const hasFile = name !== null && bytes !== null && sha256 !== null && storedAs !== null && storedBytes !== null
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceName: row.name,
    sourceKind: sourceKind.parse(row.kind),
    state: runState.parse(row.state),
    asOf: row.as_of,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    actor: row.actor,
    query: row.query,
    file: hasFile ? { name, bytes, sha256, storedAs, storedBytes, ...(kept === undefined ? {} : { kept }) } : null,
    rowsRead: row.rows_read,
    imported: row.imported,
    rejected: row.rejected,
    merged: row.merged,
    fieldsDropped: row.fields_dropped,
    protectedColumns: texts(row.protected_columns),
    notes: texts(row.notes),
    snapshotId: row.snapshot_id,
  }
}

function texts(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
