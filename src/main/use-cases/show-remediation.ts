import { remediationState, type Remediation, type RemediationCounts, type RemediationDetail } from '../../shared/model/remediation.ts'
import { removalEffect } from '../core/remediation/effect.ts'
import { allCampaigns } from '../storage/campaigns.ts'
import { effectFacts, useAfter } from '../storage/remediation-effects.ts'
import { listRemediations, remediationFigures, stepsOf, type RemediationFilter } from '../storage/remediations.ts'
import { Refusal, type Context } from './context.ts'
import { toPlan } from './plan-remediation.ts'

export async function showRemediations(context: Context, filter: RemediationFilter, today: string): Promise<{ total: number; rows: Remediation[] }> {
  const { total, rows } = await listRemediations(context.store.db, filter, today)
  return { total, rows: [...rows] }
}

/** One remediation with what removing it takes and hits, its timeline, and whether the right was used after the decision. */
export async function showRemediation(context: Context, id: number, today: string): Promise<RemediationDetail> {
  const { db } = context.store
  const [one] = (await listRemediations(db, { ids: [id] }, today)).rows
  if (one === undefined) throw new Refusal('not-found', `There is no remediation ${id}.`)
  const facts = await effectFacts(db, one)
  return { ...one, effect: removalEffect(facts), isProtected: facts.isProtected, steps: await stepsOf(db, id), lookback: await useAfter(db, id, one.decidedAt) }
}

export async function countRemediations(context: Context, today: string): Promise<RemediationCounts> {
  const { byState, ...figures } = await remediationFigures(context.store.db, today)
  let unplanned = 0
  for (const campaign of await allCampaigns(context.store.db)) unplanned += (await toPlan(context.store.db, campaign, today)).length
  return {
    ...figures, unplanned, byState: Object.fromEntries(remediationState.options.map((state) => [state, byState[state] ?? 0])) as RemediationCounts['byState'],
  }
}
