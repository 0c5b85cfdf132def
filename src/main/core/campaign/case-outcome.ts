import type { OutcomeStrategy, StageRule } from '../../../shared/model/campaign.ts'
import type { ItemState, Outcome } from '../../../shared/model/decision.ts'

/** One reviewer's final word on a grant; `seq` orders them by when they were given. Null outcome: no answer that counts. */
export interface Answer {
  readonly outcome: Outcome | null
  readonly seq: number
}

/**
 * What several answers about one grant come to. Looking closer postpones an answer, so it decides only where there is no other; keeping
 * until a date is keeping. A tie is not a majority for keeping: removing what is needed can be undone, keeping what is not goes unseen.
 */
export function caseOutcome(strategy: OutcomeStrategy, answers: readonly Answer[]): ItemState {
  const given = answers.flatMap(({ outcome, seq }) => (outcome === null ? [] : [{ outcome, seq }]))
  const keeps = given.filter(({ outcome }) => outcome === 'keep' || outcome === 'keep-until')
  const revokes = given.filter(({ outcome }) => outcome === 'revoke')
  if (keeps.length + revokes.length === 0) return given.length > 0 ? 'look-closer' : 'undecided'
  const kept: ItemState = keeps.some(({ outcome }) => outcome === 'keep-until') ? 'keep-until' : 'keep'
  switch (strategy) {
    case 'one-revoke-revokes': return revokes.length > 0 ? 'revoke' : kept
    case 'all-must-keep': return keeps.length === answers.length ? kept : revokes.length > 0 ? 'revoke' : 'look-closer'
    case 'majority': return keeps.length > revokes.length ? kept : 'revoke'
    case 'first-answer': return [...keeps, ...revokes].sort((left, right) => left.seq - right.seq)[0]?.outcome ?? 'undecided'
  }
}

/** Whether a case with this outcome comes before somebody again in the next stage. */
export function movesOn(next: Pick<StageRule, 'takes'>, outcome: ItemState): boolean {
  return next.takes.includes(outcome === 'keep-until' ? 'keep' : outcome)
}
