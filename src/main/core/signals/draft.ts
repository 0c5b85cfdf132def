import type { Quality, Signal, SignalKind, SignalOf } from '../../../shared/model/signal.ts'
import type { WeightKey } from './weight-keys.ts'

/** A signal before it has a place in the packet: what was found, how well it is known, from which rows, and what it weighs as. */
export type Draft = {
  [K in SignalKind]: {
    readonly kind: K
    readonly facts: SignalOf<K>['facts']
    readonly quality: Quality
    readonly rows: readonly string[]
    readonly weighs: WeightKey
  }
}[SignalKind]

/** Gives a draft its number and weight. The direction is the weight's sign, so that words and sum can never disagree. */
export function numbered(draft: Draft, n: number, weightOf: (key: WeightKey) => number): Signal {
  const weight = weightOf(draft.weighs)
  return {
    id: `E${n}`,
    kind: draft.kind,
    facts: draft.facts,
    direction: weight > 0 ? 'keep' : weight < 0 ? 'revoke' : 'none',
    weight,
    quality: draft.quality,
    rows: [...draft.rows],
  } as Signal
}
