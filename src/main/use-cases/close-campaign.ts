import type { Campaign } from '../../shared/model/campaign.ts'
import { finalOutcomes, strategiesOf } from '../core/campaign/final-outcomes.ts'
import { caseAnswers } from '../storage/cases.ts'
import { campaignProgress, moveCampaign } from '../storage/campaigns.ts'
import { inTransaction } from '../storage/database.ts'
import { itemsWithoutFinalDecision } from '../storage/decisions.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/**
 * Ends a campaign. Decisions that were never signed off do not count: their items are named in the event as unanswered, and the
 * campaign's rule, where it has one, settles the grants nobody answered for. The event tells what every grant came to.
 */
export async function closeCampaign(context: Context, actor: Actor, id: number): Promise<Campaign> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, id)
    const to = nextState(campaign, 'close')
    const progress = await campaignProgress(queries, id)
    const unanswered = await itemsWithoutFinalDecision(queries, id)
    const strategies = strategiesOf(campaign.spec)
    const final = finalOutcomes(await caseAnswers(queries, id), strategies, campaign.spec.rules.noAnswer)
    const event = await recordEvent(context, queries, actor.email, {
      kind: 'campaign-closed',
      body: {
        campaign: id, items: progress.items, noAnswer: campaign.spec.rules.noAnswer, unanswered: [...unanswered],
        outcomes: {
          undecided: progress.undecided, keep: progress.kept, revoke: progress.revoked, 'keep-until': progress.keptUntil, 'look-closer': progress.lookCloser,
        },
        final: { strategies, outcomes: { ...final.outcomes }, byRule: [...final.byRule] },
      },
    })
    if (!(await moveCampaign(queries, id, { from: campaign.state, to, closedAt: event.ts }))) throw new Refusal('conflict', 'Somebody else just changed this campaign.')
    return findCampaign(queries, id)
  })
}
