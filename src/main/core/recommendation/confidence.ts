import type { Confidence, EvidencePacket } from '../../../shared/model/recommendation.ts'
import type { Ruled } from './hard-rules.ts'

const levels = ['low', 'medium', 'high'] as const satisfies readonly Confidence[]

/**
 * A word, not a percentage, until enough blind decisions exist to calibrate one: how far the sum is from undecided, one step less
 * for evidence that is missing or mostly second-hand. A deciding rule is as sure as the fact it rests on.
 */
export function confidenceOf(packet: EvidencePacket, ruled: Ruled, score: number): Confidence {
  const rule = ruled.rules[0]
  if (rule === 'leaver-revoke') {return packet.signals.some(
    (signal) => signal.kind === 'leaver' && signal.quality === 'observed',
  ) ? 'high' : 'medium'}
  if (rule === 'orphan-revoke') {
    return packet.signals.some((signal) => signal.kind === 'orphan-account' && signal.facts.reason === 'two-candidates') ? 'low' : 'high'
  }
  if (rule === 'protected-look-closer') return 'high'
  if (ruled.rules.includes('no-evidence-look-closer')) return 'low'
  if (ruled.action === 'look-closer') return ruled.rules.includes('conflict-never-keep') ? 'high' : 'low'
  let level = Math.abs(score) >= 2500 ? 2 : Math.abs(score) >= 1200 ? 1 : 0
  if (isThin(packet)) level -= 1
  if (ruled.isCapped) level = Math.min(level, 1)
  return levels[Math.max(0, level)] ?? 'low'
}

function isThin(packet: EvidencePacket): boolean {
  const lacks = packet.signals.some(
    (signal) => signal.kind === 'no-peer-group' || (signal.kind === 'data-gap' && signal.facts.about === 'usage'),
  )
  const weightOf = (isFirstHand: boolean): number => packet.signals
    .filter((signal) => (signal.quality === 'observed') === isFirstHand)
    .reduce((sum, signal) => sum + Math.abs(signal.weight), 0)
  return lacks || weightOf(false) > weightOf(true)
}
