import type { CampaignSpec } from '../../shared/model/campaign.ts'
import type { FormerAnswer } from '../../shared/model/former-answer.ts'
import type { Queries } from '../storage/database.ts'
import { formerAnswers } from '../storage/former-answers.ts'

/** What an item's reviewer is told of the stages before: everything in an informed stage, nothing in a blind one and in the first. */
export async function toldBefore(
  queries: Queries, spec: CampaignSpec, item: { readonly campaign_id: number; readonly grant_id: number; readonly stage: number },
): Promise<FormerAnswer[]> {
  return spec.stages[item.stage - 2]?.isInformed === true ? formerAnswers(queries, item) : []
}
