import type { z } from 'zod'
import type { reviewItem } from '../../shared/contract/review.ts'
import type { Outcome } from '../../shared/model/decision.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { identityKind } from '../../shared/model/identity.ts'
import { action, confidence, hardRules } from '../../shared/model/recommendation.ts'
import { asKnownToReviewer, isReasonRequired, latestUntil, reasonsFor } from '../core/campaign/decision-rules.ts'
import { routedAction } from '../core/narrative/prompt/disagreement.ts'
import { decisionOf } from '../storage/decisions.ts'
import { hrHistoryUntil } from '../storage/hr-history.ts'
import { itemFacts } from '../storage/packets.ts'
import { stepNamesOf } from '../storage/access-rows.ts'
import { holdersOf } from '../storage/review-items.ts'
import type { Actor, Context } from './context.ts'
import { renderItem } from './item-words.ts'
import { otherOpinionOn } from './other-opinions.ts'
import { itemOfReviewer } from './record-decision.ts'
import { renderWording, shownWording, toWording } from './shown-wording.ts'
import { toldBefore } from './told-before.ts'

type ReviewItem = z.infer<typeof reviewItem>

/** One item with its evidence as frozen at launch. While the advice is hidden, neither it nor the weights behind it are told. */
export async function showItem(context: Context, actor: Actor, itemId: number): Promise<ReviewItem> {
  const { db } = context.store
  const { item, assigned, campaign } = await itemOfReviewer(db, actor, itemId)
  const decision = await decisionOf(db, itemId)
  const carried = await itemFacts(db, itemId)
  const isAdviceHidden = item.hide_advice === 1 && decision === undefined
  const worded = renderItem(item)
  const byModel = await shownWording(db, itemId)
  const words = byModel === undefined ? worded : renderWording(byModel, item, isAdviceHidden)
  const other = await otherOpinionOn(db, itemId)
  const advised = { advice: action.parse(item.advice), privilege: privilege.parse(item.privilege), isFlagged: item.is_flagged === 1 || other !== null }
  const known = asKnownToReviewer(advised, isAdviceHidden)
  const needsReason = (outcome: Outcome): boolean => isReasonRequired(campaign.spec.rules, known, outcome)
  return {
    itemId, n: item.n, campaignId: campaign.id, basis: assigned.basis, asOf: campaign.asOf,
    subject: {
      name: item.subject_name, kind: identityKind.parse(item.subject_kind), email: item.subject_email, title: item.subject_title,
      department: item.subject_department, history: carried?.history ?? (item.identity_id === null ? [] : await hrHistoryUntil(db, item.identity_id, campaign.asOf)),
    },
    access: {
      account: item.account_name, source: item.source_name, application: item.application, entitlement: item.entitlement_name,
      entitlementNativeId: item.entitlement_native_id, description: item.entitlement_description, owner: item.owner_email,
      privilege: advised.privilege, risk: risk.parse(item.risk), path: item.path, via: carried?.via ?? await stepNamesOf(db, item.entitlement_id, item.path), grantedAt: item.granted_at,
      holders: carried?.holders ?? await holdersOf(db, item.entitlement_id),
    },
    advice: isAdviceHidden
      ? null
      : {
          action: advised.advice, confidence: confidence.parse(item.confidence), chance: item.chance, score: item.score, rules: hardRules.parse(JSON.parse(item.rules)),
          bias: item.score - worded.packet.signals.reduce((sum, signal) => sum + signal.weight, 0),
          routed: routedAction(advised.advice, other !== null),
        },
    otherOpinion: isAdviceHidden ? null : other,
    isAdviceHidden,
    claims: [...words.claims],
    counter: isAdviceHidden ? null : words.counter,
    wordedBy: byModel?.narrator ?? worded.wordedBy,
    wording: byModel === undefined ? null : toWording(byModel, isAdviceHidden),
    signals: isAdviceHidden ? worded.packet.signals.map((signal) => ({ ...signal, weight: 0 })) : worded.packet.signals,
    former: carried?.former ?? await toldBefore(db, campaign.spec, item),
    packetHash: item.packet_hash,
    decision: decision ?? null,
    reasonRequired: byOutcome(needsReason),
    reasons: byOutcome((outcome) => [...reasonsFor[outcome]]),
    latestUntil: latestUntil(campaign.asOf),
  }
}

function byOutcome<T>(valueOf: (outcome: Outcome) => T): Record<Outcome, T> {
  return { keep: valueOf('keep'), revoke: valueOf('revoke'), 'keep-until': valueOf('keep-until'), 'look-closer': valueOf('look-closer') }
}
