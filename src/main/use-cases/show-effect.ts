import type { EffectPreview } from '../../shared/model/effect-preview.ts'
import { previewEffect } from '../core/campaign/effect-preview.ts'
import { effectFactsOf } from '../storage/effect-facts.ts'
import type { Actor, Context } from './context.ts'
import { itemOfReviewer } from './record-decision.ts'

/** What revoking an item would really come to, as the newest snapshots know it. */
export async function showEffect(context: Context, actor: Actor, itemId: number): Promise<EffectPreview> {
  const { item } = await itemOfReviewer(context.store.db, actor, itemId)
  return previewEffect(await effectFactsOf(context.store.db, { accountId: item.account_id, entitlementId: item.entitlement_id, path: item.path }))
}
