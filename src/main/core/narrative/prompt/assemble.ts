import type { Claim, Narrative } from '../../../../shared/model/narrative.ts'
import type { ModelAnswer } from '../../../../shared/model/language-model.ts'
import type { EvidencePacket, Recommendation } from '../../../../shared/model/recommendation.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { isStrong } from '../../recommendation/score.ts'
import { checkClaim } from '../check-claim.ts'
import { counterSignals, stanceOf } from '../sides.ts'
import { claimFor } from '../template.ts'
import { verifyNarrative, type NarrativeCode } from '../verify-claims.ts'

/** Changes whenever a rule of the verifier or the assembling does, so that what was let through before is asked for anew. */
export const VERIFIER_VERSION = '3'

/** One sentence that could not stand as the model wrote it. `sentence`: its place, `counter`, or the evidence that was left out. */
export interface SentenceFinding {
  readonly sentence: string
  readonly codes: readonly NarrativeCode[]
}

export interface Assembled {
  readonly narrative: Narrative
  /** Sentences judged: those the model wrote, and strong evidence it left out. */
  readonly sentences: number
  readonly findings: readonly SentenceFinding[]
}

/** From this many failures on, the answer is asked for once more, and then given up. */
export const FAILURES_ALLOWED = 1

/**
 * Makes a narrative of a model's answer in which every sentence is supported: one that is not gives way to the template's for the same
 * evidence, strong evidence that was left out is added, and the counter is the sentence that really speaks against the engine's advice,
 * wherever the model put it (it does not know that advice). Null where even so something is left to object to.
 */
export function assembleNarrative(
  packet: EvidencePacket, recommendation: Recommendation, answer: Pick<ModelAnswer, 'claims' | 'counter'>, narrator: Narrative['narrator'],
): Assembled | { readonly narrative: null; readonly sentences: number; readonly findings: readonly SentenceFinding[] } {
  const findings: SentenceFinding[] = []
  const pool: Claim[] = []
  const covered = new Set<string>()
  const take = (claim: Claim): boolean => {
    if (claim.evidence.some((id) => covered.has(id))) return false
    for (const id of claim.evidence) covered.add(id)
    pool.push(claim)
    return true
  }
  const template = (signal: Signal): Claim => claimFor(signal, packet.access.grantId, false)

  const written = [
    ...answer.claims.map((claim, at) => ({ sentence: String(at + 1), claim })),
    ...(answer.counter === null ? [] : [{ sentence: 'counter', claim: answer.counter }]),
  ]
  for (const { sentence, claim } of written) {
    const codes = checkClaim(claim, packet)
    if (codes.length > 0) {
      findings.push({ sentence, codes })
      for (const signal of packet.signals) if (claim.evidence.includes(signal.id)) take(template(signal))
    } else if (!take(claim) && sentence !== 'counter') {
      // A counter that repeats a claim is no fault of wording: it is that claim's place that is wrong.
      findings.push({ sentence, codes: ['duplicate'] })
    }
  }
  const against = counterSignals(packet, recommendation)
  const missing = packet.signals.filter((signal) => isStrong(signal) && !covered.has(signal.id))
  for (const signal of missing) {
    findings.push({ sentence: signal.id, codes: ['strong-uncovered'] })
    take(template(signal))
  }
  const heaviest = against.find((signal) => pool.some((claim) => isAbout(claim, signal))) ?? against[0]
  if (heaviest !== undefined && !pool.some((claim) => isAbout(claim, heaviest))) take(template(heaviest))
  const counter = heaviest === undefined ? null : (pool.find((claim) => isAbout(claim, heaviest)) ?? null)
  const narrative: Narrative = { claims: pool.filter((claim) => claim !== counter), counter, narrator }
  const sentences = written.length + missing.length
  const left = verifyNarrative(packet, recommendation, narrative)
  if (left.length === 0) return { narrative, sentences, findings }
  return { narrative: null, sentences, findings: [...findings, { sentence: 'whole', codes: [...new Set(left.map(({ code }) => code))] }] }
}

function isAbout(claim: Claim, signal: Signal): boolean {
  return claim.evidence.includes(signal.id) && claim.stance === stanceOf(signal.direction)
}

/** One sentence as it may be shown while the rest is still being written: the model's, or the template's in its place; null = neither. */
export function supportedSentence(packet: EvidencePacket, claim: Claim): Claim | null {
  if (checkClaim(claim, packet).length === 0) return claim
  const signal = packet.signals.find(({ id }) => claim.evidence.includes(id))
  return signal === undefined ? null : claimFor(signal, packet.access.grantId, false)
}
