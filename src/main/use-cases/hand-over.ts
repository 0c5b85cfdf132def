import type { StageRule } from '../../shared/model/campaign.ts'
import { isSubject, type Candidate } from '../core/campaign/assign-reviewers.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { managersAbove, standingOfPeople, type WaitingItem } from '../storage/absences.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import type { Queries } from '../storage/database.ts'
import type { Context } from './context.ts'
import { candidateIn, toCandidate } from './plan-campaign.ts'
import { moveItems, type Move } from './reassign-items.ts'

/** Acts where nobody did: what the calendar and the rules fixed before launch bring about. */
export const system = { email: 'system', name: 'Muster', roles: ['officer'] } as const

/** Whether a person may take an item over: at work, not its subject, and not asked about the same grant already. */
export function mayTake(candidate: Candidate, item: WaitingItem): boolean {
  return candidate.isAvailable && !isSubject(candidate, { subjectIdentityId: item.identityId, subjectEmail: item.subjectEmail })
    && !item.asked.includes(foldEmail(candidate.email))
}

/** Gives each item to the first of several people who may take it; what none may take stays where it is. Returns how many went. */
export async function handOver(
  context: Context, queries: Queries, move: Omit<Move, 'to'>, targets: readonly Candidate[], items: readonly WaitingItem[],
): Promise<number> {
  let left = items
  for (const target of targets) {
    const taken = left.filter((item) => mayTake(target, item))
    if (taken.length === 0) continue
    await moveItems(context, queries, system.email, { ...move, to: target.email }, target, taken)
    left = left.filter((item) => !taken.includes(item))
  }
  return items.length - left.length
}

/** Those above a reviewer, the nearest first. */
export async function above(queries: Queries, email: string): Promise<readonly Candidate[]> {
  const standing = (await standingOfPeople(queries, [foldEmail(email)])).get(foldEmail(email))
  return (await managersAbove(queries, standing?.managerId ?? null)).map(toCandidate)
}

/** Who takes what nobody else can: the open stage's fallback, then whoever made the campaign. */
export async function lastResorts(queries: Queries, { spec, stage, createdBy }: StoredCampaign): Promise<readonly Candidate[]> {
  const rule = stage === 1 ? spec.reviewers : (spec.stages[stage - 2] as StageRule).reviewers
  return [await candidateIn(queries, rule.fallback), await candidateIn(queries, createdBy)]
}

export function byReviewer(items: readonly WaitingItem[]): ReadonlyMap<string, readonly WaitingItem[]> {
  const found = new Map<string, WaitingItem[]>()
  for (const item of items) {
    const own = found.get(item.reviewer)
    if (own === undefined) found.set(item.reviewer, [item])
    else own.push(item)
  }
  return found
}
