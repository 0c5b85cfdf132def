import type { z } from 'zod'
import type { campaignCount } from '../../shared/contract/campaigns.ts'
import type { CampaignSpec } from '../../shared/model/campaign.ts'
import type { Actor, Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { planCampaign } from './plan-campaign.ts'
import { loadOf } from './preview-campaign.ts'

/** What a campaign would take and who would review it, counted while it is still being written. */
export async function countCampaign(
  context: Context, actor: Actor, input: { readonly spec: CampaignSpec; readonly asOf: string },
): Promise<z.infer<typeof campaignCount>> {
  mustBeOfficer(actor)
  const plan = await planCampaign(context, { ...input, createdBy: actor.email })
  return { totals: plan.totals, reviewers: [...loadOf(plan)], withoutReviewer: plan.withoutReviewer, withoutManager: plan.withoutManager }
}
