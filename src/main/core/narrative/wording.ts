import type { SignalKind, SignalOf } from '../../../shared/model/signal.ts'

/** One way to say a signal. `{{.days}}` stands for the signal's own placeholder. The meaning is what keeping or removing would do. */
export interface Wording {
  readonly fact: string
  readonly meaning?: string
}

/** The template's sentences of one kind: several, chosen by what the facts are. */
export type WordingsOf<K extends SignalKind> = { readonly [Kind in K]: (signal: SignalOf<Kind>) => readonly Wording[] }

/**
 * A form a claim about the signal may take, whoever wrote it (own placeholders as `<days>`, lower case): phrases it has to contain,
 * phrases that would make it say something else, and how many negations.
 */
export interface Form {
  readonly must: readonly RegExp[]
  readonly never?: readonly RegExp[]
  readonly negations: number
}

/** What anybody's sentence about one kind of signal must and must not say. */
export interface KindForms<K extends SignalKind> {
  readonly forms: (signal: SignalOf<K>) => readonly Form[]
  readonly mustNot?: (signal: SignalOf<K>) => readonly RegExp[]
}

export type FormsOf<K extends SignalKind> = { readonly [Kind in K]: KindForms<Kind> }
