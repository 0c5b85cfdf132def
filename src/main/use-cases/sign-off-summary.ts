import type { z } from 'zod'
import type { signOffSummary as summarySchema } from '../../shared/contract/review.ts'
import { action } from '../../shared/model/recommendation.ts'
import { agreesWithAdvice } from '../core/evidence/item-standing.ts'
import { campaignProgress } from '../storage/campaigns.ts'
import { pendingDecisions } from '../storage/decisions.ts'
import { personByEmail } from '../storage/people.ts'
import { itemTitles } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'
import { signOffStatement } from './sign-off.ts'

/** What a reviewer would sign now: their pending decisions, what is left, and the words they would stand by. */
export async function signOffSummary(context: Context, actor: Actor, campaignId: number): Promise<z.infer<typeof summarySchema>> {
  const { db } = context.store
  const campaign = await findCampaign(db, campaignId)
  const reviewer = await personByEmail(db, actor.email)
  if (reviewer === undefined) throw new Refusal('not-found', `${actor.email} has no items in this campaign.`)
  const decisions = await pendingDecisions(db, campaignId, reviewer.id)
  const titles = await itemTitles(db, decisions.map((decision) => decision.itemId))
  const progress = await campaignProgress(db, campaignId, reviewer.id)
  const pending = decisions.map((decision) => {
    const title = titles.get(decision.itemId)
    if (title === undefined) throw new Error(`decision without an item: ${decision.itemId}`)
    return { itemId: decision.itemId, subjectName: title.subjectName, entitlementName: title.entitlementName, application: title.application, decision, advice: action.parse(title.advice) }
  })
  return {
    campaign, progress, pending, statement: signOffStatement, isEnrolled: reviewer.fingerprint !== null, undecided: progress.undecided,
    agreesWithAdvice: pending.filter(({ decision, advice }) => agreesWithAdvice(decision.outcome, advice)).length,
  }
}
