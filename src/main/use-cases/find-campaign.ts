import { transition, type CampaignAction } from '../core/campaign/state-machine.ts'
import { campaignById, type StoredCampaign } from '../storage/campaigns.ts'
import type { Queries } from '../storage/database.ts'
import type { CampaignState } from '../../shared/model/campaign.ts'
import { Refusal, type Actor } from './context.ts'

export async function findCampaign(queries: Queries, id: number): Promise<StoredCampaign> {
  const campaign = await campaignById(queries, id)
  if (campaign === undefined) throw new Refusal('not-found', `There is no campaign ${id}.`)
  return campaign
}

/** The state an action leads to, or a refusal that says why not. */
export function nextState(campaign: StoredCampaign, action: CampaignAction): CampaignState {
  const next = transition(campaign.state, action)
  if (!next.ok) throw new Refusal('conflict', `${next.reason} (${campaign.spec.name})`)
  return next.to
}

export function mustBeOfficer(actor: Actor): void {
  if (!actor.roles.includes('officer')) throw new Refusal('not-allowed', 'Only a compliance officer can do this.')
}
