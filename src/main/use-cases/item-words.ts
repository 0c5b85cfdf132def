import { narrative as narrativeSchema } from '../../shared/model/narrative.ts'
import { evidencePacket, type EvidencePacket } from '../../shared/model/recommendation.ts'
import { englishWriter, plainText } from '../core/narrative/plain-text.ts'
import { renderNarrative, type RenderedNarrative } from '../core/narrative/render.ts'
import type { ItemRow } from '../storage/review-items.ts'

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
