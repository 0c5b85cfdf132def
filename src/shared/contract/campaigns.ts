import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure, progressOf } from './base.ts'
import { isoDate } from '../model/time.ts'
import { campaign, campaignProgress, campaignSpec, populationTotals, reviewerBasis } from '../model/campaign.ts'
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

export const campaignCount = z.object({ totals: populationTotals, reviewers: z.array(reviewerLoad), withoutReviewer: z.int(), withoutManager: z.int() })

/** Items that stayed with their reviewer are named with why. */
export const handedOn = z.object({ moved: z.int(), refused: z.array(z.object({ itemId: z.int(), reason: z.string() })) })

export const reviewerProgress = z.object({
  person: z.string(), name: z.string(), isEnrolled: z.boolean(), items: z.int(), decided: z.int(), signedOff: z.int(), signedOffAt: z.string().nullable(),
})

export const adviceLine = z.object({
  grantId: z.int(), subject: z.string(), account: z.string(), application: z.string(), entitlement: z.string(), action, confidence, score: z.int(),
  rules: z.array(hardRule), signals: z.array(signal), words: z.string(),
})

export const campaignsContract = {
  list: procedure.output(z.array(campaign.extend({ progress: campaignProgress }))),
  create: procedure.input(z.object({ spec: campaignSpec, asOf: isoDate })).output(campaign),
  preview: procedure.input(campaignRef).output(campaignPreview),
  /** How many grants a scope would take and who would review them, while it is still being written. Saves nothing. */
  count: procedure.input(z.object({ spec: campaignSpec, asOf: isoDate })).output(campaignCount),
  launch: procedure.input(campaignRef).output(eventIterator(progressOf(z.object({ campaign, totals: populationTotals, reviewers: z.int() })))),
  status: procedure.input(campaignRef).output(z.object({ campaign, progress: campaignProgress, totals: populationTotals.nullable(), reviewers: z.array(reviewerProgress) })),
  /** Gives open items to somebody else: these items, everything one reviewer has open, or both narrowed. */
  reassign: procedure
    .input(campaignRef.extend({ items: z.array(z.int()).nullable().default(null), from: z.string().nullable().default(null), to: z.string(), reason: z.string().min(1) }))
    .output(handedOn),
  extend: procedure.input(campaignRef.extend({ dueOn: isoDate, reason: z.string().min(1) })).output(campaign),
  /** Letters to those who still owe an answer, and to nobody else; noted in the log. Nothing is sent from here. */
  remind: procedure
    .input(campaignRef.extend({ only: z.array(z.string()).nullable().default(null), channel: z.enum(['list', 'mail-drafts', 'smtp', 'packet-note']).default('list') }))
    .output(z.array(z.object({ person: z.string(), name: z.string(), open: z.int(), subject: z.string(), text: z.string() }))),
  /** Ends the open stage and opens the next one of the rules. */
  nextStage: procedure.input(campaignRef).output(z.object({ campaign, cases: z.int(), items: z.int(), withoutReviewer: z.int() })),
  close: procedure.input(campaignRef).output(campaign),
  /** The engine's advice on every open grant (or a campaign's items), a few hundred at a time. */
  recommend: procedure.input(z.object({ campaign: z.int().nullable(), asOf: isoDate })).output(eventIterator(z.object({ lines: z.array(adviceLine), done: z.int(), total: z.int() }))),
}
