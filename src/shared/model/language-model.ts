import { z } from 'zod'
import { isoTime } from './time.ts'
import { action, confidence } from './recommendation.ts'
import { claim, renderedClaim } from './narrative.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** As Ollama names models: `llama3.2:3b`, `hf.co/team/model:Q4_K_M`. Anything else on a server's list is passed over, so that it cannot carry text. */
export const modelName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,119}$/)

/**
 * Everything that can go wrong between an item and a model's words, each with its own sentence for people (`texts`, `muster model`).
 * None of them holds up a decision: the template's words stay.
 */
export const modelFailureCode = z.enum([
  /** Nobody has chosen a model, or it was switched off. */
  'off',
  'no-server', 'host-refused', 'no-model', 'remote-model', 'cannot-chat', 'busy', 'slow', 'cut-stream', 'server-error', 'not-ollama',
  'format-ignored', 'thinking-leaked', 'wrong-json', 'empty', 'cut-short', 'prompt-too-long',
  /** The sentences were not supported, twice. */
  'unsupported',
  'digest-changed', 'not-examined', 'paused', 'cancelled',
])

export const modelFailure = z.object({ code: modelFailureCode, message: z.string() })

/** What a model has to answer, verdict last. Checked again whatever `format` promised. */
export const modelAnswer = z.object({
  claims: z.array(claim).max(40),
  counter: claim.nullable(),
  recommendation: action,
  confidence,
  /** What the model would ask the reviewer. Kept with the raw answer, never shown: free text cannot be verified. */
  question: z.string(),
})

/** Twelve fixed packets, one sitting. Rates are counts, so that anybody can divide them. */
export const modelExam = z.object({
  id: z.int(), model: modelName, digest: sha256Hex, ollama: z.string(), at: isoTime, by: z.string(),
  packets: z.int(), schemaValid: z.int(), sentences: z.int(), verified: z.int(), millisecondsPerItem: z.int(),
  promptHash: sha256Hex, verifier: z.string(), isPassed: z.boolean(),
  /** One entry a packet: which rules its sentences broke, or why the answer was none. */
  details: z.array(z.object({ packet: z.string(), milliseconds: z.int(), problem: modelFailureCode.nullable(), codes: z.array(z.string()) })),
})

/** passed / failed as examined; outdated = the model, the prompt or the verifier has changed since. */
export const examState = z.enum(['none', 'passed', 'failed', 'outdated'])

/** How thinking is kept out of the answer: the model has none, it is switched off, or (where a model refuses that) kept as short as it goes. */
export const thinking = z.enum(['none', 'off', 'low'])

/** One model on the server's list, and whether it may be used here. */
export const installedModel = z.object({
  name: modelName, digest: sha256Hex, bytes: z.int(), family: z.string(), parameters: z.string(), quantization: z.string(),
  capabilities: z.array(z.string()),
  /** Why it can never be chosen; null = nothing in the way but the exam. */
  obstacle: z.enum(['remote-model', 'cannot-chat']).nullable(),
  thinking,
})

export const chosenModel = z.object({ model: modelName, digest: sha256Hex, thinking })

export const languageModelSettings = z.object({
  /** Address of the Ollama server, `http://127.0.0.1:11434` unless told otherwise. */
  host: z.string(),
  /** Hosts beyond this machine that the officer allowed by name. */
  allowedHosts: z.array(z.string()),
  chosen: chosenModel.nullable(),
})

/** A narrative that a model worded, as kept for good. Sentences that failed stand as the template's. */
export const wording = z.object({
  id: z.int(), itemId: z.int(), at: isoTime, eventSeq: z.int(),
  /** `template` where a model was asked and its sentences could not be supported. */
  narrator: z.string(), model: modelName, digest: sha256Hex, ollama: z.string(),
  sentences: z.int(), replaced: z.int(),
  /** What the model would do; null where it said nothing usable, a fixed rule decided, or the advice is still hidden. */
  verdict: action.nullable(), isDisagreeing: z.boolean(), milliseconds: z.int(),
  /** Why the whole text is the template's; null where the model's sentences stand. */
  failure: modelFailure.nullable(),
})

/** What a model would do with an item where that is not what the engine advises and no fixed rule decided. */
export const otherOpinion = z.object({ model: modelName, verdict: action })

/** Everything a later reader needs to check how a narrative came about. */
export const wordingRecord = wording.extend({
  packetHash: sha256Hex, packetBytes: z.int(), engineVersion: z.string(), score: z.int(), promptVersion: z.string(), promptHash: sha256Hex,
  verifier: z.string(), options: z.string(),
  /** Exactly what the model wrote, one entry an attempt. */
  raw: z.array(z.string()),
  rawHash: sha256Hex,
  findings: z.array(z.object({ attempt: z.int(), sentence: z.string(), codes: z.array(z.string()) })),
  rendered: z.string(), renderedHash: sha256Hex,
})

/** What the open item hears while a model words it. Sentences arrive one by one, each already verified. */
export const wordingStep = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting'), ahead: z.int() }),
  z.object({ state: z.literal('writing'), sentences: z.array(renderedClaim) }),
  z.object({ state: z.literal('done'), wording }),
  z.object({ state: z.literal('failed'), failure: modelFailure }),
])

export type ModelFailureCode = z.infer<typeof modelFailureCode>
export type ModelFailure = z.infer<typeof modelFailure>
export type ModelAnswer = z.infer<typeof modelAnswer>
export type ModelExam = z.infer<typeof modelExam>
export type ExamState = z.infer<typeof examState>
export type InstalledModel = z.infer<typeof installedModel>
export type ChosenModel = z.infer<typeof chosenModel>
export type LanguageModelSettings = z.infer<typeof languageModelSettings>
export type Wording = z.infer<typeof wording>
export type OtherOpinion = z.infer<typeof otherOpinion>
export type WordingRecord = z.infer<typeof wordingRecord>
export type WordingStep = z.infer<typeof wordingStep>
export type Thinking = z.infer<typeof thinking>
