import type { EvidencePacket, SignalWeights } from '../../../shared/model/recommendation.ts'
import type { Signal } from '../../../shared/model/signal.ts'

/** Thousandths of log-odds from which one signal on its own moves the verdict; the words must then mention it. */
export const STRONG_WEIGHT = 1000

/** The sum that is shown: bias plus every signal's weight. */
export function scoreOf(packet: EvidencePacket, weights: Pick<SignalWeights, 'bias'>): number {
  return packet.signals.reduce((sum, signal) => sum + signal.weight, weights.bias)
}

/** What nobody may overlook: signals that weigh much, and those that a hard rule rests on whatever they weigh. */
export function isStrong(signal: Signal): boolean {
  return Math.abs(signal.weight) >= STRONG_WEIGHT || deciding.has(signal.kind)
}

const deciding: ReadonlySet<Signal['kind']> = new Set(['leaver', 'orphan-account', 'service-account', 'sod-conflict'])
