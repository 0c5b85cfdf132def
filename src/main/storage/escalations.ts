import type { EscalationStep } from '../../shared/model/campaign.ts'
import { escalationStep } from '../../shared/model/campaign.ts'
import type { StoredCampaign } from './campaigns.ts'
import type { Queries } from './database.ts'

/** Steps of the ladder that are behind a campaign's open stage, for the day it is due on now. */
export async function stepsDone(queries: Queries, campaign: Pick<StoredCampaign, 'id' | 'stage' | 'dueOn'>): Promise<readonly EscalationStep[]> {
  const rows = await queries.selectFrom('escalation_done').select(['day', 'action'])
    .where('campaign_id', '=', campaign.id).where('stage', '=', campaign.stage).where('due_on', '=', campaign.dueOn).execute()
  return rows.map((row) => escalationStep.parse(row))
}

export async function insertStepDone(
  queries: Queries, campaign: Pick<StoredCampaign, 'id' | 'stage' | 'dueOn'>, step: EscalationStep, event: { readonly seq: number; readonly lettersWait: boolean },
): Promise<void> {
  await queries.insertInto('escalation_done').values({
    campaign_id: campaign.id, stage: campaign.stage, due_on: campaign.dueOn, day: step.day, action: step.action, event_seq: event.seq,
    letters_wait: event.lettersWait ? 1 : 0,
  }).execute()
}

/** Running campaigns with reminders that nobody has taken along yet. */
export async function campaignsWithLetters(queries: Queries): Promise<readonly number[]> {
  const rows = await queries.selectFrom('escalation_done').innerJoin('campaign', 'campaign.id', 'campaign_id').select('campaign_id').distinct()
    .where('letters_wait', '=', 1).where('campaign.state', '=', 'running').orderBy('campaign_id').execute()
  return rows.map((row) => row.campaign_id)
}

export async function lettersTaken(queries: Queries, campaignId: number): Promise<void> {
  await queries.updateTable('escalation_done').set({ letters_wait: 0 }).where('campaign_id', '=', campaignId).execute()
}
