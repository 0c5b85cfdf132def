import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { pageInput, procedure, progressOf } from './base.ts'
import { itemState } from '../model/decision.ts'
import { privilege, risk } from '../model/entitlement.ts'
import { identityKind } from '../model/identity.ts'
import { isoDate, isoTime } from '../model/time.ts'
import { campaign, campaignProgress, campaignSpec, exclusionReason, plantedAnswer, plantedItem, populationTotals, reviewerBasis } from '../model/campaign.ts'
import { letterKind } from '../model/mail.ts'
import { action, confidence, hardRule } from '../model/recommendation.ts'
import { signal } from '../model/signal.ts'

const campaignRef = z.object({ campaign: z.int() })

export const reviewerLoad = z.object({ person: z.string(), name: z.string(), basis: reviewerBasis, items: z.int() })

export const campaignPreview = z.object({
  totals: populationTotals,
  reviewers: z.array(reviewerLoad),
  advice: z.object({ keep: z.int(), revoke: z.int(), lookCloser: z.int() }),
  /** Why it cannot be launched yet; empty = ready. */
  obstacles: z.array(z.string()),
  /** Worth knowing before launching: old snapshots, orphans, people without a manager. */
  warnings: z.array(z.string()),
})

export const launched = z.object({ campaign, totals: populationTotals, reviewers: z.int() })

export const campaignCount = z.object({ totals: populationTotals, reviewers: z.array(reviewerLoad), withoutReviewer: z.int(), withoutManager: z.int() })

/** Items that stayed with their reviewer are named with why. */
export const handedOn = z.object({ moved: z.int(), refused: z.array(z.object({ itemId: z.int(), reason: z.string() })) })

export const reviewerProgress = z.object({
  person: z.string(), name: z.string(), isEnrolled: z.boolean(), items: z.int(), decided: z.int(), signedOff: z.int(), signedOffAt: z.string().nullable(),
})

/** A grant of the population, as people know it. */
const grantLine = z.object({
  grantId: z.int(), subject: z.string(), kind: identityKind, department: z.string().nullable(), account: z.string(), source: z.string(), application: z.string(),
  entitlement: z.string(), privilege, risk,
})

/** What a scope can be narrowed to, with how many grants that is in the latest snapshots. */
const scopeChoice = z.object({ value: z.string(), grants: z.int() })
export const scopeChoices = z.object({ sources: z.array(scopeChoice), applications: z.array(scopeChoice), departments: z.array(scopeChoice) })

/** One item before its reviewer, for handing some of them on. */
export const campaignItem = z.object({
  itemId: z.int(), reviewer: z.string(), reviewerName: z.string(), subject: z.string(), application: z.string(), entitlement: z.string(), privilege, risk,
  state: itemState, isSignedOff: z.boolean(),
})

const paceFigures = {
  decisions: z.int(), kept: z.int(),
  /** Whole seconds an item was open before its decision; null where no screen measured it. */
  medianSeconds: z.int().nullable(),
  /** Alike access kept at one go, and unchanged access attested together. */
  bulk: z.int(), attested: z.int(), decidedVisible: z.int(), agreedVisible: z.int(), decidedHidden: z.int(), agreedHidden: z.int(),
  /** Of the items whose right answer is known: those answered, and those of them answered so. */
  plantedAnswered: z.int(), plantedRight: z.int(),
} as const

/** `gone`: proved by a later snapshot; `back`: gone once and held again; `medianHours`: from the sign-off to the first proof, null where nothing is proved. */
const removalFigures = z.object({ planned: z.int(), gone: z.int(), back: z.int(), medianHours: z.int().nullable() })

export const campaignFigures = z.object({
  campaign, progress: campaignProgress,
  /** Items the launch gave out. */
  start: z.int(),
  /** Days on which something happened, in UTC; what was left when the day ended. */
  days: z.array(z.object({ day: isoDate, decided: z.int(), undone: z.int(), signedOff: z.int(), undecided: z.int(), unsigned: z.int() })),
  total: z.object(paceFigures),
  /** How many grants in review have a right answer that is known. */
  planted: z.int(),
  removals: removalFigures,
  reviewers: z.array(z.object({
    ...paceFigures, person: z.string(), name: z.string(), firstAt: isoTime.nullable(), lastAt: isoTime.nullable(), reminders: z.int(), remindedAt: isoTime.nullable(),
  })),
  /** Every day it was ever due, the first one first. */
  dueDays: z.array(isoDate),
})

export const adviceLine = z.object({
  grantId: z.int(), subject: z.string(), account: z.string(), application: z.string(), entitlement: z.string(), action, confidence, score: z.int(),
  rules: z.array(hardRule), signals: z.array(signal), words: z.string(),
})

export const campaignsContract = {
  list: procedure.output(z.array(campaign.extend({ progress: campaignProgress }))),
  create: procedure.input(z.object({ spec: campaignSpec, asOf: isoDate })).output(campaign),
  /** Rewrites a draft as a whole; refused once it was launched. */
  change: procedure.input(campaignRef.extend({ spec: campaignSpec, asOf: isoDate })).output(campaign),
  /** Throws a draft away. */
  discard: procedure.input(campaignRef).output(z.object({ discarded: z.string() })),
  /** A new draft with the same rules and as many days. */
  duplicate: procedure.input(campaignRef.extend({ name: z.string().max(200).nullable().default(null), asOf: isoDate })).output(campaign),
  choices: procedure.input(z.object({ asOf: isoDate })).output(scopeChoices),
  preview: procedure.input(campaignRef).output(campaignPreview),
  /** The grants behind one line of the population: excluded for a reason, or (null) in review. */
  population: procedure.input(campaignRef.extend({ reason: exclusionReason.nullable() }).extend(pageInput.shape))
    .output(z.object({ total: z.int(), grants: z.array(grantLine) })),
  /** The open stage's items, riskiest first; of one reviewer, only what is not signed off, or with part of a name. */
  items: procedure.input(campaignRef.extend({ reviewer: z.string().nullable().default(null), onlyOpen: z.boolean().default(false), text: z.string().max(200).nullable().default(null) }).extend(pageInput.shape))
    .output(z.object({ total: z.int(), items: z.array(campaignItem) })),
  /** Items whose right answer the officer knows. Reviewers are not told; they never become removals; the report names them. */
  planted: procedure.input(campaignRef).output(z.array(plantedItem)),
  /** Before anybody decided it. `expected` null takes it back. */
  plant: procedure.input(campaignRef.extend({ item: z.int(), expected: plantedAnswer.nullable(), note: z.string().max(500).default('') })).output(z.array(plantedItem)),
  /** How the review goes or went, recomputed from the log. */
  figures: procedure.input(campaignRef).output(campaignFigures),
  /** The same over all launched campaigns, the oldest first. */
  history: procedure.output(z.array(z.object({ campaign, progress: campaignProgress, total: z.object(paceFigures), planted: z.int(), removals: removalFigures }))),
  /** How many grants a scope would take and who would review them, while it is still being written. Saves nothing. */
  count: procedure.input(z.object({ spec: campaignSpec, asOf: isoDate })).output(campaignCount),
  /** Kept by the engine. */
  launch: procedure.input(campaignRef).output(eventIterator(progressOf(launched))),
  status: procedure.input(campaignRef).output(z.object({ campaign, progress: campaignProgress, totals: populationTotals.nullable(), reviewers: z.array(reviewerProgress) })),
  /** Open items of running campaigns that lie before somebody who has left and that nobody else may take, and who that is. */
  withoutReviewer: procedure.output(z.array(z.object({ campaign: z.int(), person: z.string(), name: z.string(), items: z.int() }))),
  /** Gives open items to somebody else: these items, everything one reviewer has open, or both narrowed. */
  reassign: procedure
    .input(campaignRef.extend({ items: z.array(z.int()).nullable().default(null), from: z.string().nullable().default(null), to: z.string(), reason: z.string().min(1) }))
    .output(handedOn),
  extend: procedure.input(campaignRef.extend({ dueOn: isoDate, reason: z.string().min(1) })).output(campaign),
  /** Letters to those who still owe an answer, and to nobody else; noted in the log. Nothing is sent by this: `mail.send` does that. */
  remind: procedure
    .input(campaignRef.extend({ only: z.array(z.string()).nullable().default(null), channel: z.enum(['list', 'mail-drafts', 'packet-note']).default('list'), kind: letterKind.exclude(['escalation']).default('reminder') }))
    .output(z.array(z.object({ person: z.string(), name: z.string(), open: z.int(), subject: z.string(), text: z.string() }))),
  /** Ends the open stage and opens the next one of the rules. */
  nextStage: procedure.input(campaignRef).output(z.object({ campaign, cases: z.int(), items: z.int(), withoutReviewer: z.int() })),
  close: procedure.input(campaignRef).output(campaign),
  /** The engine's advice on every open grant (or a campaign's items), a few hundred at a time. */
  recommend: procedure.input(z.object({ campaign: z.int().nullable(), asOf: isoDate })).output(eventIterator(z.object({ lines: z.array(adviceLine), done: z.int(), total: z.int() }))),
}
