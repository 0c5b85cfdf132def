import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import type { Direction, Signal } from '../../../shared/model/signal.ts'
import type { Claim } from '../../../shared/model/narrative.ts'

/** Which way the advice leans. "Look closer" leans as its cause does: a conflict towards removing, else as the sum. */
export function leanOf(recommendation: Recommendation): 'keep' | 'revoke' {
  if (recommendation.action !== 'look-closer') return recommendation.action
  return recommendation.rules.includes('conflict-never-keep') || recommendation.score < 0 ? 'revoke' : 'keep'
}

/** The evidence against the advice, heaviest first; empty where nothing speaks against it. */
export function counterSignals(packet: EvidencePacket, recommendation: Recommendation): readonly Signal[] {
  const side = leanOf(recommendation) === 'keep' ? 'revoke' : 'keep'
  return heaviestFirst(packet.signals.filter((signal) => signal.direction === side))
}

/** Stable: equals keep the packet's order. */
export function heaviestFirst(signals: readonly Signal[]): readonly Signal[] {
  return [...signals].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}

export function stanceOf(direction: Direction): Claim['stance'] {
  return direction === 'keep' ? 'for-keeping' : direction === 'revoke' ? 'for-revoking' : 'neutral'
}
