import type { EvidencePacket, Recommendation } from '../../shared/model/recommendation.ts'
import type { Narrative } from '../../shared/model/narrative.ts'

/** Words a packet. Deterministic or not, its text passes the claim verifier before anyone sees it. */
export interface Narrator {
  readonly name: string
  readonly version: string
  /** Supported words for the packet. A narrator that depends on others (a model) may throw a `ModelError` instead. */
  readonly narrate: (packet: EvidencePacket, recommendation: Recommendation) => Promise<Narrative>
}
