import type { Campaign } from '../../shared/model/campaign.ts'
import { setDueOn } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Moves the day a running campaign is due. The rules fixed before launch stay as they were; the report shows both days. */
export async function extendCampaign(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly dueOn: string; readonly reason: string },
): Promise<Campaign> {
  mustBeOfficer(actor)
  if (input.reason.trim() === '') throw new Refusal('invalid', 'Moving the due day needs a reason; it goes into the evidence.')
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, input.campaign)
    nextState(campaign, 'decide')
    if (input.dueOn <= campaign.asOf) throw new Refusal('invalid', `The due day must be after ${campaign.asOf}, the day the campaign judges.`)
    if (input.dueOn === campaign.dueOn) throw new Refusal('conflict', `The campaign is due on ${campaign.dueOn} already.`)
    await recordEvent(context, queries, actor.email, {
      kind: 'campaign-extended',
      body: { campaign: campaign.id, stage: campaign.stage, from: campaign.dueOn, to: input.dueOn, reason: input.reason.trim() },
    })
    await setDueOn(queries, campaign.id, input.dueOn)
    return findCampaign(queries, campaign.id)
  })
}
