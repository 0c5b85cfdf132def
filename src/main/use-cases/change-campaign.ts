import type { Campaign, CampaignSpec } from '../../shared/model/campaign.ts'
import { updateDraft } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { checkedSpec } from './create-campaign.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Rewrites a draft as a whole. A draft that is the same afterwards leaves no trace; once launched, the rules stay as they are. */
export async function changeCampaign(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly spec: CampaignSpec; readonly asOf: string },
): Promise<Campaign> {
  mustBeOfficer(actor)
  const { spec, text, specHash } = checkedSpec(context, input)
  return inTransaction(context.store, async (queries) => {
    const before = await findCampaign(queries, input.campaign)
    nextState(before, 'change')
    if (before.specHash === specHash && before.asOf === input.asOf) return before
    if (!(await updateDraft(queries, before.id, { spec: text, specHash, name: spec.name, asOf: input.asOf }))) {
      throw new Refusal('conflict', 'Somebody else just launched this campaign.')
    }
    await recordEvent(context, queries, actor.email, { kind: 'campaign-changed', body: { campaign: before.id, name: spec.name, specHash } })
    return findCampaign(queries, before.id)
  })
}
