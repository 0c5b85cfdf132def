import { sql } from 'kysely'
import { shadowReport, type ModelCard, type ShadowReport } from '../../shared/model/learning.ts'
import type { AccountNames, EntitlementNames, HistoryNames, PersonNames } from '../core/learning/names.ts'
import type { Queries } from './database.ts'

export type StoredModel = Omit<ModelCard, 'state'>

export interface NewModel extends Omit<StoredModel, 'id'> {
  readonly coefficients: string
  readonly report: string
}

const cardColumns = [
  'id', 'at', 'by', 'version', 'seed', 'history_hash', 'coefficients_hash', 'decisions', 'kept', 'revoked', 'seconds', 'report_hash',
] as const

export async function insertModel(queries: Queries, model: NewModel): Promise<number> {
  const { id } = await queries.insertInto('learned_model').values({
    at: model.at, by: model.by, version: model.version, seed: model.seed, history_hash: model.historyHash, coefficients_hash: model.coefficientsHash,
    coefficients: model.coefficients, decisions: model.decisions, kept: model.kept, revoked: model.revoked, seconds: model.seconds,
    report: model.report, report_hash: model.reportHash,
  }).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Number the next model will get, so that its report can name it before it is written. Ask again in the writing transaction. */
export async function nextModelId(queries: Queries): Promise<number> {
  const row = await queries.selectFrom('learned_model').select((eb) => eb.fn.max('id').as('last')).executeTakeFirst()
  return (row?.last ?? 0) + 1
}

export async function allModels(queries: Queries): Promise<readonly StoredModel[]> {
  const rows = await queries.selectFrom('learned_model').select(cardColumns).orderBy('id', 'desc').execute()
  return rows.map((row) => ({
    id: row.id, at: row.at, by: row.by, version: row.version, seed: row.seed, historyHash: row.history_hash, coefficientsHash: row.coefficients_hash,
    decisions: row.decisions, kept: row.kept, revoked: row.revoked, seconds: row.seconds, reportHash: row.report_hash,
  }))
}

/** The model's text as it scores, its hash beside it so that whoever loads it can tell it was not touched. */
export async function modelText(queries: Queries, id: number): Promise<{ readonly coefficients: string; readonly hash: string } | undefined> {
  const row = await queries.selectFrom('learned_model').select(['coefficients', 'coefficients_hash']).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : { coefficients: row.coefficients, hash: row.coefficients_hash }
}

export async function modelReport(queries: Queries, id: number): Promise<ShadowReport | undefined> {
  const row = await queries.selectFrom('learned_model').select('report').where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : shadowReport.parse(JSON.parse(row.report))
}

/** Models as they came into force, last first; null = the default weights alone. Rollbacks are entries, too. */
export async function activations(queries: Queries): Promise<readonly { readonly modelId: number | null; readonly isRollback: boolean; readonly at: string }[]> {
  const rows = await queries.selectFrom('model_activation').select(['model_id', 'is_rollback', 'at']).orderBy('event_seq', 'desc').execute()
  return rows.map((row) => ({ modelId: row.model_id, isRollback: row.is_rollback === 1, at: row.at }))
}

export async function insertActivation(
  queries: Queries,
  activation: { readonly eventSeq: number; readonly modelId: number | null; readonly at: string; readonly by: string; readonly isRollback: boolean; readonly reason: string | null },
): Promise<void> {
  await queries.insertInto('model_activation').values({
    event_seq: activation.eventSeq, model_id: activation.modelId, at: activation.at, by: activation.by, is_rollback: activation.isRollback ? 1 : 0,
    reason: activation.reason,
  }).execute()
}

/** How the inventory calls everybody and everything, past and present: what decisions of the past are recognised by. */
export async function historyNames(queries: Queries): Promise<HistoryNames> {
  const people = await sql<PersonNames>`SELECT id, email, employee_id AS employeeId, department, title, manager_id AS managerId
    FROM identity ORDER BY id`.execute(queries)
  const accounts = await sql<AccountNames>`SELECT id, identity_id AS identityId, native_key AS nativeKey, email_key AS emailKey,
    employee_key AS employeeKey FROM account ORDER BY id`.execute(queries)
  const entitlements = await sql<EntitlementNames>`SELECT id, native_id AS nativeId, name FROM entitlement ORDER BY id`.execute(queries)
  return { people: people.rows, accounts: accounts.rows, entitlements: entitlements.rows }
}

/** Names for the codes a model learned from, for people to read. */
export async function readableCodes(queries: Queries): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`
    SELECT 'person ' || id AS code, display_name AS name FROM identity
    UNION ALL SELECT 'account ' || id, coalesce(display_name, native_id) FROM account
    UNION ALL SELECT 'entitlement ' || id, CASE application WHEN '' THEN name ELSE name || ' (' || application || ')' END FROM entitlement`.execute(queries)
  return new Map(rows.map(({ code, name }) => [code, name]))
}
