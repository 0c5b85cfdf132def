import type { z } from 'zod'
import type { adviceLine } from '../../shared/contract/campaigns.ts'
import { action, confidence, hardRules } from '../../shared/model/recommendation.ts'
import { englishWriter, plainText } from '../core/narrative/plain-text.ts'
import { renderNarrative } from '../core/narrative/render.ts'
import { snapshotsAsOf } from '../storage/campaign-population.ts'
import { loadPopulation } from '../storage/population.ts'
import { grantDetails, itemPages, type GrantDetails } from '../storage/review-items.ts'
import type { Actor, Context } from './context.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'
import { renderItem, wordPacket } from './item-words.ts'
import { weighPopulation, type Weighing } from './weigh-population.ts'

type AdviceLine = z.infer<typeof adviceLine>

/** A few hundred lines at a time, and how far the whole is. */
export interface AdviceBatch {
  readonly lines: AdviceLine[]
  readonly done: number
  readonly total: number
}

const linesPerBatch = 500

/** The engine's advice: on every open grant as of a day, or on a launched campaign's items as they were frozen. */
export async function* recommendAll(
  context: Context, actor: Actor, input: { readonly campaign: number | null; readonly asOf: string }, signal: AbortSignal | undefined,
): AsyncGenerator<AdviceBatch, void, void> {
  mustBeOfficer(actor)
  const campaign = input.campaign === null ? null : await findCampaign(context.store.db, input.campaign)
  if (campaign !== null && campaign.launchedAt !== null) {
    yield* frozenAdvice(context, campaign.id, campaign.totals?.inReview ?? 0, signal)
    return
  }
  const snapshots = (await snapshotsAsOf(context.store.db, campaign?.asOf ?? input.asOf)).map((snapshot) => snapshot.id)
  const weighing = await weighPopulation(context, await loadPopulation(context.store, { snapshots, asOf: campaign?.asOf ?? input.asOf }))
  const { grants } = weighing.population
  for (let from = 0; from < grants.count; from += linesPerBatch) {
    signal?.throwIfAborted()
    const batch = Array.from({ length: Math.min(linesPerBatch, grants.count - from) }, (_, index) => from + index)
    const details = await grantDetails(context.store.db, batch.map((grant) => grants.id[grant] as number))
    const lines: AdviceLine[] = []
    for (const grant of batch) {
      const detail = details.get(grants.id[grant] as number)
      if (detail !== undefined) lines.push(await adviceOn(context, weighing, grant, detail))
    }
    yield { lines, done: from + batch.length, total: grants.count }
  }
}

async function adviceOn(context: Context, weighing: Weighing, grant: number, detail: GrantDetails): Promise<AdviceLine> {
  const { packet, recommendation } = weighing.weigh(grant)
  const narrative = await wordPacket(context, packet, recommendation)
  const names = { USER: detail.subject_name, ENT: detail.entitlement_name, APP: detail.application }
  return {
    grantId: detail.grant_id, subject: detail.subject_name, account: detail.account_name, application: detail.application,
    entitlement: detail.entitlement_native_id, ...recommendation, signals: packet.signals,
    words: plainText(renderNarrative(narrative, packet, names, englishWriter)),
  }
}

async function* frozenAdvice(context: Context, campaignId: number, total: number, signal: AbortSignal | undefined): AsyncGenerator<AdviceBatch, void, void> {
  let done = 0
  for await (const page of itemPages(context.store.db, campaignId, linesPerBatch)) {
    signal?.throwIfAborted()
    done += page.length
    yield {
      lines: page.map((item) => {
        const worded = renderItem(item)
        return {
          grantId: item.grant_id, subject: item.subject_name, account: item.account_name, application: item.application, entitlement: item.entitlement_native_id,
          action: action.parse(item.advice), confidence: confidence.parse(item.confidence), score: item.score, rules: hardRules.parse(JSON.parse(item.rules)),
          signals: worded.packet.signals, words: plainText(worded),
        }
      }),
      done, total,
    }
  }
}
