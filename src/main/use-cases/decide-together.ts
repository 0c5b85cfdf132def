import type { z } from 'zod'
import type { togetherInput, togetherOffer } from '../../shared/contract/review.ts'
import type { CampaignProgress } from '../../shared/model/campaign.ts'
import type { EventBody } from '../../shared/model/evidence.ts'
import { easeReason } from '../../shared/model/ease.ts'
import { privilege, risk } from '../../shared/model/entitlement.ts'
import { action, evidencePacket } from '../../shared/model/recommendation.ts'
import { isSubject } from '../core/campaign/assign-reviewers.ts'
import { bulkGroups, sampleObstacle, type BulkGroup } from '../core/campaign/bulk-rules.ts'
import { easeOf } from '../core/campaign/unchanged.ts'
import { toHex, utf8Bytes } from '../core/evidence/bytes.ts'
import { campaignProgress, type StoredCampaign } from '../storage/campaigns.ts'
import { putDecision } from '../storage/decisions.ts'
import { changedItems, easyItems, itemsLeftOut, type EasyItem } from '../storage/easy-items.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { disagreeingItems } from '../storage/language-model.ts'
import { personByEmail } from '../storage/people.ts'
import { itemsByIds, type ItemRow } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, nextState } from './find-campaign.ts'
import { recordEvent, recordEvents } from './record-event.ts'

/** What the reviewer affirms; part of the event. */
export const attestationStatement =
  'I have read the list of access that has not changed since it was last reviewed, and what has; I know these people still need it.'
export const bulkStatement = 'I have opened the items that were drawn, and I answer for all the items of this group as I do for those.'

const mostChanges = 200

type Offer = z.infer<typeof togetherOffer>

/** What a reviewer may decide on in one go: access that has not changed, and groups of alike items with the sample each needs. */
export async function offerTogether(context: Context, actor: Actor, campaignId: number): Promise<Offer> {
  const { db } = context.store
  const campaign = await findCampaign(db, campaignId)
  const reviewer = await personByEmail(db, actor.email)
  if (reviewer === undefined) throw new Refusal('not-found', `${actor.email} has no items in this campaign.`)
  const items = await eligible(db, campaign, actor, reviewer.id)
  const unchanged = allows(campaign, 'attestation') ? items.filter(({ ease }) => ease === 'unchanged') : []
  const byId = new Map(items.map((item) => [item.itemId, item]))
  return {
    isAttestationAllowed: allows(campaign, 'attestation'), isBulkAllowed: allows(campaign, 'bulk'),
    unchanged: unchanged.map(({ itemId, subjectName, entitlementName, application, reason }) => ({ itemId, subjectName, entitlementName, application, lastReviewed: reason })),
    changed: (await changedItems(db, campaignId, reviewer.id, mostChanges)).map(({ reason, ...item }) => ({ ...item, reason: easeReason.parse(reason) })),
    leftOut: (await itemsLeftOut(db, campaignId, reviewer.id)).map(({ reason, items: count }) => ({ reason: easeReason.parse(reason), items: count })),
    attestationStatement, bulkStatement,
    groups: !allows(campaign, 'bulk') ? [] : groupsOf(context, campaign, items).map((group) => {
      const first = byId.get(group.items[0]?.itemId ?? -1)
      return {
        key: group.key, entitlementName: first?.entitlementName ?? '', application: first?.application ?? '', size: group.items.length, sample: [...group.sample],
        people: group.items.slice(0, mostChanges).map(({ itemId }) => byId.get(itemId)?.subjectName ?? ''),
      }
    }),
  }
}

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
    const items = await eligible(queries, campaign, actor, reviewer.id)
    const { ids, key } = input.way === 'attestation' ? attested(context, items, input.items) : kept(groupsOf(context, campaign, items), input)
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
        campaign: campaign.id, item: row.id, packet: row.packet_hash, advice: action.parse(row.advice), ...facts, openMs: openMs.get(row.id) ?? null,
        [way]: { id, size: rows.length },
      },
    })))
    for (const [at, row] of rows.entries()) {
      const event = recorded[at]
      if (event === undefined) throw new Error('a decision was not recorded')
      await putDecision(queries, {
        itemId: row.id, campaignId: campaign.id, reviewerId: reviewer.id, decidedBy: actor.email, decidedAt: event.ts, eventSeq: event.seq, ...facts,
        openMs: openMs.get(row.id) ?? null,
      })
    }
    return { id, decided: rows.map((row) => row.id), progress: await campaignProgress(queries, campaign.id, reviewer.id) }
  })
}

function allows({ spec: { rules } }: StoredCampaign, way: 'attestation' | 'bulk'): boolean {
  return (way === 'attestation' ? rules.allowAttestation : rules.allowBulk) !== false
}

/** Nobody's own access, and nothing a language model reads differently. */
async function eligible(queries: Queries, campaign: StoredCampaign, actor: Actor, reviewerId: number): Promise<readonly EasyItem[]> {
  const disagreeing = await disagreeingItems(queries, campaign.id)
  return (await easyItems(queries, campaign.id, reviewerId)).filter(({ itemId, subjectEmail }) =>
    !disagreeing.has(itemId) && !isSubject({ email: actor.email, identityId: null }, { subjectIdentityId: null, subjectEmail }))
}

function groupsOf(context: Context, campaign: StoredCampaign, items: readonly EasyItem[]): readonly BulkGroup[] {
  const alike = items.map(({ itemId, packetHash, entitlementId, subjectKind }) => ({ itemId, packetHash, alike: `${entitlementId}\t${subjectKind}` }))
  return bulkGroups(alike, `${campaign.specHash}\n${campaign.id}`, context.hash)
}

function attested(context: Context, items: readonly EasyItem[], wanted: readonly number[]): { ids: readonly number[]; key: string } {
  const unchanged = new Map(items.filter(({ ease }) => ease === 'unchanged').map((item) => [item.itemId, item]))
  const found = [...new Set(wanted)].map((id) => unchanged.get(id))
  const ids = found.flatMap((item) => item?.itemId ?? [])
  if (ids.length === 0 || ids.length < found.length) throw new Refusal('conflict', 'The list has changed since it was shown. Nothing was recorded; look at it again.')
  const lines = found.map((item) => `${item?.itemId}\t${item?.packetHash}\n`)
  return { ids, key: toHex(context.hash(utf8Bytes(lines.join('')))) }
}

function kept(groups: readonly BulkGroup[], input: Extract<z.infer<typeof togetherInput>, { way: 'bulk' }>): { ids: readonly number[]; key: string } {
  const group = groups.find(({ key }) => key === input.key)
  if (group === undefined) throw new Refusal('conflict', 'The group has changed since it was shown. Nothing was recorded; look at it again.')
  const obstacle = sampleObstacle(group, input.sample)
  if (obstacle !== null) throw new Refusal('invalid', obstacle)
  return { ids: group.items.map(({ itemId }) => itemId), key: group.key }
}

/** The items, judged anew from their frozen and hashed evidence: what a column says counts for the list, never for the decision. */
async function frozenItems(context: Context, queries: Queries, way: 'attestation' | 'bulk', ids: readonly number[]): Promise<readonly ItemRow[]> {
  const rows: ItemRow[] = []
  for (let from = 0; from < ids.length; from += 500) {
    for (const row of await itemsByIds(queries, ids.slice(from, from + 500))) {
      const { ease } = easeOf({
        packet: evidencePacket.parse(JSON.parse(row.packet)), action: action.parse(row.advice), privilege: privilege.parse(row.privilege), risk: risk.parse(row.risk),
        isFlagged: row.is_flagged === 1, isAdviceHidden: row.hide_advice === 1,
      })
      if (toHex(context.hash(utf8Bytes(row.packet))) !== row.packet_hash || ease === 'single' || (way === 'attestation' && ease !== 'unchanged')) {
        throw new Refusal('conflict', `${row.entitlement_name} of ${row.subject_name} needs a decision of its own. Nothing was recorded.`)
      }
      rows.push(row)
    }
  }
  return rows.sort((left, right) => left.id - right.id)
}
