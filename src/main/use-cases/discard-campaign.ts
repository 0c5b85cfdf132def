import { removeDraft } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Throws a draft away. The log keeps that there was one; its number is not given again. */
export async function discardCampaign(context: Context, actor: Actor, id: number): Promise<{ readonly discarded: string }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, id)
    nextState(campaign, 'discard')
    await recordEvent(context, queries, actor.email, { kind: 'campaign-discarded', body: { campaign: id, name: campaign.spec.name } })
    if (!(await removeDraft(queries, id))) throw new Refusal('conflict', 'Somebody else just launched this campaign.')
    return { discarded: campaign.spec.name }
  })
}
