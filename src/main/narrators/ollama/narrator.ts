import type { ChatRequest } from 'ollama'
import type { Claim } from '../../../shared/model/narrative.ts'
import type { ChosenModel } from '../../../shared/model/language-model.ts'
import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import { canonicalJson } from '../../core/evidence/canonical-json.ts'
import { assembleNarrative, FAILURES_ALLOWED, supportedSentence, type Assembled } from '../../core/narrative/prompt/assemble.ts'
import { buildPrompt } from '../../core/narrative/prompt/build-prompt.ts'
import { readAnswer, sentencesSoFar } from '../../core/narrative/prompt/read-answer.ts'
import { PROMPT_VERSION } from '../../core/narrative/prompt/system-text.ts'
import { supportedNarrative } from '../../core/narrative/supported-narrative.ts'
import { templateNarrative } from '../../core/narrative/template.ts'
import type { Attempt, LanguageModels, ModelNarrator, ModelPlace, Worded, WordingWatch } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import { detect, isRemote, listModels } from './detect.ts'
import { guardedClient, usualPatience, type Patience } from './guarded-client.ts'
import { hostOf } from './host.ts'

/** As near to repeatable as a model gets; what makes a narrative reproducible is its stored output, not these. */
const options = { temperature: 0, seed: 20_260_630, num_predict: 1_200, num_ctx: 8_192 }

/** Sent, but unknown to the client's types: a prompt that does not fit is refused rather than cut at its beginning. */
interface Uncut {
  readonly truncate: false
  readonly shift: false
}

/** Models behind Ollama's HTTP API, through its official client. */
export function ollamaModels(patience: Patience = usualPatience): LanguageModels {
  return {
    hostOf,
    detect: (place, signal) => detect(place, patience, signal),
    narratorOf: (place, chosen) => narratorOf(place, chosen, patience),
  }
}

function narratorOf(place: ModelPlace, chosen: ChosenModel, patience: Patience): ModelNarrator {
  const words = { name: chosen.model, version: `${PROMPT_VERSION}+${chosen.digest.slice(0, 12)}` }
  const attempt = (packet: EvidencePacket, recommendation: Recommendation, watch: WordingWatch, broken: readonly string[]): Promise<Judged> =>
    ask(place, chosen, patience, packet, recommendation, watch, broken, words)
  const word = async (packet: EvidencePacket, recommendation: Recommendation, watch: WordingWatch): Promise<Worded> => {
    const started = performance.now()
    await sameModel(place, chosen, patience, watch.signal)
    const first = await attempt(packet, recommendation, watch, [])
    const last = mayStand(first) ? first : await attempt(packet, recommendation, watch, codesOf(first))
    const ollama = await sameModel(place, chosen, patience, watch.signal)
    const stands = mayStand(last) ? last.assembled : null
    return {
      narrative: stands?.narrative ?? supportedNarrative(packet, recommendation, templateNarrative(packet, recommendation)),
      fault: stands === null ? (last.attempt.fault ?? 'unsupported') : null,
      attempts: last === first ? [first.attempt] : [first.attempt, last.attempt],
      ollama, milliseconds: Math.round(performance.now() - started),
    }
  }
  return {
    ...words,
    options: canonicalJson({ ...options, truncate: false, shift: false, think: chosen.thinking }),
    word,
    tryOnce: async (packet, recommendation, watch) => (await attempt(packet, recommendation, watch, [])).attempt,
    narrate: async (packet, recommendation) =>
      (await word(packet, recommendation, { signal: new AbortController().signal, onSentences: () => undefined })).narrative,
  }
}

interface Judged {
  readonly attempt: Attempt
  readonly assembled: Assembled | null
}

/** One sentence may fail (the template's takes its place); from the second on the answer as a whole is not to be trusted. */
function mayStand(judged: Judged): judged is Judged & { assembled: Assembled } {
  return judged.assembled !== null && judged.attempt.findings.length <= FAILURES_ALLOWED
}

function codesOf({ attempt }: Judged): readonly string[] {
  return attempt.fault === null
    ? attempt.findings.flatMap(({ sentence, codes }) => codes.map((code) => `${code} (sentence ${sentence})`))
    : [attempt.fault]
}

/** The version of the server, if the model is still the one that was chosen: its digest is read again around every narrative. */
async function sameModel(place: ModelPlace, chosen: ChosenModel, patience: Patience, signal: AbortSignal): Promise<string> {
  const now = (await listModels(place, patience, signal)).find(({ name }) => name === chosen.model)
  if (now === undefined) throw new ModelError('no-model')
  if (isRemote(now)) throw new ModelError('remote-model')
  if (now.digest !== chosen.digest) throw new ModelError('digest-changed')
  return (await guardedClient(place, patience, signal).version()).version
}

async function ask(
  place: ModelPlace, chosen: ChosenModel, patience: Patience, packet: EvidencePacket, recommendation: Recommendation, watch: WordingWatch,
  broken: readonly string[], words: { name: string; version: string },
): Promise<Judged> {
  const prompt = buildPrompt(packet, broken)
  const request: ChatRequest & Uncut & { stream: true } = {
    model: chosen.model, messages: prompt.messages.map((message) => ({ ...message })), format: prompt.schema, stream: true,
    truncate: false, shift: false, keep_alive: '10m', options,
    ...(chosen.thinking === 'none' ? {} : { think: chosen.thinking === 'off' ? false : 'low' as const }),
  }
  let content = ''
  let hasThought = false
  let doneReason = ''
  let told = 0
  try {
    for await (const part of await guardedClient(place, patience, watch.signal).chat(request)) {
      // The types promise these; a server may not keep the promise.
      const message = part.message as { content?: unknown; thinking?: unknown } | undefined
      if (typeof message?.content === 'string') content += message.content
      if (typeof message?.thinking === 'string' && message.thinking.trim() !== '') hasThought = true
      if (part.done) doneReason = typeof part.done_reason === 'string' ? part.done_reason : 'stop'
      const sentences = sentencesSoFar(content)
      if (sentences.length > told) {
        told = sentences.length
        watch.onSentences(shownSoFar(packet, sentences))
      }
    }
  } catch (error) {
    if (error instanceof ModelError) throw error
    if (watch.signal.aborted) throw new ModelError('cancelled')
    throw new ModelError('cut-stream')
  }
  const read = readAnswer(content, doneReason)
  if (!read.ok) {
    const fault = read.code === 'empty' && hasThought ? 'thinking-leaked' : read.code
    return { attempt: { raw: content, fault, findings: [], sentences: 0, answer: null }, assembled: null }
  }
  const assembled = assembleNarrative(packet, recommendation, read.answer, words)
  const attempt: Attempt = { raw: content, fault: null, findings: assembled.findings, sentences: assembled.sentences, answer: read.answer }
  return { attempt, assembled: assembled.narrative === null ? null : assembled }
}

function shownSoFar(packet: EvidencePacket, sentences: readonly Claim[]): readonly Claim[] {
  const shown: Claim[] = []
  for (const sentence of sentences) {
    const supported = supportedSentence(packet, sentence)
    const isNew = supported !== null && !shown.some((one) => one.evidence.some((id) => supported.evidence.includes(id)))
    if (isNew) shown.push(supported)
  }
  return shown
}
