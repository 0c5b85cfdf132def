import type { Signal } from '../../../shared/model/signal.ts'
import type { GrantHistory, PastEvidence } from './grant-history.ts'

/** Most the past may say together, thousandths of log-odds: habit is one voice among the evidence, never all of it. */
export const MOST_FROM_HISTORY = 2500
/** Named at most, besides what is combined; a reviewer reads three reasons, not seven. */
const MOST_NAMED = 3
/** Weaker ones are not worth a line of their own. */
const FAINT = 50

/**
 * The signals a model adds to a packet, numbered from E1. Their weights are whole thousandths and add up to the
 * history's total (held within ±2,500) exactly. A basis is named only where its counts lean the way it weighs; the rest is combined.
 */
export function pastDecisionSignals({ total, evidence }: GrantHistory, modelId: number): readonly Signal[] {
  const most = MOST_FROM_HISTORY / 1000
  const sum = Math.round(Math.max(-most, Math.min(most, total)) * 1000)
  const scale = Math.abs(total) > most ? most / Math.abs(total) : 1
  const combined = evidence.find(({ basis }) => basis === 'combined')
  if (combined === undefined) return []
  const usual = shareKept(combined)
  const named = evidence
    .filter((one) => one.basis !== 'combined' && one.kept + one.revoked > 0)
    .map((one) => ({ one, weight: Math.round(one.logOdds * scale * 1000) }))
    .filter(({ one, weight }) => Math.abs(weight) >= FAINT && (weight > 0) === (shareKept(one) >= usual))
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_NAMED)
  const rest = sum - named.reduce((told, { weight }) => told + weight, 0)
  const signals = rest === 0 ? named : [...named, { one: combined, weight: rest }]
  return signals.map(({ one, weight }, at) => ({
    id: `E${at + 1}`, kind: 'past-decision', weight, direction: weight > 0 ? 'keep' : 'revoke',
    quality: one.basis === 'combined' ? 'inferred' : 'observed',
    rows: [`learned-model:${modelId}`],
    facts: { basis: one.basis, kept: one.kept, revoked: one.revoked, latest: one.latest },
  }))
}

function shareKept({ kept, revoked }: Pick<PastEvidence, 'kept' | 'revoked'>): number {
  return kept / Math.max(1, kept + revoked)
}
