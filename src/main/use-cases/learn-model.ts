import type { ModelCard, ShadowReport } from '../../shared/model/learning.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { historyOf, missingDecisions, type History } from '../core/learning/history.ts'
import { bindModel, weightsVersion } from '../core/learning/learned-weighing.ts'
import { defaultLearning, learning, type Learned, type LearningOptions } from '../core/learning/learn.ts'
import { recognise, type HistoryNames } from '../core/learning/names.ts'
import { readModel, writeModel } from '../core/learning/stored-model.ts'
import { prepare } from '../core/signals/weigh.ts'
import { snapshotsAsOf } from '../storage/campaign-population.ts'
import { inTransaction } from '../storage/database.ts'
import { historyNames, insertModel, nextModelId } from '../storage/learned-models.ts'
import { importedDecisions, ownDecisions } from '../storage/past-decisions.ts'
import { loadPopulation } from '../storage/population.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'
import { heldOutFigures, pause, shadowReportOf } from './shadow-report.ts'
import { loadModel, modelInForce } from './weigh-population.ts'

export interface TrainInput {
  readonly seed: number
  /** The day the comparison with the weights in force is made as of. */
  readonly asOf: string
}

/** Everything there is to learn from now, with its names. */
export async function currentHistory(context: Context): Promise<{ readonly history: History; readonly names: HistoryNames }> {
  const { db } = context.store
  const names = await historyNames(db)
  return { history: historyOf(await importedDecisions(db), await ownDecisions(db), recognise(names)), names }
}

/**
 * Learns a model from all decisions that count, compares it with what is in force, and stores both. It is a shadow until somebody
 * activates it. Same history and seed, same coefficients. `options` are the product's unless a test is in a hurry.
 */
export async function learnModel(
  context: Context, actor: Actor, input: TrainInput, watch: Watch, options: LearningOptions = defaultLearning,
): Promise<ModelCard> {
  mustBeOfficer(actor)
  watch.onProgress({ step: 'Gathering decisions', share: null })
  const started = context.clock.mono()
  const { history, names } = await currentHistory(context)
  const missing = missingDecisions(history.totals)
  if (missing.kept + missing.revoked > 0) {
    throw new Refusal('conflict', `There is too little to learn from: ${missing.kept} kept and ${missing.revoked} revoked decisions are missing.`)
  }
  const learned = await learnWatched(history, { ...options, seed: input.seed }, watch)
  // What is compared, stored and later used is the written form, to the last digit.
  const coefficients = writeModel({ model: learned.model, history: history.table, decidedOn: history.decidedOn })
  const coefficientsHash = toHex(context.hash(utf8Bytes(coefficients)))
  const historyHash = toHex(context.hash(utf8Bytes(history.lines.join('\n'))))
  const seconds = Math.round((context.clock.mono() - started) / 1000)
  const compared = await prepareComparison(context, input.asOf, coefficients, names)
  const model = await nextModelId(context.store.db)
  const version = `learned-${model}-${coefficientsHash.slice(0, 8)}`
  const report: ShadowReport = await shadowReportOf(context, {
    prepared: compared.prepared, before: compared.before, after: compared.bind(model, version), model, history: history.totals,
    versions: { before: weightsVersion(context.weights, compared.before), after: weightsVersion(context.weights, { version }) },
    heldOut: heldOutFigures(learned.heldOut, history.table.approved),
  }, watch)
  const text = canonicalJson(report)
  const reportHash = toHex(context.hash(utf8Bytes(text)))
  return inTransaction(context.store, async (queries) => {
    if ((await nextModelId(queries)) !== model) throw new Refusal('conflict', 'Another model was learned meanwhile. Look at it, or learn again.')
    const event = await recordEvent(context, queries, actor.email, {
      kind: 'model-learned',
      body: { model, version, seed: input.seed, decisions: history.totals.decisions, historyHash, coefficientsHash, reportHash },
    })
    const card = {
      at: event.ts, by: actor.email, version, seed: input.seed, historyHash, coefficientsHash, reportHash, decisions: history.totals.decisions,
      kept: history.totals.kept, revoked: history.totals.revoked, seconds,
    }
    return { id: await insertModel(queries, { ...card, coefficients, report: text }), state: 'shadow' as const, ...card }
  })
}

async function learnWatched(history: History, options: LearningOptions, watch: Watch): Promise<Learned> {
  const steps = learning(history.table, options)
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
    watch.onProgress({ step: `Learning from ${history.totals.decisions} decisions`, share: 0.9 * next.value })
    await pause(watch)
  }
}

async function prepareComparison(context: Context, asOf: string, coefficients: string, names: HistoryNames) {
  const { db } = context.store
  const snapshots = (await snapshotsAsOf(db, asOf)).map((snapshot) => snapshot.id)
  const population = await loadPopulation(context.store, { snapshots, asOf })
  const current = await modelInForce(db)
  const counted = readModel(coefficients)
  return {
    prepared: prepare(population, context.weights),
    before: current === null ? null : bindModel(await loadModel(context, current.id), current, population, names),
    bind: (id: number, version: string) => bindModel(counted, { id, version }, population, names),
  }
}
