import type { Signal, SignalKind } from '../../../shared/model/signal.ts'
import { accessWords } from './words-access.ts'
import { historyWords } from './words-history.ts'
import { peopleWords } from './words-people.ts'
import { usageWords } from './words-usage.ts'
import type { Form, KindWords, Wording, WordsOf } from './wording.ts'

const words: WordsOf<SignalKind> = { ...usageWords, ...peopleWords, ...historyWords, ...accessWords }

/** The words of a signal's kind. The table is keyed by kind, so the pair always fits; TypeScript cannot follow that across a union. */
export function wordsOf(signal: Signal): { wordings: readonly Wording[]; forms: readonly Form[]; mustNot: readonly RegExp[] } {
  const kind = words[signal.kind] as KindWords<SignalKind>
  return { wordings: kind.wordings(signal), forms: kind.forms(signal), mustNot: kind.mustNot?.(signal) ?? [] }
}
