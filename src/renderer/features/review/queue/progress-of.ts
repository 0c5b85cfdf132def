import type { CampaignProgress } from '../../../../shared/model/campaign.ts'
import type { QueueItem } from '../review-types.ts'

/** The reviewer's progress, counted from the queue on screen, so that figures and lines never disagree. */
export const progressOf = (items: readonly QueueItem[]): CampaignProgress => {
  const count = (state: QueueItem['state']): number => items.filter((item) => item.state === state).length
  return {
    items: items.length, undecided: count('undecided'), kept: count('keep'), revoked: count('revoke'), keptUntil: count('keep-until'),
    lookCloser: count('look-closer'), signedOff: items.filter((item) => item.isSignedOff).length,
  }
}

/** The queue with one item changed, the others being the same objects. */
export const patchItem = (items: readonly QueueItem[], itemId: number, change: Partial<QueueItem>): QueueItem[] =>
  items.map((item) => (item.itemId === itemId ? { ...item, ...change } : item))
