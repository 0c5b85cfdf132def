import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { bindModel, weighWithPast, weightsVersion, type LearnedWeighing } from '../core/learning/learned-weighing.ts'
import { readModel, type CountedModel } from '../core/learning/stored-model.ts'
import { calibrate, confidencePercent } from '../core/recommendation/calibration.ts'
import type { Population } from '../core/signals/population.ts'
import { prepare, type Weighed } from '../core/signals/weigh.ts'
import type { Queries } from '../storage/database.ts'
import { activations, allModels, historyNames, modelText, type StoredModel } from '../storage/learned-models.ts'
import { blindScores } from '../storage/past-decisions.ts'
import { Refusal, type Context } from './context.ts'

/** A population ready to be advised on, with whatever is in force: default weights, a learned model beside them, a calibration. */
export interface Weighing {
  readonly population: Population
  /** What packets and the campaign name as their weights. */
  readonly version: string
  /** By place in `population.grants`. The recommendation has its `chance` where confidence is calibrated. */
  readonly weigh: (grant: number) => Weighed
}

/** The model in force; null = the default weights alone. */
export async function modelInForce(queries: Queries): Promise<StoredModel | null> {
  const [last] = await activations(queries)
  if (last === undefined || last.modelId === null) return null
  return (await allModels(queries)).find((model) => model.id === last.modelId) ?? null
}

/** Reads a stored model, and refuses one whose text is not what its hash says. */
export async function loadModel(context: Context, id: number): Promise<CountedModel> {
  const stored = await modelText(context.store.db, id)
  if (stored === undefined) throw new Refusal('not-found', `There is no learned model ${id}; "muster learn show" lists them.`)
  if (toHex(context.hash(utf8Bytes(stored.coefficients))) !== stored.hash) {
    throw new Refusal('conflict', `Learned model ${id} in the database is not what was learned: its hash differs. Roll back to another one.`)
  }
  return readModel(stored.coefficients)
}

/** Prepares a population under what is in force now. Seconds for a million grants. */
export async function weighPopulation(context: Context, population: Population): Promise<Weighing> {
  const { db } = context.store
  const model = await modelInForce(db)
  const learned: LearnedWeighing | null = model === null
    ? null
    : bindModel(await loadModel(context, model.id), model, population, await historyNames(db))
  const version = weightsVersion(context.weights, model)
  const calibration = calibrate(await blindScores(db, version))
  const prepared = prepare(population, context.weights)
  return {
    population, version,
    weigh: (grant) => {
      const { packet, recommendation } = weighWithPast(prepared, learned, grant)
      return { packet, recommendation: { ...recommendation, chance: confidencePercent(calibration, recommendation) } }
    },
  }
}
