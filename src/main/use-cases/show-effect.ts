import type { EffectPreview } from '../../shared/model/effect-preview.ts'
import { previewEffect } from '../core/campaign/effect-preview.ts'
import { effectFactsOf } from '../storage/effect-facts.ts'
import { itemFacts } from '../storage/packets.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { itemOfReviewer } from './record-decision.ts'

/** What revoking an item would really come to, as the newest snapshots know it; in a packet's workspace, as they did when it was written. */
export async function showEffect(context: Context, actor: Actor, itemId: number): Promise<EffectPreview> {
  const { item } = await itemOfReviewer(context.store.db, actor, itemId)
  const carried = await itemFacts(context.store.db, itemId)
  if (carried !== undefined) {
    if (carried.effect === undefined) throw new Refusal('not-found', 'The packet does not say what removing this would come to; it was written by an earlier Muster.')
    return carried.effect
  }
  return previewEffect(await effectFactsOf(context.store.db, { accountId: item.account_id, entitlementId: item.entitlement_id, path: item.path }))
}
