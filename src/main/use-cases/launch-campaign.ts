import type { Campaign, PopulationTotals } from '../../shared/model/campaign.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import type { Action } from '../../shared/model/recommendation.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { hidesAdvice } from '../core/campaign/control-share.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { isFlagged } from '../core/recommendation/recommend.ts'
import { riskRank } from '../core/recommendation/risk-rank.ts'
import { insertCampaignSnapshots, insertExclusions, moveCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { addPerson } from '../storage/people.ts'
import { loadPopulation } from '../storage/population.ts'
import { grantDetails, insertItems, type GrantDetails, type NewItem } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { wordPacket } from './item-words.ts'
import { planCampaign, type CampaignPlan } from './plan-campaign.ts'
import { obstaclesOf } from './preview-campaign.ts'
import { recordEvent, recordEvents } from './record-event.ts'
import { shownHash } from './shown-hash.ts'
import { weighPopulation, type Weighing } from './weigh-population.ts'

/** Items a batch event may name, so that one line of the log stays readable. */
const itemsPerEvent = 500

export interface Launched {
  readonly campaign: Campaign
  readonly totals: PopulationTotals
  readonly reviewers: number
}

/**
 * Freezes a campaign: every grant in scope becomes an item with its evidence packet, advice and words as they are now, riskiest
 * first, given to its reviewer. One transaction: a launch that is cancelled or cut off leaves the draft untouched.
 */
export async function launchCampaign(context: Context, actor: Actor, id: number, watch: Watch): Promise<Launched> {
  mustBeOfficer(actor)
  const campaign = await findCampaign(context.store.db, id)
  const to = nextState(campaign, 'launch')
  watch.onProgress({ step: 'Counting the population', share: null })
  const plan = await planCampaign(context, campaign)
  const obstacles = obstaclesOf(plan)
  if (obstacles.length > 0) throw new Refusal('conflict', `The campaign cannot be launched: ${obstacles.join(' ')}`)
  watch.onProgress({ step: 'Weighing the evidence', share: null })
  const population = await loadPopulation(context.store, { snapshots: plan.snapshots.map((snapshot) => snapshot.id), asOf: campaign.asOf })
  const weighing = await weighPopulation(context, population)
  const order = riskiestFirst(weighing, plan, watch)

  await inTransaction(context.store, async (queries) => {
    await insertCampaignSnapshots(queries, id, plan.snapshots.map((snapshot) => snapshot.id))
    await insertExclusions(queries, id, plan.excluded)
    const reviewerIds: number[] = []
    for (const reviewer of plan.reviewers) {
      reviewerIds.push((await addPerson(queries, { ...reviewer, roles: ['reviewer'] })).id)
    }
    const event = await recordEvent(context, queries, actor.email, {
      kind: 'campaign-launched',
      body: {
        campaign: id, asOf: campaign.asOf, dueOn: campaign.spec.rules.dueOn,
        snapshots: plan.snapshots.map((snapshot) => ({ snapshot: snapshot.id, contentHash: snapshot.contentHash })),
        population: plan.totals.population, inReview: plan.totals.inReview,
        excluded: plan.totals.excluded.reduce((sum, { grants }) => sum + grants, 0), reviewers: plan.reviewers.length,
        specHash: campaign.specHash, weights: weighing.version,
      },
    })
    const moved = await moveCampaign(queries, id, { from: campaign.state, to, launchedAt: event.ts, weights: weighing.version, totals: plan.totals })
    if (!moved) throw new Refusal('conflict', 'Somebody else just launched this campaign.')
    for (let from = 0; from < order.length; from += itemsPerEvent) {
      watch.signal.throwIfAborted()
      watch.onProgress({ step: 'Freezing the evidence', share: from / order.length })
      await freezeBatch(context, queries, { campaignId: id, controlSharePercent: campaign.spec.rules.controlSharePercent, weighing, plan, reviewerIds, actor }, order.slice(from, from + itemsPerEvent), from)
    }
  })
  return { campaign: await findCampaign(context.store.db, id), totals: plan.totals, reviewers: plan.reviewers.length }
}

interface Ordered {
  /** Place in `plan.items` and in `population.grants`. */
  readonly item: number
  readonly grant: number
}

function riskiestFirst(weighing: Weighing, plan: CampaignPlan, watch: Watch): readonly Ordered[] {
  const { grants } = weighing.population
  const itemOf = new Map(plan.items.map((item, index) => [item.grantId, index]))
  const ordered: (Ordered & { readonly rank: number; readonly grantId: number })[] = []
  for (let grant = 0; grant < grants.count; grant += 1) {
    const grantId = grants.id[grant] as number
    const item = itemOf.get(grantId)
    if (item === undefined) continue
    if (grant % 10_000 === 0) watch.signal.throwIfAborted()
    const { packet, recommendation } = weighing.weigh(grant)
    ordered.push({ item, grant, grantId, rank: riskRank(packet, recommendation) })
  }
  if (ordered.length !== plan.items.length) {
    throw new Error(`the population has ${ordered.length} of the ${plan.items.length} grants to review`)
  }
  return ordered.sort((left, right) => right.rank - left.rank || left.grantId - right.grantId)
}

interface Freezing {
  readonly campaignId: number
  readonly controlSharePercent: number
  readonly weighing: Weighing
  readonly plan: CampaignPlan
  readonly reviewerIds: readonly number[]
  readonly actor: Actor
}

async function freezeBatch(context: Context, queries: Queries, freezing: Freezing, batch: readonly Ordered[], before: number): Promise<void> {
  const { plan } = freezing
  const details = await grantDetails(queries, batch.map(({ item }) => plan.items[item]?.grantId ?? -1))
  const rows: NewItem[] = []
  for (const [index, { item, grant }] of batch.entries()) {
    const planned = plan.items[item]
    const detail = planned === undefined ? undefined : details.get(planned.grantId)
    const reviewerId = planned === undefined ? undefined : freezing.reviewerIds[planned.reviewer]
    if (planned === undefined || detail === undefined || reviewerId === undefined) throw new Error('a planned grant has no details')
    rows.push(await freezeItem(context, freezing, grant, detail, { n: before + index + 1, reviewerId, basis: planned.basis }))
  }
  const ids = await insertItems(queries, rows)
  const frozen: EventBody = {
    kind: 'items-frozen',
    body: {
      campaign: freezing.campaignId,
      items: rows.map((row, index) => {
        const planned = plan.items[batch[index]?.item ?? -1]
        const reviewer = planned === undefined ? undefined : plan.reviewers[planned.reviewer]
        const item = ids[index]
        if (planned === undefined || reviewer === undefined || item === undefined) throw new Error('an item was not written')
        return {
          item, packet: row.packet_hash, reviewer: reviewer.email, basis: planned.basis, subject: row.subject_email, advice: row.advice as Action,
          shown: shownHash(context, row),
        }
      }),
    },
  }
  await recordEvents(context, queries, freezing.actor.email, [frozen])
}

async function freezeItem(
  context: Context, freezing: Freezing, grant: number, detail: GrantDetails, place: { n: number; reviewerId: number; basis: string },
): Promise<NewItem> {
  const { packet, recommendation } = freezing.weighing.weigh(grant)
  const text = canonicalJson(packet)
  const hash = toHex(context.hash(utf8Bytes(text)))
  const narrative = await wordPacket(context, packet, recommendation)
  const shown = { privilege: privilege.parse(detail.privilege), risk: risk.parse(detail.risk), action: recommendation.action }
  return {
    ...detail,
    campaign_id: freezing.campaignId, n: place.n, reviewer_id: place.reviewerId, basis: place.basis, packet: text, packet_hash: hash,
    advice: recommendation.action, confidence: recommendation.confidence, score: recommendation.score, rules: JSON.stringify(recommendation.rules),
    is_flagged: isFlagged(recommendation, packet) ? 1 : 0, narrative: JSON.stringify(narrative),
    hide_advice: hidesAdvice(shown, hash, freezing.controlSharePercent) ? 1 : 0, chance: recommendation.chance ?? null,
  }
}
