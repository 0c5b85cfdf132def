import type { z } from 'zod'
import type { learnedModelView, learningOverview } from '../../shared/contract/learning.ts'
import type { CalibrationState, LearnedStatement, ModelCard } from '../../shared/model/learning.ts'
import type { Reject } from '../../shared/model/source.ts'
import { habitsOf } from '../core/learning/habits.ts'
import { missingDecisions } from '../core/learning/history.ts'
import { GRANT_PARTS } from '../core/learning/names.ts'
import { weightsVersion } from '../core/learning/learned-weighing.ts'
import { BLIND_NEEDED, calibrationErrorOf } from '../core/recommendation/calibration.ts'
import { activations, allModels, modelReport, readableCodes, type StoredModel } from '../storage/learned-models.ts'
import { allImports, blindScores, importById, importRejects } from '../storage/past-decisions.ts'
import { Refusal, type Context } from './context.ts'
import { currentHistory } from './learn-model.ts'
import { loadModel, modelInForce } from './weigh-population.ts'

/** Log-odds below which a habit moves no advice and is not worth a line. */
const LEAST_TOLD = 0.02
const statementsOfASide = 25

/** What there is to learn from, what was learned, and what is in force. */
export async function learningState(context: Context): Promise<z.infer<typeof learningOverview>> {
  const { db } = context.store
  const { history } = await currentHistory(context)
  const current = await modelInForce(db)
  const weights = weightsVersion(context.weights, current)
  return {
    history: history.totals, missing: missingDecisions(history.totals), weights, active: current?.id ?? null,
    models: await cards(context, current), imports: [...(await allImports(db))], calibration: await calibrationState(context, weights),
  }
}

async function cards(context: Context, current: StoredModel | null): Promise<ModelCard[]> {
  const used = new Set((await activations(context.store.db)).map(({ modelId }) => modelId))
  return (await allModels(context.store.db)).map((model) => ({
    ...model, state: model.id === current?.id ? 'active' : used.has(model.id) ? 'retired' : 'shadow',
  }))
}

async function calibrationState(context: Context, weights: string): Promise<CalibrationState> {
  const decisions = await blindScores(context.store.db, weights)
  const error = calibrationErrorOf(decisions)
  return {
    weights, blind: decisions.length, needed: BLIND_NEEDED, isCalibrated: error !== null,
    error: error === null ? null : Math.round(error * 10_000),
  }
}

/** One model: its report, and what it learned as statements with the counts behind them, strongest first. */
export async function showModel(context: Context, id: number): Promise<z.infer<typeof learnedModelView>> {
  const { db } = context.store
  const card = (await cards(context, await modelInForce(db))).find((model) => model.id === id)
  const report = await modelReport(db, id)
  if (card === undefined || report === undefined) throw new Refusal('not-found', `There is no learned model ${id}.`)
  const names = await readableCodes(db)
  const { model } = await loadModel(context, id)
  const statements: LearnedStatement[] = habitsOf(model, statementsOfASide).filter(({ logOdds }) => Math.abs(logOdds) >= LEAST_TOLD).map(({ parts, decided, approved, logOdds }) => ({
    parts: parts.map(({ name, value }) => ({ name, value: value === null ? null : readable(value, names) })),
    kept: approved, revoked: decided - approved, weight: Math.round(logOdds * 1000),
  }))
  return { card, report, statements }
}

/** A code, or the codes of a grant's two sides, in names people know. */
function readable(value: string, names: ReadonlyMap<string, string>): string {
  return value.split(GRANT_PARTS).map((code) => names.get(code) ?? code).join(GRANT_PARTS)
}

/** Rows of an import that were not taken, with why. */
export async function historyRejects(
  context: Context, input: { readonly import: number; readonly from: number; readonly limit: number },
): Promise<{ total: number; rejects: Reject[] }> {
  if ((await importById(context.store.db, input.import)) === undefined) throw new Refusal('not-found', `There is no import ${input.import} of past decisions.`)
  return importRejects(context.store.db, input.import, input)
}
