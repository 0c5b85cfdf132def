import type { CampaignProgress } from '../../shared/model/campaign.ts'
import type { DecisionInput } from '../../shared/model/decision.ts'
import { action } from '../../shared/model/recommendation.ts'
import { privilege } from '../../shared/model/entitlement.ts'
import { asKnownToReviewer, decisionObstacle, latestUntil } from '../core/campaign/decision-rules.ts'
import { decisionStack } from '../core/campaign/decision-stack.ts'
import { campaignProgress, type StoredCampaign } from '../storage/campaigns.ts'
import { decisionOf, putDecision, removeDecision } from '../storage/decisions.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { itemEvents, wasEverDecided } from '../storage/evidence-log.ts'
import { disagreeingWording, wordingsOf, type StoredWording } from '../storage/language-model.ts'
import { itemById, type ItemRow } from '../storage/review-items.ts'
import { personByEmail } from '../storage/people.ts'
import { assignmentOf, type Assigned } from '../storage/assignments.ts'
import { isSubject } from '../core/campaign/assign-reviewers.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, nextState } from './find-campaign.ts'
import { ask } from './questions.ts'
import { recordEvent } from './record-event.ts'

/** An item as its reviewer may act on it. */
export async function itemOfReviewer(queries: Queries, actor: Actor, itemId: number): Promise<{ item: ItemRow; assigned: Assigned; campaign: StoredCampaign }> {
  const item = await itemById(queries, itemId)
  const reviewer = await personByEmail(queries, actor.email)
  // The same answer for "not there" and "not yours": whose access is under review is nobody else's business.
  const assigned = item === undefined ? undefined : await assignmentOf(queries, itemId)
  if (item === undefined || reviewer === undefined || assigned?.reviewerId !== reviewer.id || assigned.isSuperseded) {
    throw new Refusal('not-found', `There is no review item ${itemId} for ${actor.email}.`)
  }
  return { item, assigned, campaign: await findCampaign(queries, item.campaign_id) }
}

/**
 * Takes a decision, or changes one that is not signed off. The decision and its event share one transaction; when this returns,
 * both are on the disk.
 */
export async function recordDecision(context: Context, actor: Actor, input: DecisionInput): Promise<CampaignProgress> {
  return inTransaction(context.store, async (queries) => {
    const { item, assigned, campaign } = await itemOfReviewer(queries, actor, input.itemId)
    nextState(campaign, 'decide')
    if (isSubject({ email: actor.email, identityId: null }, { subjectIdentityId: null, subjectEmail: item.subject_email })) {
      throw new Refusal('not-allowed', 'Nobody decides on their own access.')
    }
    const before = await decisionOf(queries, item.id)
    if (before?.isSignedOff === true) throw new Refusal('conflict', 'This decision is signed off and final.')
    const advice = action.parse(item.advice)
    // Once a choice has revealed the advice, a second choice was made knowing it.
    const adviceVisible = item.hide_advice === 0 || before !== undefined || (await wasEverDecided(queries, item.id, assigned.sinceSeq))
    const words = await wordsShown(queries, item, input.wordingId ?? null)
    const isOtherwise = words !== null && (await disagreeingWording(queries, item.id, words.id)) !== undefined
    // Another opinion that was on the screen asks for a reason as a flag does; one the reviewer never saw holds nothing up.
    const advised = {
      advice, privilege: privilege.parse(item.privilege), isFlagged: item.is_flagged === 1 || isOtherwise,
    }
    const obstacle = decisionObstacle(campaign.spec.rules, asKnownToReviewer(advised, !adviceVisible), input, {
      asOf: campaign.asOf, latestUntil: latestUntil(campaign.asOf),
    })
    if (obstacle !== null) throw new Refusal('invalid', obstacle)
    const reasonText = input.reasonText === null || input.reasonText.trim() === '' ? null : input.reasonText.trim()
    const facts = { outcome: input.outcome, until: input.until, reasonCode: input.reasonCode, reasonText, openMs: input.openMs, adviceVisible }
    const event = await recordEvent(context, queries, actor.email, {
      kind: 'decision-made', body: {
        campaign: campaign.id, item: item.id, packet: item.packet_hash, advice, ...facts,
        ...(words === null ? {} : {
          words: { narrative: words.event_seq, rendered: words.rendered_hash, modelDisagreed: adviceVisible && isOtherwise },
        }),
      },
    })
    await putDecision(queries, {
      itemId: item.id, campaignId: campaign.id, reviewerId: assigned.reviewerId, decidedBy: actor.email, decidedAt: event.ts, eventSeq: event.seq, ...facts,
    })
    if (input.askOf != null) {
      if (input.outcome !== 'look-closer') throw new Refusal('invalid', 'Only "look closer" asks somebody a question.')
      await ask(context, queries, actor, campaign, item, { role: input.askOf, text: reasonText ?? '' })
    }
    return campaignProgress(queries, campaign.id, assigned.reviewerId)
  })
}

/** The model's words the screen says it showed; they have to be this item's. Null where the frozen words stood there. */
async function wordsShown(queries: Queries, item: ItemRow, wordingId: number | null): Promise<StoredWording | null> {
  if (wordingId === null) return null
  const found = (await wordingsOf(queries, item.id)).find(({ id }) => id === wordingId)
  if (found === undefined) throw new Refusal('invalid', 'The words named with this decision are not this item’s. Nothing was recorded; open the item again.')
  return found
}

/** Takes the last decision back; one it had replaced stands again. Possible any number of times until the sign-off; the log keeps both. */
export async function undoDecision(context: Context, actor: Actor, itemId: number): Promise<CampaignProgress> {
  return inTransaction(context.store, async (queries) => {
    const { item, assigned, campaign } = await itemOfReviewer(queries, actor, itemId)
    nextState(campaign, 'undo')
    const decision = await decisionOf(queries, item.id)
    if (decision === undefined) throw new Refusal('conflict', 'There is no decision to undo on this item.')
    if (decision.isSignedOff) throw new Refusal('conflict', 'This decision is signed off and final.')
    await recordEvent(context, queries, actor.email, {
      kind: 'decision-undone', body: { campaign: campaign.id, item: item.id, undoes: decision.eventSeq },
    })
    const standing = decisionStack(await itemEvents(queries, item.id, assigned.sinceSeq)).at(-1)
    if (standing === undefined) {
      await removeDecision(queries, item.id)
    } else {
      const { outcome, until, reasonCode, reasonText, adviceVisible, openMs } = standing.body
      await putDecision(queries, {
        itemId: item.id, campaignId: campaign.id, reviewerId: assigned.reviewerId, decidedBy: standing.actor, decidedAt: standing.ts, eventSeq: standing.seq,
        outcome, until, reasonCode, reasonText, adviceVisible, openMs,
      })
    }
    return campaignProgress(queries, campaign.id, assigned.reviewerId)
  })
}
