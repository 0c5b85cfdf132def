import type { EscalationStep } from '../../shared/model/campaign.ts'
import { stepsDue } from '../core/campaign/escalation.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { waitingItems, type WaitingItem } from '../storage/absences.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import type { Queries } from '../storage/database.ts'
import { holidayDays } from '../storage/delegations.ts'
import { insertStepDone, stepsDone } from '../storage/escalations.ts'
import { loadMailSettings } from '../storage/mail-settings.ts'
import { askByRule } from './ask-letters.ts'
import type { Context } from './context.ts'
import { freezeAgain, type AskedAgain } from './freeze-again.ts'
import { above, byReviewer, handOver, lastResorts, mayTake, system } from './hand-over.ts'
import { recordEvent } from './record-event.ts'

/** Takes the steps of a campaign's ladder whose day has come, each once for each day it was due on. Never touches a decision. */
export async function climbLadder(context: Context, queries: Queries, campaign: StoredCampaign): Promise<readonly EscalationStep[]> {
  const today = context.clock.now().slice(0, 10)
  const done = await stepsDone(queries, campaign)
  const isMailed = (await loadMailSettings(queries))?.remindsBySelf === true
  const steps = stepsDue(campaign.spec.escalation, { dueOn: campaign.dueOn, done }, today, await holidayDays(queries))
  for (const step of steps) {
    const waiting = await waitingItems(queries, campaign.id)
    const items = await take(context, queries, campaign, step.action, waiting.filter(({ isDecided }) => !isDecided))
    const people = new Set(waiting.map(({ reviewer }) => reviewer)).size
    const occasion = `ladder ${campaign.stage} ${campaign.dueOn} ${step.day}`
    if (step.action !== 'remind' && items > 0) {
      const people = receivers(waiting, await waitingItems(queries, campaign.id))
      await askByRule(context, queries, campaign, { kind: 'escalation', occasion, people })
    } else if (step.action === 'remind' && isMailed) {
      await askByRule(context, queries, campaign, { kind: 'reminder', occasion, people: [...new Set(waiting.map(({ reviewer }) => reviewer))] })
    }
    const { seq } = await recordEvent(context, queries, system.email, {
      kind: 'escalation-step', body: { campaign: campaign.id, stage: campaign.stage, dueOn: campaign.dueOn, day: step.day, action: step.action, people, items },
    })
    await insertStepDone(queries, campaign, step, { seq, lettersWait: step.action === 'remind' && people > 0 && !isMailed })
  }
  return steps
}

/** Who has more to answer than before a step. */
function receivers(before: readonly WaitingItem[], after: readonly WaitingItem[]): readonly string[] {
  const had = byReviewer(before)
  return [...byReviewer(after)].filter(([reviewer, items]) => items.length > (had.get(reviewer)?.length ?? 0)).map(([reviewer]) => reviewer)
}

async function take(
  context: Context, queries: Queries, campaign: StoredCampaign, action: EscalationStep['action'], undecided: readonly WaitingItem[],
): Promise<number> {
  const move = { campaign: campaign.id, why: 'escalated', reason: `No answer by the rules’ day; due on ${campaign.dueOn}.` } as const
  switch (action) {
    case 'remind': return 0
    case 'replace-by-fallback': return handOver(context, queries, move, await lastResorts(queries, campaign), undecided)
    case 'replace-by-manager': {
      let moved = 0
      for (const [reviewer, items] of byReviewer(undecided)) {
        moved += await handOver(context, queries, move, [...(await above(queries, reviewer)), ...(await lastResorts(queries, campaign))], items)
      }
      return moved
    }
    case 'add-manager': {
      const planned: AskedAgain[] = []
      const asked = new Set<string>()
      for (const [reviewer, items] of byReviewer(undecided)) {
        const managers = await above(queries, reviewer)
        for (const item of items) {
          const manager = managers.find((one) => mayTake(one, item) && !item.frozenFor.includes(foldEmail(one.email)))
          // Two of a grant's reviewers may have the same manager.
          const key = `${item.caseItem} ${manager?.email ?? ''}`
          if (manager === undefined || asked.has(key)) continue
          asked.add(key)
          planned.push({ caseItem: item.caseItem, reviewer: manager, basis: 'escalated' })
        }
      }
      return freezeAgain(context, queries, system.email, { campaign: campaign.id, stage: campaign.stage }, planned)
    }
  }
}
