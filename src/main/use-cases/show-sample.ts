import type { ReportItem } from '../../shared/model/evidence-report.ts'
import { drawSample } from '../core/evidence/draw-sample.ts'
import { stateOf } from '../core/evidence/item-standing.ts'
import { lastEvent } from '../storage/evidence-log.ts'
import { replayCampaign, reportItems } from './assemble-report.ts'
import { Refusal, type Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'

export interface SampleShown {
  readonly sample: number
  readonly seed: string
  /** Drawn again from the log as it is now, with the recorded seed: the same items came out. */
  readonly isSame: boolean
  readonly items: readonly Pick<
    ReportItem, 'item' | 'subject' | 'subjectEmail' | 'account' | 'source' | 'application' | 'entitlement' | 'reviewer' | 'outcome' | 'reason' | 'decidedBy' | 'decidedAt'
  >[]
  /** The same with every column of items.csv, for a spreadsheet. */
  readonly csv: string
}

/** A recorded sample with what was decided about its items, drawn again to see whether the seed still gives the same. Records nothing. */
export async function showSample(context: Context, input: { readonly campaign: number; readonly sample: number }): Promise<SampleShown> {
  const { db } = context.store
  const campaign = await findCampaign(db, input.campaign)
  const replay = await replayCampaign(context, campaign.id, ((await lastEvent(db))?.seq ?? -1) + 1)
  const sample = replay.facts.samples.find((one) => one.sample === input.sample)
  if (sample === undefined) throw new Refusal('not-found', `${campaign.spec.name} has no sample ${input.sample}.`)
  const population = [...replay.items.values()].filter((one) => !one.isSuperseded && (sample.among === 'all' || stateOf(one) === sample.among)).map(({ item }) => item)
  const again = drawSample(population, { seed: sample.seed, size: sample.items.length }, context.hash)
  const wanted = new Set(sample.items)
  const items: ReportItem[] = []
  for await (const item of reportItems(context, campaign, replay)) if (wanted.has(item.item)) items.push(item)
  items.sort((left, right) => left.item - right.item)
  return {
    sample: sample.sample, seed: sample.seed, isSame: population.length === sample.population && again.join() === sample.items.join(), csv: context.reports.itemsCsv(items),
    items: items.map(({ item, subject, subjectEmail, account, source, application, entitlement, reviewer, outcome, reason, decidedBy, decidedAt }) => ({
      item, subject, subjectEmail, account, source, application, entitlement, reviewer, outcome, reason, decidedBy, decidedAt,
    })),
  }
}
