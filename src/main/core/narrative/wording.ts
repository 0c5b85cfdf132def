import type { SignalKind, SignalOf } from '../../../shared/model/signal.ts'

/** One way to say a signal. `{{.days}}` stands for the signal's own placeholder. The meaning is what keeping or removing would do. */
export interface Wording {
  readonly fact: string
  readonly meaning?: string
}

/**
 * A form a claim about the signal may take: phrases it has to contain (own placeholders as `<days>`, lower case) and how many negations.
 */
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
