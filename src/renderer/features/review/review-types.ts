import type { z } from 'zod'
import type { queueItem, reviewItem, signOffSummary } from '../../../shared/contract/review.ts'
import type { Campaign, CampaignProgress } from '../../../shared/model/campaign.ts'

export type QueueItem = z.infer<typeof queueItem>
export type ReviewItem = z.infer<typeof reviewItem>
export type SignOffSummary = z.infer<typeof signOffSummary>

export interface Queue {
  readonly campaign: Campaign
  readonly progress: CampaignProgress
  readonly items: QueueItem[]
}
