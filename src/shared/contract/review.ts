import { z } from 'zod'
import { procedure } from './base.ts'
import { handedOn } from './campaigns.ts'
import { isoDate, isoTime } from '../model/time.ts'
import { decision, decisionInput, itemState, reasonCode } from '../model/decision.ts'
import { identityKind, hrEvent } from '../model/identity.ts'
import { privilege, risk } from '../model/entitlement.ts'
import { action, confidence, hardRule } from '../model/recommendation.ts'
import { signal } from '../model/signal.ts'
import { renderedClaim } from '../model/narrative.ts'
import { easeReason } from '../model/ease.ts'
import { formerAnswer } from '../model/former-answer.ts'
import { effectPreview } from '../model/effect-preview.ts'
import { question } from '../model/question.ts'
import { otherOpinion, wording } from '../model/language-model.ts'
import { campaign, campaignProgress, reviewerBasis } from '../model/campaign.ts'

/** One line of the queue. `advice` is null while it is hidden until the reviewer has chosen. */
export const queueItem = z.object({
  itemId: z.int(), n: z.int(),
  subjectKey: z.string(), subjectName: z.string(), subjectTitle: z.string().nullable(), subjectDepartment: z.string().nullable(), subjectKind: identityKind,
  entitlementName: z.string(), application: z.string(), privilege, risk,
  /** Where the item goes: the engine's advice, or a closer look where that was "keep" and a language model disagrees. */
  advice: action.nullable(), isFlagged: z.boolean(),
  /** A language model reads the evidence differently. Never told while the advice is hidden. */
  modelDisagrees: z.boolean().default(false),
  state: itemState, isSignedOff: z.boolean(),
})

/** Everything the item and evidence panes show. */
export const reviewItem = z.object({
  itemId: z.int(), n: z.int(), campaignId: z.int(), basis: reviewerBasis, asOf: isoDate,
  subject: z.object({
    name: z.string(), kind: identityKind, email: z.string().nullable(), title: z.string().nullable(), department: z.string().nullable(),
    history: z.array(hrEvent),
  }),
  access: z.object({
    account: z.string(), source: z.string(), application: z.string(), entitlement: z.string(), entitlementNativeId: z.string(), description: z.string().nullable(),
    owner: z.string().nullable(), privilege, risk, path: z.string(),
    /** The path's steps as people know them; empty = direct. */
    via: z.array(z.string()), grantedAt: z.string().nullable(), holders: z.int(),
  }),
  /** Null while hidden ("decide, then reveal"). The score is the sum of `bias` and the signals' weights, thousandths of log-odds. */
  advice: z.object({
    action, confidence, chance: z.int().nullable().exactOptional(), score: z.int(), bias: z.int(), rules: z.array(hardRule),
    /** Where the item goes: `action`, or a closer look where that is "keep" and a language model disagrees. */
    routed: action,
  }).nullable(),
  /** A language model's verdict where it is another than the engine's and no fixed rule decided; null as well while the advice is hidden. */
  otherOpinion: otherOpinion.nullable().default(null),
  isAdviceHidden: z.boolean(),
  claims: z.array(renderedClaim),
  /** The strongest evidence against the advice; while the advice is hidden, one of `claims` only. */
  counter: renderedClaim.nullable(),
  wordedBy: z.string(),
  /** Where the words come from when a language model was asked for them. */
  wording: wording.nullable().default(null),
  signals: z.array(signal),
  /** What was decided in the stages before, where this stage's reviewers see it; empty in a blind stage and in the first. */
  former: z.array(formerAnswer).default([]),
  packetHash: z.string(),
  decision: decision.nullable(),
  /** Which outcomes need a reason here, and which reasons fit them. */
  reasonRequired: z.object({ keep: z.boolean(), revoke: z.boolean(), 'keep-until': z.boolean(), 'look-closer': z.boolean() }),
  reasons: z.object({ keep: z.array(reasonCode), revoke: z.array(reasonCode), 'keep-until': z.array(reasonCode), 'look-closer': z.array(reasonCode) }),
  latestUntil: isoDate,
})

export const signOffSummary = z.object({
  campaign, progress: campaignProgress,
  /** Decisions not yet signed off, as they would be signed. */
  pending: z.array(z.object({ itemId: z.int(), subjectName: z.string(), entitlementName: z.string(), application: z.string(), decision, advice: action })),
  statement: z.string(), isEnrolled: z.boolean(), undecided: z.int(), agreesWithAdvice: z.int(),
})

/** A line of what may be attested as unchanged. `lastReviewed`: the day of the signed-off review that kept it. */
export const unchangedLine = z.object({ itemId: z.int(), subjectName: z.string(), entitlementName: z.string(), application: z.string(), lastReviewed: z.string() })

/** Names a group of alike items: one right, held by one kind of people. */
export const alikeGroup = z.object({ entitlementId: z.int(), subjectKind: identityKind })

/** What may be decided in one go, with what differs from the last review beside it. */
export const togetherOffer = z.object({
  isAttestationAllowed: z.boolean(), isBulkAllowed: z.boolean(),
  /** Numbers of all items that may be attested, in the order of the queue; `unchangedLines` says what they are. */
  unchanged: z.array(z.int()),
  /** The difference: what is new or has changed since, each to be decided by itself; the first 200. */
  changed: z.array(z.object({ itemId: z.int(), subjectName: z.string(), entitlementName: z.string(), reason: easeReason })),
  leftOut: z.array(z.object({ reason: easeReason, items: z.int() })),
  attestationStatement: z.string(), bulkStatement: z.string(),
  /** Groups of alike items, largest first; `drawn`: how many of it will have to be opened. */
  groups: z.array(alikeGroup.extend({ entitlementName: z.string(), application: z.string(), size: z.int(), drawn: z.int() })),
  /** What was decided in one go before and can be taken back in one go, the last first. `standing`: items of it that still stand as decided then. */
  recorded: z.array(z.object({ id: z.int(), way: z.enum(['attestation', 'bulk']), at: isoTime, size: z.int(), standing: z.int() })),
})

/** One group as it is now. `key` holds exactly these items; `sample`: those to be opened first, drawn by hash; `people`: the first 200 names. */
export const drawnGroup = alikeGroup.extend({
  key: z.string(), entitlementName: z.string(), application: z.string(), size: z.int(), sample: z.array(z.int()), people: z.array(z.string()),
})

export const togetherInput = z.discriminatedUnion('way', [
  z.object({ way: z.literal('attestation'), campaign: z.int(), items: z.array(z.int()).min(1) }),
  z.object({
    way: z.literal('bulk'), campaign: z.int(), group: alikeGroup, key: z.string(), sample: z.array(z.object({ itemId: z.int(), openMs: z.int().min(0) })),
  }),
])

export const reviewContract = {
  /** Running campaigns in which the acting person has items. */
  mine: procedure.output(z.array(z.object({ campaign, progress: campaignProgress }))),
  /** Riskiest first; everything, or `limit` items after the place `after` (an item's `n`). `progress` counts the whole queue. */
  queue: procedure.input(z.object({ campaign: z.int(), after: z.int().min(0).default(0), limit: z.int().min(1).nullable().default(null) })).output(z.object({ campaign, progress: campaignProgress, items: z.array(queueItem) })),
  item: procedure.input(z.object({ itemId: z.int() })).output(reviewItem),
  /** Takes or changes a decision. The answer has the advice, which may have been hidden until now. */
  decide: procedure.input(decisionInput).output(z.object({ item: reviewItem, progress: campaignProgress })),
  undo: procedure.input(z.object({ itemId: z.int() })).output(z.object({ item: reviewItem, progress: campaignProgress })),
  /** Hands own open items to somebody who knows better; undecided there, with a reason in the evidence. */
  passOn: procedure.input(z.object({ campaign: z.int(), items: z.array(z.int()).min(1), to: z.string(), reason: z.string().min(1) })).output(handedOn.extend({ progress: campaignProgress })),
  /** People who could take an item, by name or address. */
  colleagues: procedure.input(z.object({ text: z.string().min(1) })).output(z.array(z.object({ email: z.string(), name: z.string(), title: z.string().nullable() }))),
  /** What a revoke of this item would really come to: what has to be removed, where, and who else it hits. */
  effect: procedure.input(z.object({ itemId: z.int() })).output(effectPreview),
  /** What may be attested or kept in bulk now. */
  together: procedure.input(z.object({ campaign: z.int() })).output(togetherOffer),
  /** Lines of what may be attested, in the order of the queue; what is not, or not any more, is left out. */
  unchangedLines: procedure.input(z.object({ campaign: z.int(), items: z.array(z.int()).max(500) })).output(z.array(unchangedLine)),
  /** Draws the sample of one group. */
  drawGroup: procedure.input(z.object({ campaign: z.int(), group: alikeGroup })).output(drawnGroup),
  /** Keeps several items in one go; each can be undone by itself, or all at once by `id`: the event that covers them. */
  decideTogether: procedure.input(togetherInput).output(z.object({ id: z.int(), decided: z.array(z.int()), progress: campaignProgress })),
  /** Takes back in one go what was decided in one go; what was decided anew since stays as it is. */
  undoTogether: procedure.input(z.object({ campaign: z.int(), id: z.int() })).output(z.object({ undone: z.array(z.int()), progress: campaignProgress })),
  /** What the acting person asked or was asked; an officer sees whatever is open. */
  questions: procedure.output(z.array(question)),
  answer: procedure.input(z.object({ question: z.int(), text: z.string().min(1).max(4000) })).output(question),
  signOffSummary: procedure.input(z.object({ campaign: z.int() })).output(signOffSummary),
  /** Makes all pending decisions final, signed with the acting person's key. */
  signOff: procedure
    .input(z.object({ campaign: z.int(), passphrase: z.string().min(1) }))
    .output(z.object({ decided: z.int(), undecided: z.int(), eventSeq: z.int(), checkpointSize: z.int(), progress: campaignProgress })),
}
