import type { OtherOpinion } from '../../shared/model/language-model.ts'
import type { Queries } from '../storage/database.ts'
import { disagreeingItems, disagreeingWording } from '../storage/language-model.ts'
import { modelSettings } from './model-settings.ts'

// A model's other opinion counts while a model is switched on: without one, every item is as the engine left it, and the record stays.

/** Items of a campaign on which the model disagrees with the engine. */
export async function itemsOfOtherOpinion(queries: Queries, campaignId: number): Promise<ReadonlySet<number>> {
  return (await isSwitchedOn(queries)) ? disagreeingItems(queries, campaignId) : new Set()
}

/** The other opinion on one item, if there is one. Whoever shows it has to know that the advice is not hidden. */
export async function otherOpinionOn(queries: Queries, itemId: number): Promise<OtherOpinion | null> {
  const found = (await isSwitchedOn(queries)) ? await disagreeingWording(queries, itemId, null) : undefined
  return found === undefined || found.verdict === null ? null : { model: found.model, verdict: found.verdict }
}

async function isSwitchedOn(queries: Queries): Promise<boolean> {
  return (await modelSettings(queries)).chosen !== null
}
