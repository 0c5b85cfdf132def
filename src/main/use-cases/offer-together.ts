import type { z } from 'zod'
import type { alikeGroup, drawnGroup, togetherOffer, unchangedLine } from '../../shared/contract/review.ts'
import { easeReason } from '../../shared/model/ease.ts'
import { identityKind } from '../../shared/model/identity.ts'
import { isSubject } from '../core/campaign/assign-reviewers.ts'
import { bulkGroup, sampleSize, smallestBulk, type BulkGroup } from '../core/campaign/bulk-rules.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import { togetherOf } from '../storage/decided-together.ts'
import type { Queries } from '../storage/database.ts'
import { alikeItems, changedItems, easyGroups, easyItems, itemsLeftOut, unchangedItems, type EasyItem, type Share } from '../storage/easy-items.ts'
import { personByEmail } from '../storage/people.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'
import { itemsOfOtherOpinion } from './other-opinions.ts'

/** What the reviewer affirms; part of the event. */
export const attestationStatement =
  'I have read the list of access that has not changed since it was last reviewed, and what has; I know these people still need it.'
export const bulkStatement = 'I have opened the items that were drawn, and I answer for all the items of this group as I do for those.'

const mostShown = 200

/** A reviewer's part of a campaign without what a language model reads differently. */
export async function shareOf(queries: Queries, actor: Actor, campaignId: number): Promise<Share> {
  const reviewer = await personByEmail(queries, actor.email)
  if (reviewer === undefined) throw new Refusal('not-found', `${actor.email} has no items in this campaign.`)
  return { campaignId, reviewer, without: await itemsOfOtherOpinion(queries, campaignId) }
}

export function allows({ spec: { rules } }: StoredCampaign, way: 'attestation' | 'bulk'): boolean {
  return (way === 'attestation' ? rules.allowAttestation : rules.allowBulk) !== false
}

/** Nobody decides on their own access, in whatever spelling their address stands there. */
export function othersOnly(items: readonly EasyItem[], actor: Actor): readonly EasyItem[] {
  return items.filter(({ subjectEmail }) => !isSubject({ email: actor.email, identityId: null }, { subjectIdentityId: null, subjectEmail }))
}

/** What a reviewer may decide on in one go: access that has not changed, and groups of alike items; and what they decided so before. */
export async function offerTogether(context: Context, actor: Actor, campaignId: number): Promise<z.infer<typeof togetherOffer>> {
  const { db } = context.store
  const campaign = await findCampaign(db, campaignId)
  const share = await shareOf(db, actor, campaignId)
  const isAttestationAllowed = allows(campaign, 'attestation')
  const isBulkAllowed = allows(campaign, 'bulk')
  return {
    isAttestationAllowed, isBulkAllowed, attestationStatement, bulkStatement,
    unchanged: isAttestationAllowed ? [...await unchangedItems(db, share)] : [],
    changed: (await changedItems(db, campaignId, share.reviewer.id, mostShown)).map(({ reason, ...item }) => ({ ...item, reason: easeReason.parse(reason) })),
    leftOut: (await itemsLeftOut(db, campaignId, share.reviewer.id)).map(({ reason, items }) => ({ reason: easeReason.parse(reason), items })),
    groups: isBulkAllowed
      ? (await easyGroups(db, share, smallestBulk)).map(({ subjectKind, ...group }) => ({ ...group, subjectKind: identityKind.parse(subjectKind), drawn: sampleSize(group.size) }))
      : [],
    recorded: [...await togetherOf(db, campaignId, share.reviewer)],
  }
}

/** Lines of the list of unchanged access; what is decided by now is no longer among them. */
export async function unchangedLines(context: Context, actor: Actor, campaignId: number, ids: readonly number[]): Promise<z.infer<typeof unchangedLine>[]> {
  const { db } = context.store
  const found = await easyItems(db, await shareOf(db, actor, campaignId), ids)
  return found.filter(({ ease }) => ease === 'unchanged').map(({ itemId, subjectName, entitlementName, application, reason }) => (
    { itemId, subjectName, entitlementName, application, lastReviewed: reason }))
}

type Alike = z.infer<typeof alikeGroup>

/** A group as it is now, and its items. Null = too few are left of it. */
export async function groupNow(
  context: Context, queries: Queries, actor: Actor, campaign: StoredCampaign, alike: Alike,
): Promise<{ readonly group: BulkGroup; readonly items: readonly EasyItem[] } | null> {
  const items = othersOnly(await alikeItems(queries, await shareOf(queries, actor, campaign.id), alike), actor)
  const group = bulkGroup(items, `${campaign.specHash}\n${campaign.id}`, context.hash)
  return group === null ? null : { group, items }
}

/** Draws the sample of one group of alike items. */
export async function drawGroup(context: Context, actor: Actor, campaignId: number, alike: Alike): Promise<z.infer<typeof drawnGroup>> {
  const { db } = context.store
  const campaign = await findCampaign(db, campaignId)
  const found = allows(campaign, 'bulk') ? await groupNow(context, db, actor, campaign, alike) : null
  const first = found?.items[0]
  if (found === null || first === undefined) throw new Refusal('conflict', 'This group is no longer there: what is left of it is decided one by one.')
  return {
    ...alike, key: found.group.key, entitlementName: first.entitlementName, application: first.application, size: found.items.length,
    sample: [...found.group.sample], people: found.items.slice(0, mostShown).map(({ subjectName }) => subjectName),
  }
}
