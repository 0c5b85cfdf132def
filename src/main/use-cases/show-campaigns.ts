import type { Campaign, CampaignProgress, PopulationTotals } from '../../shared/model/campaign.ts'
import { allCampaigns, campaignProgress, reviewerStandings } from '../storage/campaigns.ts'
import type { Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'

export async function listCampaigns(context: Context): Promise<(Campaign & { progress: CampaignProgress })[]> {
  const found: (Campaign & { progress: CampaignProgress })[] = []
  for (const campaign of await allCampaigns(context.store.db)) {
    found.push({ ...campaign, progress: await campaignProgress(context.store.db, campaign.id) })
  }
  return found
}

export interface CampaignStatus {
  readonly campaign: Campaign
  readonly progress: CampaignProgress
  readonly totals: PopulationTotals | null
  readonly reviewers: {
    person: string; name: string; isEnrolled: boolean; items: number; decided: number; signedOff: number; signedOffAt: string | null
  }[]
}

export async function campaignStatus(context: Context, id: number): Promise<CampaignStatus> {
  const { db } = context.store
  const campaign = await findCampaign(db, id)
  const reviewers = await reviewerStandings(db, id)
  return {
    campaign, progress: await campaignProgress(db, id), totals: campaign.totals,
    reviewers: reviewers.map(({ fingerprint, ...reviewer }) => ({ ...reviewer, isEnrolled: fingerprint !== null })),
  }
}
