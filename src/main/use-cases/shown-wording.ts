import { narrative as narrativeSchema } from '../../shared/model/narrative.ts'
import type { Wording } from '../../shared/model/language-model.ts'
import { evidencePacket } from '../../shared/model/recommendation.ts'
import { modelFailure } from '../core/narrative/prompt/failure-messages.ts'
import { englishWriter } from '../core/narrative/plain-text.ts'
import { renderNarrative, type Names, type RenderedNarrative } from '../core/narrative/render.ts'
import type { Queries } from '../storage/database.ts'
import { latestWording, type StoredWording } from '../storage/language-model.ts'
import type { ItemRow } from '../storage/review-items.ts'
import { modelSettings } from './model-settings.ts'

/** The model's words to show on an item in place of the frozen ones; undefined while no model is switched on or none worded it. */
export async function shownWording(queries: Queries, itemId: number): Promise<StoredWording | undefined> {
  const { chosen } = await modelSettings(queries)
  return chosen === null ? undefined : latestWording(queries, itemId)
}

/** While the advice is hidden, so is what the model would do: it would give the advice away or stand in for it. */
export function toWording(row: StoredWording, isAdviceHidden: boolean): Wording {
  return {
    id: row.id, itemId: row.item_id, at: row.at, eventSeq: row.event_seq, narrator: row.narrator, model: row.model, digest: row.digest,
    ollama: row.ollama, sentences: row.sentences, replaced: row.replaced, verdict: isAdviceHidden ? null : row.verdict,
    isDisagreeing: !isAdviceHidden && row.isDisagreeing, milliseconds: row.milliseconds,
    failure: row.fault === null ? null : modelFailure(row.fault),
  }
}

export function namesOf(item: Pick<ItemRow, 'subject_name' | 'entitlement_name' | 'application'>): Names {
  return { USER: item.subject_name, ENT: item.entitlement_name, APP: item.application }
}

/**
 * A stored narrative with names and facts filled in. Hidden advice: every sentence stands among the claims, in the order of the evidence,
 * since which of them is the counter would tell which way the advice leans.
 */
export function renderWording(row: StoredWording, item: ItemRow, isAdviceHidden: boolean): RenderedNarrative {
  const rendered = renderNarrative(
    narrativeSchema.parse(JSON.parse(row.narrative)), evidencePacket.parse(JSON.parse(item.packet)), namesOf(item), englishWriter,
  )
  if (!isAdviceHidden) return rendered
  const all = rendered.counter === null ? rendered.claims : [...rendered.claims, rendered.counter]
  return { claims: [...all].sort((a, b) => place(a.evidence[0]) - place(b.evidence[0])), counter: null }
}

function place(id: string | undefined): number {
  return Number((id ?? 'E0').slice(1))
}
