import type { z } from 'zod'
import type { campaignFigures, campaignItem, reviewerProgress } from '../../../../shared/contract/campaigns.ts'

export type Figures = z.infer<typeof campaignFigures>
export type PaceDay = Figures['days'][number]
export type ReviewerPace = Figures['reviewers'][number]
export type CampaignItem = z.infer<typeof campaignItem>
export type ReviewerProgress = z.infer<typeof reviewerProgress>
