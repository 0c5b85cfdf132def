import type { Narrative } from '../../../shared/model/narrative.ts'
import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import { templateNarrative } from './template.ts'
import { verifyNarrative } from './verify-claims.ts'

/**
 * What may be shown of a narrator's words. A narrative with any finding gives way to the template's as a whole; should a template sentence
 * ever fail as well, it is left out: less is said rather than something its evidence does not support.
 */
export function supportedNarrative(packet: EvidencePacket, recommendation: Recommendation, narrative: Narrative): Narrative {
  if (verifyNarrative(packet, recommendation, narrative).length === 0) return narrative
  const template = templateNarrative(packet, recommendation)
  const faulty = new Set(verifyNarrative(packet, recommendation, template).map((finding) => finding.claim))
  return {
    ...template,
    claims: template.claims.filter((_, at) => !faulty.has(at)),
    counter: faulty.has('counter') ? null : template.counter,
  }
}
