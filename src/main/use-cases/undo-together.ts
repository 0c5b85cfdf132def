import type { CampaignProgress } from '../../shared/model/campaign.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import { campaignProgress } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { standingTogether } from '../storage/decided-together.ts'
import { removeDecisions } from '../storage/decisions.ts'
import { personByEmail } from '../storage/people.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, nextState } from './find-campaign.ts'
import { recordEvents } from './record-event.ts'

/**
 * Takes back in one go what was decided in one go (`id`: its event): an undo for each item, all in one transaction. What was taken back,
 * changed or handed on since stays as it is. Only undecided items are decided together, so each is undecided again.
 */
export async function undoTogether(
  context: Context, actor: Actor, { campaign: campaignId, id }: { readonly campaign: number; readonly id: number },
): Promise<{ undone: number[]; progress: CampaignProgress }> {
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, campaignId)
    nextState(campaign, 'undo')
    const reviewer = await personByEmail(queries, actor.email)
    const standing = reviewer === undefined ? [] : await standingTogether(queries, campaign.id, reviewer.id, id)
    if (reviewer === undefined || standing.length === 0) throw new Refusal('conflict', 'Nothing of this is left to undo: it was signed off, taken back or decided anew.')
    await recordEvents(context, queries, actor.email, standing.map(({ itemId, eventSeq }): EventBody => (
      { kind: 'decision-undone', body: { campaign: campaign.id, item: itemId, undoes: eventSeq } })))
    const undone = standing.map(({ itemId }) => itemId)
    await removeDecisions(queries, undone)
    return { undone, progress: await campaignProgress(queries, campaign.id, reviewer.id) }
  })
}
