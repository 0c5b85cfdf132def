import type { PopulationTotals, ReviewConflict, ReviewerBasis } from '../../shared/model/campaign.ts'
import { inventoryWarnings } from '../storage/campaign-population.ts'
import { loadPopulation } from '../storage/population.ts'
import { type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer } from './find-campaign.ts'
import { planCampaign, type CampaignPlan } from './plan-campaign.ts'
import { weighPopulation } from './weigh-population.ts'

export interface CampaignPreview {
  readonly totals: PopulationTotals
  readonly reviewers: readonly { person: string; name: string; basis: ReviewerBasis; items: number }[]
  readonly advice: { readonly keep: number; readonly revoke: number; readonly lookCloser: number }
  readonly obstacles: readonly string[]
  readonly warnings: readonly string[]
}

/** What a launch would do, without doing it. */
export async function previewCampaign(context: Context, actor: Actor, id: number): Promise<CampaignPreview> {
  mustBeOfficer(actor)
  const campaign = await findCampaign(context.store.db, id)
  const plan = await planCampaign(context, campaign)
  const population = await loadPopulation(context.store, { snapshots: plan.snapshots.map((snapshot) => snapshot.id), asOf: campaign.asOf })
  const { weigh } = await weighPopulation(context, population)
  const inReview = new Set(plan.items.map((item) => item.grantId))
  const advice = { keep: 0, revoke: 0, lookCloser: 0 }
  for (let grant = 0; grant < population.grants.count; grant += 1) {
    if (!inReview.has(population.grants.id[grant] as number)) continue
    const { action } = weigh(grant).recommendation
    if (action === 'look-closer') advice.lookCloser += 1
    else advice[action] += 1
  }
  return { totals: plan.totals, reviewers: loadOf(plan), advice, obstacles: obstaclesOf(plan), warnings: await warningsOf(context, plan, campaign.asOf) }
}

/** Why a plan must not be launched, one sentence each. */
export function obstaclesOf(plan: CampaignPlan): readonly string[] {
  const obstacles: string[] = []
  if (!plan.snapshots.some((snapshot) => snapshot.grants > 0)) obstacles.push('No source with access has a complete snapshot yet; sync one first.')
  else if (plan.items.length === 0 && plan.withoutReviewer === 0) obstacles.push('The scope matches no access.')
  if (plan.withoutReviewer > 0) {
    obstacles.push(`${plan.withoutReviewer} grants have nobody but their holder to review them; name another fallback reviewer.`)
  }
  if (plan.totals.difference !== plan.withoutReviewer) {
    obstacles.push(`The population does not add up: ${plan.totals.population} grants, ${plan.totals.difference} of them neither in review nor excluded.`)
  }
  return obstacles
}

export function loadOf(plan: CampaignPlan): readonly { person: string; name: string; basis: ReviewerBasis; items: number }[] {
  const load = new Map<string, { person: string; name: string; basis: ReviewerBasis; items: number }>()
  for (const { reviewer, basis } of plan.items) {
    const person = plan.reviewers[reviewer]
    if (person === undefined) continue
    const key = `${person.email} ${basis}`
    const known = load.get(key)
    if (known === undefined) load.set(key, { person: person.email, name: person.name, basis, items: 1 })
    else known.items += 1
  }
  return [...load.values()].sort((left, right) => right.items - left.items || (left.person < right.person ? -1 : 1))
}

const conflictWords: Readonly<Record<ReviewConflict, string>> = {
  circular: 'somebody whose own access the same person reviews', 'reports-to-subject': 'somebody who reports to the person it belongs to',
  'same-right': 'somebody who holds the same privileged right',
}

/** Snapshots older than this many days before the campaign's day are worth a word. */
const staleAfterDays = 7

/** More orphans than this is a wrong file or mapping rather than a finding. */
const improbableOrphanShare = 0.2

async function warningsOf(context: Context, plan: CampaignPlan, asOf: string): Promise<readonly string[]> {
  const warnings: string[] = []
  for (const snapshot of plan.snapshots) {
    const age = Math.round((Date.parse(asOf) - Date.parse(snapshot.asOf)) / 86_400_000)
    if (age > staleAfterDays) warnings.push(`${snapshot.source} was last read as of ${snapshot.asOf}, ${age} days before the campaign's day.`)
  }
  if (plan.withoutManager > 0) warnings.push(`${plan.withoutManager} grants belong to somebody without a reachable manager and go to an owner or the fallback.`)
  for (const conflict of ['circular', 'reports-to-subject', 'same-right'] as const) {
    const grants = plan.conflicted[conflict]
    if (grants > 0) warnings.push(`${grants} ${grants === 1 ? 'grant is' : 'grants are'} before ${conflictWords[conflict]}.`)
  }
  if (plan.rerouted > 0) warnings.push(`${plan.rerouted} ${plan.rerouted === 1 ? 'grant goes' : 'grants go'} to somebody else in the order, or the fallback, for the sake of an independent look.`)
  const { heldRuns, orphanAccounts, accounts } = await inventoryWarnings(context.store.db)
  if (heldRuns > 0) warnings.push(`${heldRuns} held ${heldRuns === 1 ? 'run waits' : 'runs wait'} for your word and ${heldRuns === 1 ? 'is' : 'are'} not part of this.`)
  if (orphanAccounts > accounts * improbableOrphanShare) {
    warnings.push(`${orphanAccounts} of ${accounts} accounts belong to nobody in HR and would be advised for revoking. Check that the HR file is of the same organisation and that employee ids or e-mail addresses are mapped.`)
  } else if (orphanAccounts > 0) warnings.push(`${orphanAccounts} accounts with access belong to nobody known.`)
  return warnings
}
