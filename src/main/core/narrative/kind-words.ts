import type { Signal, SignalKind, SignalOf } from '../../../shared/model/signal.ts'
import { accessWords } from './words-access.ts'
import { peopleWords } from './words-people.ts'
import { usageWords } from './words-usage.ts'

/** One way to say a signal. `{{.days}}` stands for the signal's own placeholder. The meaning is what keeping or removing would do. */
export interface Wording {
  readonly fact: string
  readonly meaning?: string
}

/** A form a claim about the signal may take: phrases it has to contain (own placeholders as `<days>`, lower case) and how many negations. */
export interface Form {
  readonly must: readonly RegExp[]
  readonly negations: number
}

/** What one kind of signal owns in words: its sentences, the forms anybody's sentence about it must have, and what it must not say. */
export interface KindWords<K extends SignalKind> {
  readonly wordings: (signal: SignalOf<K>) => readonly Wording[]
  readonly forms: (signal: SignalOf<K>) => readonly Form[]
  readonly mustNot?: (signal: SignalOf<K>) => readonly RegExp[]
}

export type WordsOf<K extends SignalKind> = { readonly [Kind in K]: KindWords<Kind> }

const words: WordsOf<SignalKind> = { ...usageWords, ...peopleWords, ...accessWords }

/** The words of a signal's kind. The table is keyed by kind, so the pair always fits; TypeScript cannot follow that across a union. */
export function wordsOf(signal: Signal): { wordings: readonly Wording[]; forms: readonly Form[]; mustNot: readonly RegExp[] } {
  const kind = words[signal.kind] as KindWords<SignalKind>
  return { wordings: kind.wordings(signal), forms: kind.forms(signal), mustNot: kind.mustNot?.(signal) ?? [] }
}
