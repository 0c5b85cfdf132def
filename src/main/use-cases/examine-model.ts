import type { ModelExam } from '../../shared/model/language-model.ts'
import { VERIFIER_VERSION } from '../core/narrative/prompt/assemble.ts'
import { modelFailure } from '../core/narrative/prompt/failure-messages.ts'
import { examPackets } from '../core/narrative/prompt/fixed-packets.ts'
import { inTransaction } from '../storage/database.ts'
import { insertExam, nextExamId } from '../storage/language-model.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { failureIn, modelPlace, promptHash } from './model-settings.ts'
import { recordEvent } from './record-event.ts'

/** Share of sentences that have to be supported at the first attempt, percent. */
export const PASS_PERCENT = 90

/** What an answer that was none counts as: the sentences it should have had. */
const sentencesOfNone = 3

/**
 * Twelve fixed packets, one attempt each, no retry: how many sentences are supported, how many answers have the agreed form, how long one
 * takes. Invented evidence only, so nothing of the workspace is shown to a model that has not been chosen yet. A server that fails ends the
 * exam without a result.
 */
export async function examineModel(context: Context, actor: Actor, model: string, watch: Watch): Promise<ModelExam> {
  mustBeOfficer(actor)
  const settings = await modelPlace(context.store.db)
  const { models, queue } = context.languageModel
  watch.onProgress({ step: 'Looking for the model', share: null })
  const detection = await models.detect(settings, watch.signal)
  if (detection.state === 'failed') throw new Refusal('conflict', `${detection.failure.message} Nothing was recorded.`)
  const installed = detection.models.find(({ name }) => name === model)
  if (installed === undefined) throw new Refusal('not-found', `There is no model ${model} on the Ollama server.`)
  if (installed.obstacle !== null) throw new Refusal('not-allowed', modelFailure(installed.obstacle).message)
  const narrator = models.narratorOf(settings, { model, digest: installed.digest, thinking: installed.thinking })

  const details: ModelExam['details'][number][] = []
  let [schemaValid, sentences, verified] = [0, 0, 0]
  for (const [at, { name, packet, recommendation }] of examPackets().entries()) {
    watch.onProgress({ step: `Question ${at + 1} of ${examPackets().length}`, share: at / examPackets().length })
    const started = context.clock.mono()
    const attempt = await queue
      .submit({
        key: `exam:${model}:${name}`, priority: 'open', signal: watch.signal,
        run: (signal) => narrator.tryOnce(packet, recommendation, { signal, onSentences: () => undefined }),
      })
      .catch((error: unknown) => {
        throw endedEarly(error)
      })
    const asked = attempt.fault === null ? Math.max(attempt.sentences, 1) : sentencesOfNone
    const failed = attempt.fault === null ? Math.min(attempt.findings.length, asked) : asked
    if (attempt.fault === null) schemaValid += 1
    sentences += asked
    verified += asked - failed
    details.push({
      packet: name, milliseconds: Math.max(0, context.clock.mono() - started), problem: attempt.fault,
      codes: [...new Set(attempt.findings.flatMap(({ codes }) => codes))],
    })
  }
  const after = await models.detect(settings, watch.signal)
  const isSame = after.state === 'ready' && after.models.some(({ name, digest }) => name === model && digest === installed.digest)
  if (!isSame) throw new Refusal('conflict', `${modelFailure('digest-changed').message} Nothing was recorded.`)
  const result = {
    model, digest: installed.digest, ollama: detection.version, packets: examPackets().length, schemaValid, sentences, verified,
    millisecondsPerItem: Math.round(details.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / examPackets().length),
    promptHash: promptHash(context), verifier: VERIFIER_VERSION, isPassed: verified * 100 >= sentences * PASS_PERCENT,
  }
  return inTransaction(context.store, async (queries) => {
    const id = await nextExamId(queries)
    const event = await recordEvent(context, queries, actor.email, { kind: 'model-examined', body: { exam: id, ...result } })
    await insertExam(queries, id, { ...result, at: event.ts, by: actor.email, details, eventSeq: event.seq })
    return { id, ...result, at: event.ts, by: actor.email, details }
  })
}

function endedEarly(error: unknown): unknown {
  const failure = failureIn(error)
  if (failure === null) return error
  return new Refusal(failure.code === 'cancelled' ? 'cancelled' : 'conflict', `${failure.message} The exam has no result.`)
}
