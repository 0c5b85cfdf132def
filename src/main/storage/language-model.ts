import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import { languageModelSettings, modelExam, modelFailureCode, type LanguageModelSettings, type ModelExam } from '../../shared/model/language-model.ts'
import { action } from '../../shared/model/recommendation.ts'
import type { Queries } from './database.ts'
import type { ModelExamTable, WordingTable } from './tables.ts'

const settingsKey = 'language-model'

/** Undefined until somebody changed something: the caller knows the defaults. */
export async function loadModelSettings(queries: Queries): Promise<LanguageModelSettings | undefined> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', settingsKey).executeTakeFirst()
  return row === undefined ? undefined : languageModelSettings.parse(JSON.parse(row.value))
}

export async function saveModelSettings(queries: Queries, settings: LanguageModelSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await queries.insertInto('workspace').values({ key: settingsKey, value }).onConflict((oc) => oc.column('key').doUpdateSet({ value })).execute()
}

export type NewExam = Omit<ModelExam, 'id'> & { readonly eventSeq: number }

/** The number an exam inserted next will get: its event names it, and both are written together. */
export async function nextExamId(queries: Queries): Promise<number> {
  const { rows } = await sql<{ id: number }>`SELECT coalesce(max(id), 0) + 1 AS id FROM model_exam`.execute(queries)
  return rows[0]?.id ?? 1
}

export async function insertExam(queries: Queries, id: number, exam: NewExam): Promise<void> {
  await queries
    .insertInto('model_exam')
    .values({
      id, event_seq: exam.eventSeq, model: exam.model, digest: exam.digest, ollama: exam.ollama, at: exam.at, by: exam.by, packets: exam.packets,
      schema_valid: exam.schemaValid, sentences: exam.sentences, verified: exam.verified, ms_per_item: exam.millisecondsPerItem,
      prompt_hash: exam.promptHash, verifier: exam.verifier, is_passed: exam.isPassed ? 1 : 0, details: JSON.stringify(exam.details),
    })
    .execute()
}

function toExam(row: Selectable<ModelExamTable>): ModelExam {
  return modelExam.parse({
    id: row.id, model: row.model, digest: row.digest, ollama: row.ollama, at: row.at, by: row.by, packets: row.packets,
    schemaValid: row.schema_valid, sentences: row.sentences, verified: row.verified, millisecondsPerItem: row.ms_per_item,
    promptHash: row.prompt_hash, verifier: row.verifier, isPassed: row.is_passed === 1, details: JSON.parse(row.details) as unknown,
  })
}

/** The last exam each model sat. */
export async function latestExams(queries: Queries): Promise<ReadonlyMap<string, ModelExam>> {
  const rows = await queries
    .selectFrom('model_exam').selectAll().where('id', 'in', (eb) => eb.selectFrom('model_exam').select((of) => of.fn.max('id').as('id')).groupBy('model'))
    .execute()
  return new Map(rows.map((row) => [row.model, toExam(row)]))
}

const storedFindings = z.array(z.object({ attempt: z.int(), sentence: z.string(), codes: z.array(z.string()) }))

/** A row as use cases see it. */
export type StoredWording = Omit<Selectable<WordingTable>, 'verdict' | 'is_disagreeing' | 'raw' | 'findings' | 'fault'> & {
  readonly verdict: z.infer<typeof action> | null
  readonly isDisagreeing: boolean
  readonly raw: readonly string[]
  readonly findings: z.infer<typeof storedFindings>
  readonly fault: z.infer<typeof modelFailureCode> | null
}

export type NewWording = Omit<StoredWording, 'id'>

export async function insertWording(queries: Queries, { isDisagreeing, raw, findings, ...wording }: NewWording): Promise<number> {
  const row = await queries
    .insertInto('wording')
    .values({ ...wording, is_disagreeing: isDisagreeing ? 1 : 0, raw: JSON.stringify(raw), findings: JSON.stringify(findings) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

function toWording({ is_disagreeing, raw, findings, verdict, fault, ...row }: Selectable<WordingTable>): StoredWording {
  return {
    ...row, isDisagreeing: is_disagreeing === 1, raw: z.array(z.string()).parse(JSON.parse(raw)), findings: storedFindings.parse(JSON.parse(findings)),
    verdict: action.nullable().parse(verdict), fault: modelFailureCode.nullable().parse(fault),
  }
}

/** All narratives of an item a model was asked for, the latest first. */
export async function wordingsOf(queries: Queries, itemId: number): Promise<readonly StoredWording[]> {
  return (await queries.selectFrom('wording').selectAll().where('item_id', '=', itemId).orderBy('id', 'desc').execute()).map(toWording)
}

export async function latestWording(queries: Queries, itemId: number): Promise<StoredWording | undefined> {
  const row = await queries.selectFrom('wording').selectAll().where('item_id', '=', itemId).orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : toWording(row)
}

/** What was worded under exactly these circumstances before, for this item. */
export async function wordingUnder(queries: Queries, itemId: number, cacheKey: string): Promise<StoredWording | undefined> {
  const row = await queries
    .selectFrom('wording').selectAll().where('item_id', '=', itemId).where('cache_key', '=', cacheKey).orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : toWording(row)
}

/** Items on which the model, when it last had an answer, was of another opinion. One that failed since has taken nothing back. */
export async function disagreeingItems(queries: Queries, campaignId: number): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ itemId: number }>`
    SELECT w.item_id AS itemId FROM wording w WHERE w.campaign_id = ${campaignId} AND w.is_disagreeing = 1
    AND NOT EXISTS (SELECT 1 FROM wording later WHERE later.item_id = w.item_id AND later.id > w.id AND later.fault IS NULL)`.execute(queries)
  return new Set(rows.map((row) => row.itemId))
}

/** The words in which the model, when it last had an answer (of those up to `upTo`), was of another opinion; undefined = it was not. */
export async function disagreeingWording(queries: Queries, itemId: number, upTo: number | null): Promise<StoredWording | undefined> {
  const row = await queries
    .selectFrom('wording').selectAll().where('item_id', '=', itemId).where('fault', 'is', null).where('id', '<=', upTo ?? Number.MAX_SAFE_INTEGER)
    .orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.is_disagreeing === 1 ? toWording(row) : undefined
}

/** The riskiest items nobody has decided, by number. */
export async function riskiestUndecided(queries: Queries, campaignId: number, most: number): Promise<readonly number[]> {
  const rows = await queries
    .selectFrom('review_item as i').leftJoin('decision as d', 'd.item_id', 'i.id').select('i.id').where('i.campaign_id', '=', campaignId)
    .where('d.item_id', 'is', null).orderBy('i.n').limit(most).execute()
  return rows.map((row) => row.id)
}

/** How much was worded so far, and how much of it stands in the model's own words. */
export async function wordingFigures(queries: Queries): Promise<{ narratives: number; byModel: number; replaced: number; disagreeing: number }> {
  const { rows } = await sql<{ narratives: number; byModel: number; replaced: number; disagreeing: number }>`
    SELECT count(*) AS narratives, coalesce(sum(fault IS NULL), 0) AS byModel, coalesce(sum(replaced), 0) AS replaced,
      coalesce(sum(is_disagreeing), 0) AS disagreeing FROM wording`.execute(queries)
  return rows[0] ?? { narratives: 0, byModel: 0, replaced: 0, disagreeing: 0 }
}
