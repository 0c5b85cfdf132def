import type { RenderedClaim } from '../../shared/model/narrative.ts'
import type { ChosenModel, LanguageModelSettings, WordingStep } from '../../shared/model/language-model.ts'
import { action, confidence, evidencePacket, hardRules, type EvidencePacket, type Recommendation } from '../../shared/model/recommendation.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { VERIFIER_VERSION } from '../core/narrative/prompt/assemble.ts'
import { isDisagreeing } from '../core/narrative/prompt/disagreement.ts'
import { modelFailure } from '../core/narrative/prompt/failure-messages.ts'
import { PROMPT_VERSION } from '../core/narrative/prompt/system-text.ts'
import { englishWriter, plainText } from '../core/narrative/plain-text.ts'
import { renderClaim, renderNarrative } from '../core/narrative/render.ts'
import { inTransaction } from '../storage/database.ts'
import { insertWording, latestWording, wordingUnder, type NewWording, type StoredWording } from '../storage/language-model.ts'
import { decisionOf } from '../storage/decisions.ts'
import type { ItemRow } from '../storage/review-items.ts'
import type { Worded } from '../narrators/language-model.ts'
import type { Priority } from '../narrators/work-queue.ts'
import type { Actor, Context } from './context.ts'
import { failureIn, promptHash, usableModel } from './model-settings.ts'
import { itemOfReviewer } from './record-decision.ts'
import { recordEvent } from './record-event.ts'
import { namesOf, toWording } from './shown-wording.ts'
import { stepChannel } from './step-channel.ts'

/**
 * Asks the chosen model to word the open item, and tells how it goes: its place in the queue, each sentence as soon as it is verified, and
 * the stored narrative at the end. Whatever goes wrong is a step, never a refusal: the fixed sentences stand, and every decision is
 * possible at any time. Whoever stops listening stops the model, unless somebody else waits for the same words.
 */
export async function* wordItem(
  context: Context, actor: Actor, input: { readonly itemId: number; readonly again: boolean }, signal: AbortSignal | undefined,
): AsyncGenerator<WordingStep, void, void> {
  const { item, campaign } = await itemOfReviewer(context.store.db, actor, input.itemId)
  const isHidden = item.hide_advice === 1 && (await decisionOf(context.store.db, item.id)) === undefined
  const done = (wording: StoredWording): WordingStep => ({ state: 'done', wording: toWording(wording, isHidden) })
  const usable = await usableModel(context)
  const known = await (usable.ok ? cached(context, item, usable, input.again) : latestWording(context.store.db, item.id))
  if (known !== undefined && (usable.ok || usable.failure.code !== 'off')) {
    yield done(known)
    return
  }
  if (!usable.ok || campaign.state !== 'running') {
    yield { state: 'failed', failure: usable.ok ? modelFailure('off') : usable.failure }
    return
  }
  const stop = new AbortController()
  const steps = stepChannel<WordingStep>()
  const { queue } = context.languageModel
  const asked = askForWords(context, actor, item, usable, {
    priority: 'open', again: input.again, signal: signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]),
    onSentences: (sentences) => steps.push({ state: 'writing', sentences: [...sentences] }),
  })
  asked.then((wording) => steps.end(done(wording)), (error: unknown) => {
    const failure = failureIn(error)
    if (failure === null) steps.fail(error)
    else steps.end({ state: 'failed', failure })
  })
  try {
    yield { state: 'waiting', ahead: queue.ahead(keyOf(item)) ?? 0 }
    yield* steps.read()
  } finally {
    stop.abort()
  }
}

interface Asking {
  readonly priority: Priority
  readonly again: boolean
  readonly owner?: string
  readonly signal?: AbortSignal
  readonly onSentences?: (sentences: readonly RenderedClaim[]) => void
}

type Usable = { readonly settings: LanguageModelSettings; readonly chosen: ChosenModel }

export function keyOf(item: Pick<ItemRow, 'id'>): string {
  return `item:${item.id}`
}

/** Puts an item before the model, once however many ask, and stores what comes of it. Rejects with the model's failure. */
export async function askForWords(context: Context, actor: Actor, item: ItemRow, usable: Usable, asking: Asking): Promise<StoredWording> {
  const { queue, breaker } = context.languageModel
  return queue.submit<StoredWording>({
    key: keyOf(item), priority: asking.priority,
    ...(asking.owner === undefined ? {} : { owner: asking.owner }), ...(asking.signal === undefined ? {} : { signal: asking.signal }),
    onProgress: (progress) => asking.onSentences?.(progress as readonly RenderedClaim[]),
    run: async (signal, report) => {
      // Somebody else may have got the words while this stood in the queue.
      const known = await cached(context, item, usable, asking.again)
      if (known !== undefined) return known
      const packet = evidencePacket.parse(JSON.parse(item.packet))
      const recommendation = recommendationOf(item)
      const narrator = context.languageModel.models.narratorOf(usable.settings, usable.chosen)
      try {
        const worded = await narrator.word(packet, recommendation, {
          signal, onSentences: (claims) => report(claims.map((claim) => renderClaim(claim, packet, namesOf(item), englishWriter))),
        })
        breaker.succeeded()
        return await store(context, actor, item, { packet, recommendation, worded, usable, options: narrator.options })
      } catch (error) {
        const failure = failureIn(error)
        if (failure !== null) breaker.failed(failure.code)
        throw error
      }
    },
  })
}

/** Words made before under the same circumstances. `again`: those that came to nothing do not count. */
export async function cached(context: Context, item: ItemRow, usable: Usable, again: boolean): Promise<StoredWording | undefined> {
  const { options } = context.languageModel.models.narratorOf(usable.settings, usable.chosen)
  const found = await wordingUnder(context.store.db, item.id, cacheKey(context, item, usable.chosen, options))
  return found !== undefined && again && found.fault !== null ? undefined : found
}

function cacheKey(context: Context, item: ItemRow, chosen: ChosenModel, options: string): string {
  const parts = [item.packet_hash, chosen.model, chosen.digest, promptHash(context), VERIFIER_VERSION, options]
  return toHex(context.hash(utf8Bytes(JSON.stringify(parts))))
}

function recommendationOf(item: ItemRow): Recommendation {
  return {
    action: action.parse(item.advice), confidence: confidence.parse(item.confidence), score: item.score, rules: hardRules.parse(JSON.parse(item.rules)),
  }
}

interface Made extends Record<'usable', Usable> {
  readonly packet: EvidencePacket
  readonly recommendation: Recommendation
  readonly worded: Worded
  readonly options: string
}

/** The narrative, its provenance and its events, together or not at all. */
async function store(context: Context, actor: Actor, item: ItemRow, made: Made): Promise<StoredWording> {
  const { packet, recommendation, worded, usable, options } = made
  const sha256 = (text: string): string => toHex(context.hash(utf8Bytes(text)))
  const raw = worded.attempts.map((attempt) => attempt.raw)
  const findings = worded.attempts.flatMap((attempt, at) => [
    ...(attempt.fault === null ? [] : [{ attempt: at + 1, sentence: 'whole', codes: [attempt.fault as string] }]),
    ...attempt.findings.map(({ sentence, codes }) => ({ attempt: at + 1, sentence, codes: [...codes] as string[] })),
  ])
  const last = worded.attempts.at(-1)
  const verdict = last?.answer?.recommendation ?? null
  const rendered = plainText(renderNarrative(worded.narrative, packet, namesOf(item), englishWriter))
  const isOtherwise = worded.fault === null && verdict !== null && isDisagreeing(recommendation, verdict)
  const row: Omit<NewWording, 'event_seq' | 'at'> = {
    item_id: item.id, campaign_id: item.campaign_id, cache_key: cacheKey(context, item, usable.chosen, options), packet_hash: item.packet_hash,
    packet_bytes: utf8Bytes(item.packet).length, engine_version: packet.engine.version, score: item.score, narrator: worded.narrative.narrator.name,
    model: usable.chosen.model, digest: usable.chosen.digest, ollama: worded.ollama, prompt_version: PROMPT_VERSION,
    prompt_hash: promptHash(context), verifier: VERIFIER_VERSION, options, raw, raw_hash: sha256(canonicalJson(raw)), findings,
    narrative: canonicalJson(worded.narrative), rendered, rendered_hash: sha256(rendered), sentences: last?.sentences ?? 0,
    replaced: last?.findings.length ?? 0, verdict, isDisagreeing: isOtherwise, milliseconds: worded.milliseconds, fault: worded.fault,
  }
  return inTransaction(context.store, async (queries) => {
    const event = await recordEvent(context, queries, actor.email, {
      kind: 'narrative-worded',
      body: {
        campaign: item.campaign_id, item: item.id, packet: row.packet_hash, packetBytes: row.packet_bytes, engine: row.engine_version,
        score: row.score, narrator: row.narrator, model: row.model, digest: row.digest, ollama: row.ollama, promptVersion: row.prompt_version,
        promptHash: row.prompt_hash, verifier: row.verifier, options, raw: row.raw_hash,
        rules: [...new Set(findings.flatMap(({ codes }) => codes))], sentences: row.sentences, replaced: row.replaced, rendered: row.rendered_hash,
      },
    })
    if (isOtherwise) {
      await recordEvent(context, queries, actor.email, {
        kind: 'model-disagreed',
        body: { campaign: item.campaign_id, item: item.id, packet: row.packet_hash, advice: recommendation.action, verdict, narrative: event.seq },
      })
    }
    const stored: NewWording = { ...row, event_seq: event.seq, at: event.ts }
    return { ...stored, id: await insertWording(queries, stored) }
  })
}

