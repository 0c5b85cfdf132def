import type { LanguageModelSettings } from '../../shared/model/language-model.ts'
import { modelFailure } from '../core/narrative/prompt/failure-messages.ts'
import { inTransaction } from '../storage/database.ts'
import { latestExams, saveModelSettings } from '../storage/language-model.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { examStateOf, modelPlace, modelSettings } from './model-settings.ts'
import { recordEvent } from './record-event.ts'

/** Sets where Ollama is asked for. A host beyond this machine has to be allowed by name first. A model chosen elsewhere is let go. */
export async function setModelHost(context: Context, actor: Actor, address: string): Promise<LanguageModelSettings> {
  mustBeOfficer(actor)
  const host = hostIn(context, address)
  return inTransaction(context.store, async (queries) => {
    const before = await modelSettings(queries)
    if (!host.isLoopback && !before.allowedHosts.includes(host.host)) {
      throw new Refusal('not-allowed', `${modelFailure('host-refused').message} Allow ${host.host} by name first.`)
    }
    const settings: LanguageModelSettings = { ...before, host: host.origin, chosen: before.host === host.origin ? before.chosen : null }
    await saveModelSettings(queries, settings)
    if (before.chosen !== null && settings.chosen === null) {
      await recordEvent(context, queries, actor.email, {
        kind: 'model-switched-off', body: { model: before.chosen.model, digest: before.chosen.digest },
      })
    }
    context.languageModel.breaker.reset()
    return settings
  })
}

/** The officer's word that evidence (without names) may go to a host beyond this machine, or no longer. Recorded either way. */
export async function allowModelHost(
  context: Context, actor: Actor, input: { readonly host: string; readonly isAllowed: boolean },
): Promise<LanguageModelSettings> {
  mustBeOfficer(actor)
  const { host, isLoopback } = hostIn(context, input.host)
  if (isLoopback) throw new Refusal('invalid', `${host} is this machine; it needs no leave. Nothing was changed.`)
  return inTransaction(context.store, async (queries) => {
    const before = await modelSettings(queries)
    if (before.allowedHosts.includes(host) === input.isAllowed) return before
    const allowedHosts = input.isAllowed ? [...before.allowedHosts, host].sort() : before.allowedHosts.filter((one) => one !== host)
    const isInUse = !input.isAllowed && context.languageModel.models.hostOf(before.host)?.host === host
    const settings: LanguageModelSettings = { ...before, allowedHosts, chosen: isInUse ? null : before.chosen }
    await saveModelSettings(queries, settings)
    await recordEvent(context, queries, actor.email, { kind: 'model-host-allowed', body: { host, isAllowed: input.isAllowed } })
    if (isInUse && before.chosen !== null) {
      await recordEvent(context, queries, actor.email, {
        kind: 'model-switched-off', body: { model: before.chosen.model, digest: before.chosen.digest },
      })
    }
    return settings
  })
}

/** Puts a model to use. It has to be on the server now, run there, and have passed the exam as it is. */
export async function chooseModel(context: Context, actor: Actor, model: string): Promise<LanguageModelSettings> {
  mustBeOfficer(actor)
  const place = await modelPlace(context.store.db)
  const detection = await context.languageModel.models.detect(place)
  if (detection.state === 'failed') throw new Refusal('conflict', detection.failure.message)
  const installed = detection.models.find(({ name }) => name === model)
  if (installed === undefined) throw new Refusal('not-found', `There is no model ${model} on the Ollama server; "muster model list" shows those there are.`)
  if (installed.obstacle !== null) throw new Refusal('not-allowed', modelFailure(installed.obstacle).message)
  const exam = (await latestExams(context.store.db)).get(model)
  const state = examStateOf(context, exam, installed.digest)
  if (exam === undefined || state === 'none') throw new Refusal('conflict', modelFailure('not-examined').message)
  if (state === 'outdated') throw new Refusal('conflict', `The exam of ${model} is out of date: the model or Muster has changed since. Run it again.`)
  if (state === 'failed') throw new Refusal('conflict', `${model} failed its exam: ${percentOf(exam.verified, exam.sentences)} of its sentences were supported, 90 % are needed.`)
  return inTransaction(context.store, async (queries) => {
    const settings: LanguageModelSettings = {
      ...(await modelSettings(queries)), chosen: { model, digest: installed.digest, thinking: installed.thinking },
    }
    await saveModelSettings(queries, settings)
    await recordEvent(context, queries, actor.email, {
      kind: 'model-chosen', body: { host: settings.host, model, digest: installed.digest, exam: exam.id },
    })
    context.languageModel.breaker.reset()
    return settings
  })
}

/** From now on the fixed sentences alone. What a model worded before stays in the record. */
export async function switchModelOff(context: Context, actor: Actor): Promise<LanguageModelSettings> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const before = await modelSettings(queries)
    if (before.chosen === null) return before
    const settings: LanguageModelSettings = { ...before, chosen: null }
    await saveModelSettings(queries, settings)
    await recordEvent(context, queries, actor.email, {
      kind: 'model-switched-off', body: { model: before.chosen.model, digest: before.chosen.digest },
    })
    return settings
  })
}

function hostIn(context: Context, address: string): { origin: string; host: string; isLoopback: boolean } {
  const host = context.languageModel.models.hostOf(address)
  if (host === null) throw new Refusal('invalid', 'That is not the address of an Ollama server; write a host and a port, such as 127.0.0.1:11434. Nothing was changed.')
  return host
}

function percentOf(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.floor((100 * part) / whole)} %`
}
