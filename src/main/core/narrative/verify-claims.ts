import type { Claim, Narrative } from '../../../shared/model/narrative.ts'
import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import { isStrong } from '../recommendation/score.ts'
import { checkClaim } from './check-claim.ts'
import type { ClaimCode } from './check-claim.ts'
import { counterSignals, stanceOf } from './sides.ts'

/** Rules about the whole text: nothing strong left out, the other side heard, nothing said twice or both ways. */
export type NarrativeCode = ClaimCode | 'no-claims' | 'strong-uncovered' | 'counter-missing' | 'counter-unfounded' | 'duplicate'
| 'contradiction'

export interface Finding {
  readonly code: NarrativeCode
  /** Index of the claim, `counter`, or null for the text as a whole. */
  readonly claim: number | 'counter' | null
  /** What exactly: a signal id where one is left out, else empty. */
  readonly detail: string
}

/**
 * Checks a narrative against the evidence it words, whoever wrote it. Empty = every sentence is supported, every strong signal and the
 * other side are covered. Pure: same text and packet, same findings.
 */
export function verifyNarrative(
  packet: EvidencePacket, recommendation: Recommendation, narrative: Pick<Narrative, 'claims' | 'counter'>,
): readonly Finding[] {
  const findings: Finding[] = []
  const named: readonly (readonly [number | 'counter', Claim])[] = [
    ...narrative.claims.map((claim, at) => [at, claim] as const),
    ...(narrative.counter === null ? [] : [['counter', narrative.counter] as const]),
  ]
  if (narrative.claims.length === 0 && packet.signals.length > 1) findings.push({ code: 'no-claims', claim: null, detail: '' })
  for (const [claim, { evidence, stance, text }] of named) {
    for (const code of checkClaim({ evidence, stance, text }, packet)) findings.push({ code, claim, detail: '' })
  }

  const covered = new Set(named.flatMap(([, claim]) => claim.evidence))
  for (const signal of packet.signals) {
    if (isStrong(signal) && !covered.has(signal.id)) findings.push({ code: 'strong-uncovered', claim: null, detail: signal.id })
  }
  findings.push(...counterFindings(packet, recommendation, narrative.counter))

  named.forEach(([at, claim], index) => {
    for (const [, earlier] of named.slice(0, index)) {
      const shared = claim.evidence.some((id) => earlier.evidence.includes(id))
      if (sameWords(claim.text) === sameWords(earlier.text) || (shared && claim.evidence.length === 1 && earlier.evidence.length === 1)) {
        findings.push({ code: 'duplicate', claim: at, detail: '' })
      }
      if (shared && claim.stance !== earlier.stance && claim.stance !== 'neutral' && earlier.stance !== 'neutral') {
        findings.push({ code: 'contradiction', claim: at, detail: '' })
      }
    }
  })
  return findings
}

function counterFindings(packet: EvidencePacket, recommendation: Recommendation, counter: Claim | null): readonly Finding[] {
  const against = counterSignals(packet, recommendation)
  if (counter === null) return against.length === 0 ? [] : [{ code: 'counter-missing', claim: null, detail: against[0]?.id ?? '' }]
  const side = against.find((signal) => counter.evidence.includes(signal.id))
  const isFounded = side !== undefined && counter.stance === stanceOf(side.direction)
  return isFounded ? [] : [{ code: 'counter-unfounded', claim: 'counter', detail: against[0]?.id ?? '' }]
}

function sameWords(text: string): string {
  return text.toLowerCase().replace(/[^a-z{}.0-9]+/g, ' ').trim()
}
