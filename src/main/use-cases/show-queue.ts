import type { z } from 'zod'
import type { queueItem } from '../../shared/contract/review.ts'
import type { Campaign, CampaignProgress } from '../../shared/model/campaign.ts'
import { itemState } from '../../shared/model/decision.ts'
import { identityKind } from '../../shared/model/identity.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { action } from '../../shared/model/recommendation.ts'
import { routedAction } from '../core/narrative/prompt/disagreement.ts'
import { campaignProgress, campaignsOfReviewer } from '../storage/campaigns.ts'
import { personByEmail } from '../storage/people.ts'
import { queueOf, wholeQueue, type QueuePage, type QueueRow } from '../storage/review-items.ts'
import type { Actor, Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'
import { itemsOfOtherOpinion } from './other-opinions.ts'

type QueueItem = z.infer<typeof queueItem>

/** A reviewer's own queue, riskiest first. Empty for everybody else. */
export async function showQueue(
  context: Context, actor: Actor, campaignId: number, page: QueuePage = wholeQueue,
): Promise<{ campaign: Campaign; progress: CampaignProgress; items: QueueItem[] }> {
  const { db } = context.store
  const campaign = await findCampaign(db, campaignId)
  const reviewer = await personByEmail(db, actor.email)
  const reviewerId = reviewer?.id ?? -1
  const rows = await queueOf(db, campaignId, reviewerId, page)
  const disagreeing = await itemsOfOtherOpinion(db, campaignId)
  return { campaign, progress: await campaignProgress(db, campaignId, reviewerId), items: rows.map((row) => toQueueItem(row, disagreeing.has(row.id))) }
}

/** Running campaigns in which the acting person has something to review. */
export async function campaignsToReview(context: Context, actor: Actor): Promise<{ campaign: Campaign; progress: CampaignProgress }[]> {
  const { db } = context.store
  const reviewer = await personByEmail(db, actor.email)
  if (reviewer === undefined) return []
  const found: { campaign: Campaign; progress: CampaignProgress }[] = []
  for (const campaign of await campaignsOfReviewer(db, reviewer.id)) {
    found.push({ campaign, progress: await campaignProgress(db, campaign.id, reviewer.id) })
  }
  return found
}

function toQueueItem(row: QueueRow, hasDisagreement: boolean): QueueItem {
  const isHidden = row.hide_advice === 1 && row.outcome === null
  return {
    itemId: row.id, n: row.n,
    subjectKey: row.identity_id === null ? `account:${row.account_id}` : `identity:${row.identity_id}`,
    subjectName: row.subject_name, subjectTitle: row.subject_title, subjectDepartment: row.subject_department,
    subjectKind: identityKind.parse(row.subject_kind), entitlementName: row.entitlement_name, application: row.application,
    privilege: privilege.parse(row.privilege), risk: risk.parse(row.risk),
    // A flag would give hidden advice away.
    advice: isHidden ? null : routedAction(action.parse(row.advice), hasDisagreement), isFlagged: !isHidden && row.is_flagged === 1, modelDisagrees: !isHidden && hasDisagreement,
    state: itemState.parse(row.outcome ?? 'undecided'), isSignedOff: row.signed_off_seq !== null,
  }
}
