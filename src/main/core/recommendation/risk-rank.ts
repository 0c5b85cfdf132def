import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import type { Signal } from '../../../shared/model/signal.ts'
import { isUnansweredConflict } from './hard-rules.ts'

const privilegeRisk = { none: 0, elevated: 1500, admin: 3000 } as const
const entitlementRisk = { low: 0, medium: 300, high: 1500, critical: 2500 } as const
const conflictRisk = { medium: 1500, high: 3000, critical: 4500 } as const

/**
 * How dangerous it would be to wave this item through; higher comes first in the queue. Harm the right could do, plus how
 * strongly the evidence speaks against it. An order, not a probability.
 */
export function riskRank(packet: EvidencePacket, recommendation: Recommendation): number {
  const harm = privilegeRisk[packet.access.privilege] + entitlementRisk[packet.access.risk]
  const finding = packet.signals.reduce((most, signal) => Math.max(most, findingRisk(signal)), 0)
  const doubt = Math.max(-4000, Math.min(4000, -recommendation.score))
  return harm + finding + doubt
}

/** For sorting, riskiest first; equals keep the order of their grants, so that every run shows the same queue. */
export function compareByRisk(a: RankedItem, b: RankedItem): number {
  return riskRank(b.packet, b.recommendation) - riskRank(a.packet, a.recommendation) || a.packet.access.grantId - b.packet.access.grantId
}

export interface RankedItem {
  readonly packet: EvidencePacket
  readonly recommendation: Recommendation
}

function findingRisk(signal: Signal): number {
  if (signal.kind === 'leaver' || signal.kind === 'orphan-account') return 5000
  if (signal.kind !== 'sod-conflict') return 0
  return isUnansweredConflict(signal) ? conflictRisk[signal.facts.severity] : conflictRisk[signal.facts.severity] / 3
}
