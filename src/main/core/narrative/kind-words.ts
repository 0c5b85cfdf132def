import type { Signal, SignalKind } from '../../../shared/model/signal.ts'
import { accessForms } from './forms-access.ts'
import { historyForms } from './forms-history.ts'
import { peopleForms } from './forms-people.ts'
import { usageForms } from './forms-usage.ts'
import { accessWords } from './words-access.ts'
import { historyWords } from './words-history.ts'
import { peopleWords } from './words-people.ts'
import { usageWords } from './words-usage.ts'
import type { Form, FormsOf, KindForms, Wording, WordingsOf } from './wording.ts'

const words: WordingsOf<SignalKind> = { ...usageWords, ...peopleWords, ...historyWords, ...accessWords }
const forms: FormsOf<SignalKind> = { ...usageForms, ...peopleForms, ...historyForms, ...accessForms }

// The tables are keyed by kind, so the pairs always fit; TypeScript cannot follow that across a union.

/** The template's sentences for a signal. */
export function wordingsOf(signal: Signal): readonly Wording[] {
  return (words[signal.kind] as (signal: Signal) => readonly Wording[])(signal)
}

/** What any sentence about a signal must and must not say. */
export function formsOf(signal: Signal): { readonly forms: readonly Form[]; readonly mustNot: readonly RegExp[] } {
  const kind = forms[signal.kind] as KindForms<SignalKind>
  return { forms: kind.forms(signal), mustNot: kind.mustNot?.(signal) ?? [] }
}
