import { departedSubjects, noteItems, standingOfPeople, waitingItems, type WaitingItem } from '../storage/absences.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import type { Queries } from '../storage/database.ts'
import type { Context } from './context.ts'
import { hasLeft, toldWithoutReviewer } from '../storage/without-reviewer.ts'
import { above, byReviewer, handOver, lastResorts, mayTake, system } from './hand-over.ts'
import { recordEvent } from './record-event.ts'

export interface Rerouted {
  readonly moved: number
  /** Items nobody else may take, newly seen. */
  readonly stuck: number
}

/**
 * What lies before reviewers whom HR has let go comes before those above them, else the fallback. Decisions they did not sign off can never
 * be signed any more; they are void, and the items come undecided to the next. What nobody may take stays, and is told once.
 */
export async function rerouteLeavers(context: Context, queries: Queries, campaign: StoredCampaign): Promise<Rerouted> {
  const waiting = byReviewer(await waitingItems(queries, campaign.id))
  const standing = await standingOfPeople(queries, [...waiting.keys()])
  let [moved, stuck] = [0, 0]
  for (const [reviewer, items] of waiting) {
    const hr = standing.get(reviewer)
    if (hr === undefined || !hasLeft(hr)) continue
    const targets = [...(await above(queries, reviewer)), ...(await lastResorts(queries, campaign))]
    moved += await handOver(context, queries, { campaign: campaign.id, why: 'reviewer-left', reason: `${hr.name} has left, HR says.` }, targets, items)
    stuck += await tellStuck(context, queries, campaign, reviewer, items.filter((item) => !targets.some((target) => mayTake(target, item))))
  }
  return { moved, stuck }
}

/** Written down once for each time an item comes to lie with somebody who has left. Returns how many are news. */
async function tellStuck(context: Context, queries: Queries, campaign: StoredCampaign, reviewer: string, items: readonly WaitingItem[]): Promise<number> {
  const told = await toldWithoutReviewer(queries, items)
  const ids = items.filter(({ itemId }) => !told.has(itemId)).map(({ itemId }) => itemId)
  if (ids.length === 0) return 0
  const seenOn = context.clock.now().slice(0, 10)
  const { seq } = await recordEvent(context, queries, system.email, {
    kind: 'items-without-reviewer', body: { campaign: campaign.id, person: reviewer, items: ids, seenOn },
  })
  await noteItems(queries, ids, { kind: 'without-reviewer', campaignId: campaign.id, seq, seenOn })
  return ids.length
}

/** Notes on open items that the person they are about has left since. The items stay: their access still has to be judged. */
export async function noteDeparted(context: Context, queries: Queries, campaign: StoredCampaign): Promise<number> {
  const seenOn = context.clock.now().slice(0, 10)
  const found = Map.groupBy(await departedSubjects(queries, campaign.id), ({ identityId }) => identityId)
  let noted = 0
  for (const items of found.values()) {
    const ids = items.map(({ itemId }) => itemId)
    const { seq } = await recordEvent(context, queries, system.email, {
      kind: 'subject-left', body: { campaign: campaign.id, person: items[0]?.person ?? null, items: ids, seenOn },
    })
    await noteItems(queries, ids, { kind: 'subject-left', campaignId: campaign.id, seq, seenOn })
    noted += ids.length
  }
  return noted
}
