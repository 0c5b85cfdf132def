import type { z } from 'zod'
import type { queueItem, reviewItem, signOffSummary } from '../../../shared/contract/review.ts'
import type { Changes } from './queue/queue-changes.ts'
import type { Campaign, CampaignProgress } from '../../../shared/model/campaign.ts'

export type QueueItem = z.infer<typeof queueItem>
export type ReviewItem = z.infer<typeof reviewItem>
export type SignOffSummary = z.infer<typeof signOffSummary>

export interface Queue {
  readonly campaign: Campaign
  readonly progress: CampaignProgress
  /** As loaded, riskiest first; `isWhole` false: the rest is on its way. */
  readonly items: readonly QueueItem[]
  readonly isWhole: boolean
  readonly changes: Changes
}
