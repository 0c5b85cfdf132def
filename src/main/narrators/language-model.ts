import type { Claim, Narrative } from '../../shared/model/narrative.ts'
import type { ChosenModel, InstalledModel, ModelAnswer, ModelFailure, ModelFailureCode } from '../../shared/model/language-model.ts'
import type { EvidencePacket, Recommendation } from '../../shared/model/recommendation.ts'
import type { SentenceFinding } from '../core/narrative/prompt/assemble.ts'
import type { Narrator } from './narrator.ts'

/** Where a model runs, and which hosts beyond this machine an officer allowed by name. */
export interface ModelPlace {
  readonly host: string
  readonly allowedHosts: readonly string[]
}

export type Detection =
  | { readonly state: 'ready'; readonly version: string; readonly models: readonly InstalledModel[] }
  | { readonly state: 'failed'; readonly failure: ModelFailure }

/** One answer of the model as it came. */
export interface Attempt {
  /** Verbatim. */
  readonly raw: string
  /** Why it was no answer; null where it was read. */
  readonly fault: ModelFailureCode | null
  readonly findings: readonly SentenceFinding[]
  /** Sentences judged; 0 where there was nothing to judge. */
  readonly sentences: number
  readonly answer: ModelAnswer | null
}

/** What became of asking a model. `fault` says why the whole text is the template's, null where the model's stands. */
export interface Worded {
  readonly narrative: Narrative
  readonly fault: ModelFailureCode | null
  readonly attempts: readonly Attempt[]
  readonly ollama: string
  readonly milliseconds: number
}

export interface WordingWatch {
  readonly signal: AbortSignal
  /** Every sentence that is complete so far, each verified or replaced. */
  readonly onSentences: (sentences: readonly Claim[]) => void
}

/** A narrator that is a model: it can be watched, stopped, and asked how it went. Throws `ModelError` where no answer came at all. */
export interface ModelNarrator extends Narrator {
  /** What is sent along with every prompt, as canonical JSON. */
  readonly options: string
  readonly word: (packet: EvidencePacket, recommendation: Recommendation, watch: WordingWatch) => Promise<Worded>
  /** One attempt, no retry: what an exam measures. */
  readonly tryOnce: (packet: EvidencePacket, recommendation: Recommendation, watch: WordingWatch) => Promise<Attempt>
}

/** The language models of one machine, as narrators/ollama provides them. */
export interface LanguageModels {
  /** Never throws: what is wrong is part of the answer. */
  readonly detect: (place: ModelPlace, signal?: AbortSignal) => Promise<Detection>
  readonly narratorOf: (place: ModelPlace, chosen: ChosenModel) => ModelNarrator
  /** The address in the one spelling it is kept in, and whether it is this machine; null = no address of an Ollama server. */
  readonly hostOf: (address: string) => { readonly origin: string; readonly host: string; readonly isLoopback: boolean } | null
}
