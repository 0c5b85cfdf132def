import type { PlantedAnswer, PlantedItem } from '../../shared/model/campaign.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { inTransaction } from '../storage/database.ts'
import { caseOf, plantedItems, plantInto, uproot } from '../storage/planted-items.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/**
 * Notes that the right answer about an item is known, for its right was given to find out whether it is noticed; `expected` null takes that back.
 * Only before anybody decided it, and never by somebody who is asked about it: a known answer that is written down afterwards, or by whoever
 * answers, proves nothing. Such an item never becomes a removal; the officer takes the right away where it was given.
 */
export async function plantItem(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly item: number; readonly expected: PlantedAnswer | null; readonly note: string },
): Promise<PlantedItem[]> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, input.campaign)
    if (campaign.state !== 'running') throw new Refusal('conflict', `“${campaign.spec.name}” is ${campaign.state}; an item's right answer is noted while it runs.`)
    const one = await caseOf(queries, campaign.id, input.item)
    if (one === undefined) throw new Refusal('not-found', `There is no item ${input.item} in “${campaign.spec.name}”.`)
    if (one.isDecided) throw new Refusal('conflict', `Item ${input.item} has been decided; its right answer can no longer be noted, or taken back.`)
    if (one.reviewers.some((email) => foldEmail(email) === foldEmail(actor.email))) throw new Refusal('not-allowed', 'You are asked about this item yourself; another officer has to note its right answer.')
    const before = (await plantedItems(queries, campaign.id)).find(({ item }) => item === one.item)
    if (input.expected === null && before === undefined) throw new Refusal('conflict', `No right answer is noted for item ${input.item}.`)
    const { seq, ts } = await recordEvent(context, queries, actor.email, {
      kind: 'item-planted',
      body: { campaign: campaign.id, item: one.item, expected: input.expected ?? before?.expected ?? 'revoke', isPlanted: input.expected !== null, note: input.note },
    })
    if (input.expected === null) await uproot(queries, one.item)
    else await plantInto(queries, { item: one.item, campaign: campaign.id, expected: input.expected, note: input.note, by: actor.email, at: ts, seq })
    return plantedItems(queries, campaign.id)
  })
}
