import { narrative as narrativeSchema, type Narrative } from '../../shared/model/narrative.ts'
import { evidencePacket, type EvidencePacket, type Recommendation } from '../../shared/model/recommendation.ts'
import { englishWriter, plainText } from '../core/narrative/plain-text.ts'
import { renderNarrative, type RenderedNarrative } from '../core/narrative/render.ts'
import { supportedNarrative } from '../core/narrative/supported-narrative.ts'
import type { ItemRow } from '../storage/review-items.ts'
import type { Context } from './context.ts'

/** The narrator's words for a packet, verified before anyone sees them. */
export async function wordPacket(context: Pick<Context, 'narrator'>, packet: EvidencePacket, recommendation: Recommendation): Promise<Narrative> {
  return supportedNarrative(packet, recommendation, await context.narrator.narrate(packet, recommendation))
}

type WordedItem = Pick<ItemRow, 'packet' | 'narrative' | 'subject_name' | 'entitlement_name' | 'application'>

export interface WordedNarrative extends RenderedNarrative {
  readonly packet: EvidencePacket
  readonly wordedBy: string
}

/** An item's frozen words with the names and facts filled in as they were at launch. */
export function renderItem(item: WordedItem): WordedNarrative {
  const packet = evidencePacket.parse(JSON.parse(item.packet))
  const narrative = narrativeSchema.parse(JSON.parse(item.narrative))
  const names = { USER: item.subject_name, ENT: item.entitlement_name, APP: item.application }
  return { ...renderNarrative(narrative, packet, names, englishWriter), packet, wordedBy: narrative.narrator.name }
}

export function itemWords(item: WordedItem): string {
  return plainText(renderItem(item))
}
