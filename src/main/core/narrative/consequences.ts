import type { Signal } from '../../../shared/model/signal.ts'

// What keeping or removing would do: the only statements about the future a sentence may make, and each has to follow from the side the
// evidence is on.

/** Removing hurts: somebody works with it. */
const harmful = /\b(would|could|may|might) (interrupt|stop|disrupt) (that|this|the|their|user's|ongoing|current)? ?(work|use)\b|\binterrupt/
/** Removing helps or costs nothing. */
const helpful = /\b(would end|in line with (?:them|the others)|access that lies idle|unused access)\b/
/** Keeping has a price. */
const exposing = /\b(leaves a way in|would carry the old job along|has to be worth)\b/
/** Keeping is as it should be. */
const fitting = /\bfits (the|that|this) work\b/

/** Does what the text says about keeping and removing follow from the evidence it cites? */
export function hasFittingConsequence(text: string, cited: readonly Signal[]): boolean {
  const speaksFor = cited.some((signal) => signal.direction === 'keep')
  const speaksAgainst = cited.some((signal) => signal.direction === 'revoke')
  const removing = /\bremov(e|es|ed|ing|al)\b(?<rest>.*)$/.exec(text)?.groups?.['rest']
  // "Keeps coming" is a habit, "to keep" in a count of decisions is what they said.
  const keeping = /(?<!<kept> (?:to|for) |<)\bke(?:ep|eps|pt|eping)\b(?! coming)(?<rest>.*)$/.exec(text)?.groups?.['rest']
  const isPastTense = /<revoked> to remove\b/.test(text)
  if (removing !== undefined && !isPastTense && !((speaksFor && harmful.test(removing)) || (speaksAgainst && helpful.test(removing)))) return false
  if (keeping !== undefined && !((speaksFor && fitting.test(keeping)) || (speaksAgainst && exposing.test(keeping)))) return false
  return (speaksFor || !harmful.test(text)) && (speaksAgainst || !helpful.test(text)) && (speaksAgainst || !exposing.test(text))
}

/** Phrases that carry a consequence, so that a clause made of one is not left hanging. */
export const consequencePhrases: readonly RegExp[] = [harmful, helpful, exposing, fitting]
