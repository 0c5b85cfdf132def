import type { Campaign, PopulationTotals } from '../../shared/model/campaign.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import type { Action } from '../../shared/model/recommendation.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { hidesAdvice } from '../core/campaign/control-share.ts'
import { easeOf } from '../core/campaign/unchanged.ts'
import { canonicalJson } from '../core/evidence/canonical-json.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { isFlagged } from '../core/recommendation/recommend.ts'
import { riskRank } from '../core/recommendation/risk-rank.ts'
import { insertCampaignSnapshots, insertExclusions, moveCampaign, type StoredCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { addPerson } from '../storage/people.ts'
import { loadPopulation } from '../storage/population.ts'
import { grantDetails, insertItems, nextItemId, type GrantDetails, type NewItem } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { askStageLetters } from './ask-letters.ts'
import { applyDelegations } from './apply-delegations.ts'
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
    await mustBeTheDraftThatWasPlanned(queries, campaign)
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
    const freezing: Freezing = {
      campaignId: id, controlSharePercent: campaign.spec.rules.controlSharePercent, weighing, plan, reviewerIds, actor, launchSeq: event.seq,
      firstId: await nextItemId(queries), caseOf: new Map(),
    }
    for (let from = 0; from < order.length; from += itemsPerEvent) {
      watch.signal.throwIfAborted()
      watch.onProgress({ step: 'Freezing the evidence', share: from / order.length })
      await freezeBatch(context, queries, freezing, order.slice(from, from + itemsPerEvent), from)
    }
    await applyDelegations(context, queries, [await findCampaign(queries, id)])
    await askStageLetters(context, queries, id)
  })
  return { campaign: await findCampaign(context.store.db, id), totals: plan.totals, reviewers: plan.reviewers.length }
}

/** A launch takes its time, and a draft can be rewritten from another window meanwhile. */
async function mustBeTheDraftThatWasPlanned(queries: Queries, { id, specHash, asOf }: StoredCampaign): Promise<void> {
  const now = await findCampaign(queries, id)
  nextState(now, 'launch')
  if (now.specHash === specHash && now.asOf === asOf) return
  throw new Refusal('conflict', `${now.spec.name} was changed while it was being launched. Nothing was launched; look at the draft, and launch it again.`)
}

interface Ordered {
  /** Place in `plan.items` and in `population.grants`. */
  readonly item: number
  readonly grant: number
}

function riskiestFirst(weighing: Weighing, plan: CampaignPlan, watch: Watch): readonly Ordered[] {
  const { grants } = weighing.population
  const itemsOf = new Map<number, number[]>()
  for (const [index, item] of plan.items.entries()) itemsOf.set(item.grantId, [...(itemsOf.get(item.grantId) ?? []), index])
  const ordered: (Ordered & { readonly rank: number; readonly grantId: number })[] = []
  for (let grant = 0; grant < grants.count; grant += 1) {
    const grantId = grants.id[grant] as number
    const items = itemsOf.get(grantId)
    if (items === undefined) continue
    if (grant % 10_000 === 0) watch.signal.throwIfAborted()
    const { packet, recommendation } = weighing.weigh(grant)
    for (const item of items) ordered.push({ item, grant, grantId, rank: riskRank(packet, recommendation) })
  }
  if (ordered.length !== plan.items.length) {
    throw new Error(`the population has ${ordered.length} of the ${plan.items.length} grants to review`)
  }
  return ordered.sort((left, right) => right.rank - left.rank || left.grantId - right.grantId || left.item - right.item)
}

interface Freezing {
  readonly campaignId: number
  readonly controlSharePercent: number
  readonly weighing: Weighing
  readonly plan: CampaignPlan
  readonly reviewerIds: readonly number[]
  readonly actor: Actor
  readonly launchSeq: number
  /** Ids are given out here, so that items of the same grant can name their first. */
  readonly firstId: number
  readonly caseOf: Map<number, number>
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
    const id = freezing.firstId + before + index
    const first = freezing.caseOf.get(planned.grantId)
    if (first === undefined) freezing.caseOf.set(planned.grantId, id)
    rows.push(await freezeItem(context, freezing, grant, detail, { id, n: before + index + 1, reviewerId, basis: planned.basis, caseItem: first ?? null }))
  }
  await insertItems(queries, rows, freezing.launchSeq)
  const frozen: EventBody = {
    kind: 'items-frozen',
    body: {
      campaign: freezing.campaignId,
      items: rows.map((row, index) => {
        const planned = plan.items[batch[index]?.item ?? -1]
        const reviewer = planned === undefined ? undefined : plan.reviewers[planned.reviewer]
        if (planned === undefined || reviewer === undefined) throw new Error('an item was not written')
        return {
          item: row.id, packet: row.packet_hash, reviewer: reviewer.email, basis: planned.basis, subject: row.subject_email, advice: row.advice as Action,
          shown: shownHash(context, row), ...(row.case_item === null ? {} : { of: row.case_item }),
        }
      }),
    },
  }
  await recordEvents(context, queries, freezing.actor.email, [frozen])
}

async function freezeItem(
  context: Context, freezing: Freezing, grant: number, detail: GrantDetails,
  place: { id: number; n: number; reviewerId: number; basis: string; caseItem: number | null },
): Promise<NewItem> {
  const { packet, recommendation } = freezing.weighing.weigh(grant)
  const text = canonicalJson(packet)
  const hash = toHex(context.hash(utf8Bytes(text)))
  const narrative = await wordPacket(context, packet, recommendation)
  const shown = { privilege: privilege.parse(detail.privilege), risk: risk.parse(detail.risk), action: recommendation.action }
  const flagged = isFlagged(recommendation, packet)
  const isAdviceHidden = hidesAdvice(shown, hash, freezing.controlSharePercent)
  const ease = easeOf({ ...shown, packet, isFlagged: flagged, isAdviceHidden })
  return {
    ...detail,
    id: place.id, stage: 1, case_item: place.caseItem, campaign_id: freezing.campaignId, n: place.n, reviewer_id: place.reviewerId, basis: place.basis, packet: text, packet_hash: hash,
    advice: recommendation.action, confidence: recommendation.confidence, score: recommendation.score, rules: JSON.stringify(recommendation.rules),
    is_flagged: flagged ? 1 : 0, narrative: JSON.stringify(narrative),
    hide_advice: isAdviceHidden ? 1 : 0, chance: recommendation.chance ?? null,
    ease: ease.ease, ease_reason: ease.ease === 'unchanged' ? ease.lastReviewed : ease.reason,
  }
}
