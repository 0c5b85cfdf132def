import { lastDayOf } from '../core/campaign/escalation.ts'
import { inTransaction } from '../storage/database.ts'
import { holidayDays } from '../storage/delegations.ts'
import { applyDelegations, endOldDelegations } from './apply-delegations.ts'
import { climbLadder } from './climb-ladder.ts'
import { closeStage } from './close-stage.ts'
import type { Context } from './context.ts'
import { runningCampaigns } from './delegate.ts'
import { system } from './hand-over.ts'
import { openMicroReviews } from './micro-reviews.ts'
import { makeDueDrafts } from './recurring-campaigns.ts'
import { noteDeparted, rerouteLeavers } from './reroute-leavers.ts'

/** What a day brought about, counted; all zero when the day's work was done already. */
export interface TickDone {
  readonly day: string
  readonly rerouted: number
  readonly noted: number
  readonly delegated: number
  readonly delegationsEnded: number
  readonly steps: readonly { readonly campaign: number; readonly day: number; readonly action: string }[]
  readonly stagesOpened: readonly number[]
  /** Campaigns past their last day, which an officer has to close. */
  readonly overdue: readonly number[]
  /** Drafts of recurring campaigns whose day has come. */
  readonly drafts: readonly number[]
  /** Small campaigns opened by rule. */
  readonly microReviews: readonly number[]
}

/**
 * Does what the calendar asks for today: people who left or are away are stood in for, ladders are climbed, stages whose time is over open
 * the next one, recurring campaigns get their draft. Any number of times a day; each thing happens once. Never makes, changes or takes back a decision.
 */
export async function campaignTick(context: Context): Promise<TickDone> {
  const day = context.clock.now().slice(0, 10)
  const people = await inTransaction(context.store, async (queries) => {
    const campaigns = await runningCampaigns(queries)
    const delegationsEnded = await endOldDelegations(context, queries, campaigns)
    let [rerouted, noted] = [0, 0]
    for (const campaign of campaigns) {
      noted += await noteDeparted(context, queries, campaign)
      rerouted += await rerouteLeavers(context, queries, campaign)
    }
    return { rerouted, noted, delegationsEnded }
  })
  const steps = await inTransaction(context.store, async (queries) => {
    const taken: { campaign: number; day: number; action: string }[] = []
    for (const campaign of await runningCampaigns(queries)) {
      taken.push(...(await climbLadder(context, queries, campaign)).map((step) => ({ campaign: campaign.id, ...step })))
    }
    return taken
  })
  const { stagesOpened, overdue } = await endStages(context, day)
  const delegated = await inTransaction(context.store, async (queries) => applyDelegations(context, queries, await runningCampaigns(queries)))
  return { day, ...people, steps, stagesOpened, overdue, delegated, drafts: await makeDueDrafts(context), microReviews: await openMicroReviews(context) }
}

async function endStages(context: Context, day: string): Promise<Pick<TickDone, 'stagesOpened' | 'overdue'>> {
  const stagesOpened: number[] = []
  const overdue: number[] = []
  const holidays = await holidayDays(context.store.db)
  for (const { id, spec, stage, dueOn } of await runningCampaigns(context.store.db)) {
    if (day <= lastDayOf(spec.escalation, dueOn, holidays)) continue
    if (spec.stages.length < stage) overdue.push(id)
    else {
      await closeStage(context, system, id)
      stagesOpened.push(id)
    }
  }
  return { stagesOpened, overdue }
}
