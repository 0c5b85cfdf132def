import type { Campaign, CampaignProgress } from '../../shared/model/campaign.ts'
import { evidenceEvent } from '../../shared/model/evidence.ts'
import type { RemovalFigures } from '../core/campaign/loop-figures.ts'
import { startPace, type CampaignPace, type PaceDay, type PaceFigures, type ReviewerPace } from '../core/campaign/pace.ts'
import { allCampaigns, campaignProgress } from '../storage/campaigns.ts'
import { campaignLines } from '../storage/evidence-log.ts'
import { allPeople } from '../storage/people.ts'
import type { Context } from './context.ts'
import { findCampaign } from './find-campaign.ts'

export interface CampaignFigures {
  readonly campaign: Campaign
  readonly progress: CampaignProgress
  readonly start: number
  readonly days: PaceDay[]
  readonly total: PaceFigures
  readonly planted: number
  readonly removals: RemovalFigures
  readonly reviewers: (ReviewerPace & { readonly name: string })[]
  readonly dueDays: string[]
}

/** How a campaign goes or went: days, pace, agreement. Recomputed from the log; the tables are asked for names only. */
export async function campaignFigures(context: Context, id: number): Promise<CampaignFigures> {
  const { db } = context.store
  const campaign = await findCampaign(db, id)
  const pace = await paceOf(context, id)
  const names = new Map((await allPeople(db)).map(({ email, name }) => [email, name]))
  return {
    campaign, progress: await campaignProgress(db, id), start: pace.start, days: [...pace.days], total: pace.total, planted: pace.planted, removals: pace.removals,
    dueDays: [...pace.dueDays],
    reviewers: pace.reviewers.map((reviewer) => ({ ...reviewer, name: names.get(reviewer.person) ?? reviewer.person })),
  }
}

type Line = Pick<CampaignFigures, 'campaign' | 'progress' | 'total' | 'planted' | 'removals'>

/** Every launched campaign with its figures, the oldest first. */
export async function figuresOverTime(context: Context): Promise<Line[]> {
  const { db } = context.store
  const found: Line[] = []
  for (const campaign of (await allCampaigns(db)).toReversed()) {
    if (campaign.launchedAt === null) continue
    const { total, planted, removals } = await paceOf(context, campaign.id)
    found.push({ campaign, progress: await campaignProgress(db, campaign.id), total, planted, removals })
  }
  return found
}

async function paceOf(context: Context, id: number): Promise<CampaignPace> {
  const pace = startPace(id, context.hash)
  for await (const line of campaignLines(context.store.db, id, Number.MAX_SAFE_INTEGER)) pace.add(evidenceEvent.parse(JSON.parse(line)))
  return pace.result()
}
