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
  launch: procedure.input(campaignRef).output(eventIterator(progressOf(z.object({ campaign, totals: populationTotals, reviewers: z.int() })))),
  status: procedure.input(campaignRef).output(z.object({ campaign, progress: campaignProgress, totals: populationTotals.nullable(), reviewers: z.array(reviewerProgress) })),
  close: procedure.input(campaignRef).output(campaign),
  /** The engine's advice on every open grant (or a campaign's items), a few hundred at a time. */
  recommend: procedure.input(z.object({ campaign: z.int().nullable(), asOf: isoDate })).output(eventIterator(z.object({ lines: z.array(adviceLine), done: z.int(), total: z.int() }))),
}
