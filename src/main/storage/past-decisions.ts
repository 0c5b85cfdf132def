import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { HistoryImport, PastDecision } from '../../shared/model/learning.ts'
import { reject, type Reject } from '../../shared/model/source.ts'
import type { OwnPastDecision } from '../core/learning/history.ts'
import type { Queries } from './database.ts'
import type { HistoryImportTable } from './tables.ts'

const texts = z.array(z.string())
const rowsPerStatement = 2_000

export type NewImport = Omit<HistoryImport, 'id' | 'withdrawn'> & { readonly mapping: string }

type ImportRow = Selectable<HistoryImportTable> & { readonly withdrawn_at: string | null; readonly withdrawn_by: string | null; readonly withdrawn_reason: string | null }

function toImport(row: ImportRow): HistoryImport {
  return {
    id: row.id, at: row.at, by: row.by, fileName: row.file_name, fileBytes: row.file_bytes, fileSha256: row.file_sha256, storedAs: row.stored_as,
    rowsRead: row.rows_read, imported: row.imported, rejected: row.rejected, merged: row.merged, kept: row.kept, revoked: row.revoked,
    protectedColumns: texts.parse(JSON.parse(row.protected_columns)), notes: texts.parse(JSON.parse(row.notes)),
    withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, by: row.withdrawn_by ?? '', reason: row.withdrawn_reason ?? '' },
  }
}

function importsWithWithdrawal(queries: Queries) {
  return queries.selectFrom('history_import as i').leftJoin('history_withdrawal as w', 'w.import_id', 'i.id')
    .selectAll('i').select(['w.at as withdrawn_at', 'w.by as withdrawn_by', 'w.reason as withdrawn_reason'])
}

export async function allImports(queries: Queries): Promise<readonly HistoryImport[]> {
  return (await importsWithWithdrawal(queries).orderBy('i.id', 'desc').execute()).map(toImport)
}

export async function importById(queries: Queries, id: number): Promise<HistoryImport | undefined> {
  const row = await importsWithWithdrawal(queries).where('i.id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toImport(row)
}

/** Writes a file's decisions and rejects with its totals. Returns its number. */
export async function insertImport(
  queries: Queries, taken: NewImport, decisions: readonly PastDecision[], rejects: readonly Reject[],
): Promise<number> {
  const { id } = await queries.insertInto('history_import').values({
    at: taken.at, by: taken.by, file_name: taken.fileName, file_bytes: taken.fileBytes, file_sha256: taken.fileSha256, stored_as: taken.storedAs,
    mapping: taken.mapping, rows_read: taken.rowsRead, imported: taken.imported, rejected: taken.rejected, merged: taken.merged, kept: taken.kept,
    revoked: taken.revoked, protected_columns: JSON.stringify(taken.protectedColumns), notes: JSON.stringify(taken.notes),
  }).returning('id').executeTakeFirstOrThrow()
  // The rows travel as JSON arrays, a few thousand a statement.
  for (let from = 0; from < decisions.length; from += rowsPerStatement) {
    const rows = decisions.slice(from, from + rowsPerStatement)
      .map((one) => [one.row, one.account, one.entitlement, one.isKept ? 1 : 0, one.decidedOn, one.department, one.title, one.manager])
    await sql`INSERT INTO past_decision (import_id, row_number, account, entitlement, is_kept, decided_on, department, title, manager)
      SELECT ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
      FROM json_each(${JSON.stringify(rows)})`.execute(queries)
  }
  for (let from = 0; from < rejects.length; from += rowsPerStatement) {
    const rows = rejects.slice(from, from + rowsPerStatement).map((one) => [one.row, one.column, one.code, one.reason, one.effect, one.raw])
    await sql`INSERT INTO history_reject (import_id, row_number, column_name, code, reason, effect, raw)
      SELECT ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(${JSON.stringify(rows)})`.execute(queries)
  }
  return id
}

export async function insertWithdrawal(queries: Queries, withdrawal: { import: number; at: string; by: string; reason: string }): Promise<void> {
  await queries.insertInto('history_withdrawal').values({
    import_id: withdrawal.import, at: withdrawal.at, by: withdrawal.by, reason: withdrawal.reason,
  }).execute()
}

export async function importRejects(
  queries: Queries, importId: number, page: { readonly from: number; readonly limit: number },
): Promise<{ total: number; rejects: Reject[] }> {
  const { total } = await queries.selectFrom('history_reject').select((eb) => eb.fn.countAll<number>().as('total'))
    .where('import_id', '=', importId).executeTakeFirstOrThrow()
  const rows = await queries.selectFrom('history_reject').selectAll().where('import_id', '=', importId).orderBy('row_number').orderBy('id')
    .limit(page.limit).offset(page.from).execute()
  return {
    total,
    rejects: rows.map((row) => reject.parse({
      row: row.row_number, column: row.column_name, code: row.code, reason: row.reason, effect: row.effect, raw: row.raw,
    })),
  }
}

/** Decisions of all imports that still count, oldest import first, in file order. */
export async function importedDecisions(queries: Queries): Promise<readonly PastDecision[]> {
  const rows = await queries.selectFrom('past_decision as d').leftJoin('history_withdrawal as w', 'w.import_id', 'd.import_id')
    .select(['d.row_number', 'd.account', 'd.entitlement', 'd.is_kept', 'd.decided_on', 'd.department', 'd.title', 'd.manager'])
    .where('w.import_id', 'is', null).orderBy('d.id').execute()
  return rows.map((row) => ({
    row: row.row_number, account: row.account, entitlement: row.entitlement, isKept: row.is_kept === 1, decidedOn: row.decided_on,
    department: row.department, title: row.title, manager: row.manager,
  }))
}

/** A decision signed off in this workspace, and the item it was taken on. */
export interface OwnDecision extends OwnPastDecision {
  readonly itemId: number
}

/** All signed-off decisions. A grant "came back" when an interval of the same grant began within 30 days of the end of the revoked one. */
export async function ownDecisions(queries: Queries): Promise<readonly OwnDecision[]> {
  const { rows } = await sql<Omit<OwnDecision, 'isAdviceVisible' | 'cameBack'> & { isAdviceVisible: number; cameBack: number }>`
    SELECT d.item_id AS itemId, i.account_id AS accountId, i.entitlement_id AS entitlementId, d.outcome, d.decided_at AS decidedAt,
      d.advice_visible AS isAdviceVisible, i.subject_department AS department, i.subject_title AS title,
      CASE i.basis WHEN 'manager' THEN p.email END AS manager,
      d.outcome = 'revoke' AND EXISTS (
        SELECT 1 FROM access_grant o JOIN snapshot e ON e.id = o.to_snapshot
        JOIN access_grant n ON n.account_id = o.account_id AND n.entitlement_id = o.entitlement_id AND n.from_snapshot > o.to_snapshot
        JOIN snapshot b ON b.id = n.from_snapshot
        WHERE o.id = i.grant_id AND e.as_of >= substr(d.decided_at, 1, 10) AND julianday(b.as_of) - julianday(e.as_of) <= 30) AS cameBack
    FROM decision d JOIN review_item i ON i.id = d.item_id JOIN person p ON p.id = i.reviewer_id
    WHERE d.signed_off_seq IS NOT NULL ORDER BY d.item_id`.execute(queries)
  return rows.map((row) => ({ ...row, isAdviceVisible: row.isAdviceVisible === 1, cameBack: row.cameBack === 1 }))
}

/** Frozen scores of blind keeps and revokes given under one version of the weights, where no hard rule decided: what confidence is calibrated on. */
export async function blindScores(queries: Queries, weights: string): Promise<readonly { readonly score: number; readonly isKept: boolean }[]> {
  const { rows } = await sql<{ score: number; isKept: number }>`
    SELECT i.score, d.outcome IN ('keep', 'keep-until') AS isKept
    FROM decision d JOIN review_item i ON i.id = d.item_id
    WHERE d.signed_off_seq IS NOT NULL AND d.advice_visible = 0 AND d.outcome <> 'look-closer' AND i.rules = '[]'
      AND i.packet ->> '$.engine.weights' = ${weights} ORDER BY d.item_id`.execute(queries)
  return rows.map(({ score, isKept }) => ({ score, isKept: isKept === 1 }))
}
