import type { ModelFailure, ModelFailureCode } from '../../shared/model/language-model.ts'
import { disagreeingItems, riskiestUndecided } from '../storage/language-model.ts'
import { itemById } from '../storage/review-items.ts'
import { Refusal, type Actor, type Context, type Watch } from './context.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'
import { failureIn, usableModel } from './model-settings.ts'
import { itemOfReviewer } from './record-decision.ts'
import { askForWords, cached, keyOf } from './word-item.ts'

/** How many of the items that follow are worded while the reviewer still reads. */
export const AHEAD = 5

/**
 * Asks for the words of the next items without waiting for them. What the same person asked for before and no longer needs is forgotten.
 * Answers how many now stand in the queue; none where no model may be used.
 */
export async function wordAhead(context: Context, actor: Actor, itemIds: readonly number[]): Promise<{ queued: number }> {
  const usable = await usableModel(context)
  if (!usable.ok) return { queued: 0 }
  const wanted = itemIds.slice(0, AHEAD)
  context.languageModel.queue.keepOnly(actor.email, new Set(wanted.map((id) => keyOf({ id }))))
  let queued = 0
  for (const id of wanted) {
    const { item, campaign } = await itemOfReviewer(context.store.db, actor, id)
    if (campaign.state !== 'running' || (await cached(context, item, usable, false)) !== undefined) continue
    queued += 1
    // Nobody waits for it: a failure shows when the item is opened.
    askForWords(context, actor, item, usable, { priority: 'next', again: false, owner: actor.email }).catch(() => undefined)
  }
  return { queued }
}

export interface WordedMany {
  readonly asked: number
  readonly worded: number
  readonly alreadyThere: number
  /** Items whose text is the template's because the model's could not be supported. */
  readonly unsupported: number
  readonly disagreeing: number
  /** Why the batch ended early; null = it did not. */
  readonly stopped: ModelFailure | null
}

/** Failures that the next item would meet as well. The others are one item's bad luck. */
const endsBatch: ReadonlySet<ModelFailureCode> = new Set([
  'off', 'no-server', 'host-refused', 'no-model', 'remote-model', 'cannot-chat', 'not-ollama', 'digest-changed', 'not-examined', 'paused', 'cancelled',
])

/** Words the riskiest undecided items of a campaign, one after the other, behind whatever a reviewer has open. */
export async function wordRiskiest(
  context: Context, actor: Actor, input: { readonly campaign: number; readonly most: number }, watch: Watch,
): Promise<WordedMany> {
  mustBeOfficer(actor)
  const campaign = await findCampaign(context.store.db, input.campaign)
  if (campaign.state !== 'running') throw new Refusal('conflict', `Only a running campaign is worded ahead; ${campaign.spec.name} is ${campaign.state}.`)
  const items = await riskiestUndecided(context.store.db, campaign.id, input.most)
  let [worded, alreadyThere, unsupported] = [0, 0, 0]
  let stopped: ModelFailure | null = null
  for (const [at, id] of items.entries()) {
    if (watch.signal.aborted) throw new Refusal('cancelled', `Stopped as asked; ${worded} narratives were kept.`)
    watch.onProgress({ step: `Wording item ${at + 1} of ${items.length}`, share: at / items.length })
    const usable = await usableModel(context)
    if (!usable.ok) {
      stopped = usable.failure
      break
    }
    const item = await itemById(context.store.db, id)
    if (item === undefined) continue
    if ((await cached(context, item, usable, false)) !== undefined) {
      alreadyThere += 1
      continue
    }
    try {
      const wording = await askForWords(context, actor, item, usable, { priority: 'riskiest', again: false, signal: watch.signal })
      worded += 1
      if (wording.fault !== null) unsupported += 1
    } catch (error) {
      const failure = failureIn(error)
      if (failure === null) throw error
      if (watch.signal.aborted) throw new Refusal('cancelled', `Stopped as asked; ${worded} narratives were kept.`)
      if (!endsBatch.has(failure.code)) continue
      stopped = failure
      break
    }
  }
  const disagreeing = await disagreeingItems(context.store.db, campaign.id)
  return { asked: items.length, worded, alreadyThere, unsupported, disagreeing: items.filter((id) => disagreeing.has(id)).length, stopped }
}
