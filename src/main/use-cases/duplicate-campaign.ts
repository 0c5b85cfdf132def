import type { Campaign } from '../../shared/model/campaign.ts'
import { addDays } from '../core/campaign/working-days.ts'
import type { Actor, Context } from './context.ts'
import { createCampaign } from './create-campaign.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'

const dayMs = 86_400_000
const longestName = 200

/** A new draft with the rules of a campaign, judged as of another day and given as many days as the first one was planned with. */
export async function duplicateCampaign(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly name: string | null; readonly asOf: string },
): Promise<Campaign> {
  mustBeOfficer(actor)
  const { spec, asOf } = await findCampaign(context.store.db, input.campaign)
  const days = Math.max(1, Math.round((Date.parse(spec.rules.dueOn) - Date.parse(asOf)) / dayMs))
  const name = input.name?.trim() ?? ''
  return createCampaign(context, actor, {
    spec: {
      ...spec, name: name === '' ? `${spec.name.slice(0, longestName - ' (copy)'.length)} (copy)` : name,
      rules: { ...spec.rules, dueOn: addDays(input.asOf, days) },
    },
    asOf: input.asOf,
  })
}
