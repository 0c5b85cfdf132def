import type { ModelCard } from '../../shared/model/learning.ts'
import { weightsVersion } from '../core/learning/learned-weighing.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { activations, allModels, insertActivation } from '../storage/learned-models.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'
import { loadModel, modelInForce } from './weigh-population.ts'

/**
 * Puts a shadow model in force for campaigns launched from now on. Asks for the hash of the before/after report, so that nobody
 * activates what they have not been shown; the event binds both.
 */
export async function activateModel(context: Context, actor: Actor, input: { readonly model: number; readonly reportHash: string }): Promise<ModelCard> {
  mustBeOfficer(actor)
  await loadModel(context, input.model)
  return inTransaction(context.store, async (queries) => {
    const model = (await allModels(queries)).find((one) => one.id === input.model)
    if (model === undefined) throw new Refusal('not-found', `There is no learned model ${input.model}.`)
    if (model.reportHash !== input.reportHash) {
      throw new Refusal('conflict', `That is not the hash of model ${model.id}'s report. Look at the report, then activate it.`)
    }
    const current = await modelInForce(queries)
    if (current?.id === model.id) throw new Refusal('conflict', `Model ${model.id} is in force already.`)
    const event = await recordEvent(context, queries, actor.email, {
      kind: 'model-activated',
      body: {
        model: model.id, before: weightsVersion(context.weights, current), after: weightsVersion(context.weights, model),
        coefficientsHash: model.coefficientsHash, reportHash: model.reportHash,
      },
    })
    await insertActivation(queries, { eventSeq: event.seq, modelId: model.id, at: event.ts, by: actor.email, isRollback: false, reason: null })
    return { ...model, state: 'active' as const }
  })
}

/** Puts back what was in force before the model that is now. Running campaigns keep what they were launched with. */
export async function rollBackModel(
  context: Context, actor: Actor, input: { readonly reason: string },
): Promise<{ weights: string; active: number | null }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const current = await modelInForce(queries)
    if (current === null) throw new Refusal('conflict', 'The default weights are in force; there is nothing to roll back.')
    const before = await modelBefore(queries)
    const previous = (await allModels(queries)).find((one) => one.id === before) ?? null
    const body = {
      model: previous?.id ?? null, before: weightsVersion(context.weights, current), after: weightsVersion(context.weights, previous), reason: input.reason,
    }
    const event = await recordEvent(context, queries, actor.email, { kind: 'model-rolled-back', body })
    await insertActivation(queries, { eventSeq: event.seq, modelId: body.model, at: event.ts, by: actor.email, isRollback: true, reason: input.reason })
    return { weights: body.after, active: body.model }
  })
}

/** What was in force before: a stack of activations from which each rollback has taken the last. */
async function modelBefore(queries: Queries): Promise<number | null> {
  const stack: (number | null)[] = [null]
  for (const { modelId, isRollback } of (await activations(queries)).toReversed()) {
    if (isRollback) stack.pop()
    else stack.push(modelId)
  }
  return stack.at(-2) ?? null
}
