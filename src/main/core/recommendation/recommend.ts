import type { EvidencePacket, Recommendation, SignalWeights } from '../../../shared/model/recommendation.ts'
import { confidenceOf } from './confidence.ts'
import { applyHardRules } from './hard-rules.ts'
import { scoreOf } from './score.ts'

/** The verdict on one packet: the sum proposes, the hard rules dispose. Same packet and weights, same verdict, always. */
export function recommend(packet: EvidencePacket, weights: Pick<SignalWeights, 'bias' | 'keepAt' | 'revokeAt'>): Recommendation {
  const score = scoreOf(packet, weights)
  const summed = score >= weights.keepAt ? 'keep' : score <= weights.revokeAt ? 'revoke' : 'look-closer'
  const ruled = applyHardRules(packet, summed)
  return { action: ruled.action, confidence: confidenceOf(packet, ruled, score), score, rules: [...ruled.rules] }
}

/** A single finding this heavy against keeping deserves a reason even when the rest outweighs it. */
const FINDING_WEIGHT = -1500

/**
 * Is this item one of those an auditor will ask about? Then a decision needs a reason and bulk is closed: advice to revoke, a
 * workload or protected object, a conflict, or one heavy finding. Privilege is asked about separately, by the campaign's own rule.
 */
export function isFlagged(recommendation: Recommendation, packet: EvidencePacket): boolean {
  return recommendation.action === 'revoke'
    || recommendation.rules.some((rule) => rule !== 'admin-caps-keep' && rule !== 'no-evidence-look-closer')
    // A conflict that somebody answers for is one all the same, and the auditor will ask who decided to leave it.
    || packet.signals.some((signal) => signal.weight <= FINDING_WEIGHT || signal.kind === 'sod-conflict')
}
