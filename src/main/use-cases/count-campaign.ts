import type { z } from 'zod'
import type { campaignCount } from '../../shared/contract/campaigns.ts'
import type { CampaignSpec } from '../../shared/model/campaign.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { planCampaign } from './plan-campaign.ts'
import { loadOf } from './preview-campaign.ts'

/**
 * What a campaign would take and who would review it, counted while it is still being written. Counting cannot be interrupted, but a
 * count that nobody waits for any more by the time it is its turn is not begun.
 */
export async function countCampaign(
  context: Context, actor: Actor, input: { readonly spec: CampaignSpec; readonly asOf: string }, signal?: AbortSignal,
): Promise<z.infer<typeof campaignCount>> {
  mustBeOfficer(actor)
  await new Promise((resolve) => { setImmediate(resolve) })
  if (signal?.aborted === true) throw new Refusal('cancelled', 'Nobody waits for this count any more.')
  const plan = await planCampaign(context, { ...input, createdBy: actor.email })
  return { totals: plan.totals, reviewers: [...loadOf(plan)], withoutReviewer: plan.withoutReviewer, withoutManager: plan.withoutManager }
}
