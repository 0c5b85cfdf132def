import type { z } from 'zod'
import type { drawnGroup, togetherInput, togetherOffer } from '../../../../shared/contract/review.ts'
import type { CampaignProgress } from '../../../../shared/model/campaign.ts'

export type TogetherOffer = z.infer<typeof togetherOffer>
export type TogetherGroup = TogetherOffer['groups'][number]
export type TogetherGo = TogetherOffer['recorded'][number]
export type DrawnGroup = z.infer<typeof drawnGroup>
export type TogetherInput = z.infer<typeof togetherInput>
export interface TogetherAnswer {
  readonly id: number
  readonly decided: readonly number[]
  readonly progress: CampaignProgress
}
