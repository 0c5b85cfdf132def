import type { CampaignProgress } from '../../../../shared/model/campaign.ts'
import type { Queue, QueueItem } from '../review-types.ts'

/**
 * What became of lines since the queue was loaded, by item. The loaded lines never change, so that whatever is worked out from a hundred
 * thousand of them is worked out once, and a decision touches one.
 */
export type Changes = ReadonlyMap<number, QueueItem>

export const noChanges: Changes = new Map()

/** A line as it is now. */
export const lineNow = (item: QueueItem, changes: Changes): QueueItem => changes.get(item.itemId) ?? item

export const withChanges = (changes: Changes, items: readonly QueueItem[], change: Partial<QueueItem>): Changes => {
  const after = new Map(changes)
  for (const item of items) after.set(item.itemId, { ...lineNow(item, changes), ...change })
  return after
}

export const withChange = (changes: Changes, item: QueueItem, change: Partial<QueueItem>): Changes => withChanges(changes, [item], change)

const fieldOf = { undecided: 'undecided', keep: 'kept', revoke: 'revoked', 'keep-until': 'keptUntil', 'look-closer': 'lookCloser' } as const

/** The reviewer's progress, counted from the lines, so that figures and lines never disagree. */
export const progressOf = (items: readonly QueueItem[]): CampaignProgress => {
  const counted = { items: items.length, undecided: 0, kept: 0, revoked: 0, keptUntil: 0, lookCloser: 0, signedOff: 0 }
  for (const item of items) {
    counted[fieldOf[item.state]] += 1
    if (item.isSignedOff) counted.signedOff += 1
  }
  return counted
}

/** The progress once the changes are counted in. `before`: that of the lines as loaded. */
export const progressNow = (before: CampaignProgress, byId: ReadonlyMap<number, QueueItem>, changes: Changes): CampaignProgress => {
  const now = { ...before }
  for (const [itemId, line] of changes) {
    const loaded = byId.get(itemId)
    if (loaded === undefined) continue
    now[fieldOf[loaded.state]] -= 1
    now[fieldOf[line.state]] += 1
    now.signedOff += Number(line.isSignedOff) - Number(loaded.isSignedOff)
  }
  return now
}

/** The queue without lines that left it. Nothing else of it changes. */
export const withoutItems = (queue: Queue, gone: ReadonlySet<number>): Queue => {
  const left = queue.items.filter(({ itemId }) => gone.has(itemId))
  const progress = { ...queue.progress, items: queue.progress.items - left.length }
  for (const item of left) {
    progress[fieldOf[item.state]] -= 1
    progress.signedOff -= Number(item.isSignedOff)
  }
  const changes = new Map(queue.changes)
  for (const itemId of gone) changes.delete(itemId)
  return { ...queue, progress, changes, items: queue.items.filter(({ itemId }) => !gone.has(itemId)) }
}
