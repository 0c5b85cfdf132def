import type { z } from 'zod'
import type { togetherInput } from '../../shared/contract/review.ts'
import type { CampaignProgress } from '../../shared/model/campaign.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { action, evidencePacket, type Action } from '../../shared/model/recommendation.ts'
import { sampleObstacle } from '../core/campaign/bulk-rules.ts'
import { easeOf } from '../core/campaign/unchanged.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { campaignProgress, type StoredCampaign } from '../storage/campaigns.ts'
import { putDecisions, type NewDecision } from '../storage/decisions.ts'
import { easyItems } from '../storage/easy-items.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { personByEmail } from '../storage/people.ts'
import { itemsByIds, type ItemRow } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, nextState } from './find-campaign.ts'
import { allows, attestationStatement, bulkStatement, groupNow, othersOnly, shareOf } from './offer-together.ts'
import { recordEvent, recordEvents } from './record-event.ts'

interface Chosen { readonly ids: readonly number[]; readonly key: string }

/** Keeps several items in one go. One event says so, each item gets a decision of its own that names it; each can be undone by itself. */
export async function decideTogether(
  context: Context, actor: Actor, input: z.infer<typeof togetherInput>,
): Promise<{ id: number; decided: number[]; progress: CampaignProgress }> {
  return inTransaction(context.store, async (queries) => {
    const campaign = await findCampaign(queries, input.campaign)
    nextState(campaign, 'decide')
    if (!allows(campaign, input.way)) throw new Refusal('not-allowed', 'The rules of this campaign ask for a decision on each item.')
    const reviewer = await personByEmail(queries, actor.email)
    if (reviewer === undefined) throw new Refusal('not-found', `${actor.email} has no items in this campaign.`)
    const { ids, key } = input.way === 'attestation' ? await attested(context, queries, actor, input) : await kept(context, queries, actor, campaign, input)
    const rows = await frozenItems(context, queries, input.way, ids)
    const way = input.way
    const { seq: id } = await recordEvent(context, queries, actor.email, {
      kind: 'decided-together', body: {
        campaign: campaign.id, reviewer: reviewer.email, way, size: rows.length, key,
        sample: way === 'bulk' ? input.sample.map(({ itemId, openMs }) => ({ item: itemId, openMs })) : [],
        statement: way === 'bulk' ? bulkStatement : attestationStatement,
      },
    })
    const openMs = new Map(input.way === 'bulk' ? input.sample.map((one) => [one.itemId, one.openMs] as const) : [])
    const facts = { outcome: 'keep' as const, until: null, reasonCode: null, reasonText: null, adviceVisible: true }
    const recorded = await recordEvents(context, queries, actor.email, rows.map((row): EventBody => ({
      kind: 'decision-made', body: {
        campaign: campaign.id, item: row.id, packet: row.packet_hash, advice: row.advice, ...facts, openMs: openMs.get(row.id) ?? null,
        [way]: { id, size: rows.length },
      },
    })))
    await putDecisions(queries, rows.map((row, at): NewDecision => {
      const event = recorded[at]
      if (event === undefined) throw new Error('a decision was not recorded')
      return {
        itemId: row.id, campaignId: campaign.id, reviewerId: reviewer.id, decidedBy: actor.email, decidedAt: event.ts, eventSeq: event.seq, ...facts,
        openMs: openMs.get(row.id) ?? null,
      }
    }))
    return { id, decided: rows.map((row) => row.id), progress: await campaignProgress(queries, campaign.id, reviewer.id) }
  })
}

type Input<Way> = Extract<z.infer<typeof togetherInput>, { way: Way }>

async function attested(context: Context, queries: Queries, actor: Actor, { campaign, items: wanted }: Input<'attestation'>): Promise<Chosen> {
  const ids = [...new Set(wanted)]
  const found = othersOnly(await easyItems(queries, await shareOf(queries, actor, campaign), ids), actor).filter(({ ease }) => ease === 'unchanged')
  if (found.length < ids.length) throw new Refusal('conflict', 'The list has changed since it was shown. Nothing was recorded; look at it again.')
  const lines = found.map((item) => `${item.itemId}\t${item.packetHash}\n`)
  return { ids: found.map(({ itemId }) => itemId), key: toHex(context.hash(utf8Bytes(lines.join('')))) }
}

async function kept(context: Context, queries: Queries, actor: Actor, campaign: StoredCampaign, input: Input<'bulk'>): Promise<Chosen> {
  const found = await groupNow(context, queries, actor, campaign, input.group)
  if (found?.group.key !== input.key) throw new Refusal('conflict', 'The group has changed since it was shown. Nothing was recorded; look at it again.')
  const obstacle = sampleObstacle(found.group, input.sample)
  if (obstacle !== null) throw new Refusal('invalid', obstacle)
  return { ids: found.group.items.map(({ itemId }) => itemId), key: input.key }
}

/** What a decision names of an item; the evidence itself, a hundred times as long, is not held for a whole group. */
type Frozen = Pick<ItemRow, 'id' | 'packet_hash'> & { readonly advice: Action }

/** The items, judged anew from their frozen and hashed evidence: what a column says counts for the list, never for the decision. */
async function frozenItems(context: Context, queries: Queries, way: 'attestation' | 'bulk', ids: readonly number[]): Promise<readonly Frozen[]> {
  const rows: Frozen[] = []
  for (let from = 0; from < ids.length; from += 500) {
    for (const row of await itemsByIds(queries, ids.slice(from, from + 500))) {
      const { ease } = easeOf({
        packet: evidencePacket.parse(JSON.parse(row.packet)), action: action.parse(row.advice), privilege: privilege.parse(row.privilege), risk: risk.parse(row.risk),
        isFlagged: row.is_flagged === 1, isAdviceHidden: row.hide_advice === 1,
      })
      if (toHex(context.hash(utf8Bytes(row.packet))) !== row.packet_hash || ease === 'single' || (way === 'attestation' && ease !== 'unchanged')) {
        throw new Refusal('conflict', `${row.entitlement_name} of ${row.subject_name} needs a decision of its own. Nothing was recorded.`)
      }
      rows.push({ id: row.id, packet_hash: row.packet_hash, advice: action.parse(row.advice) })
    }
  }
  return rows.sort((left, right) => left.id - right.id)
}
