import { actingFor } from '../core/campaign/delegation.ts'
import { handedOnBy, waitingItems } from '../storage/absences.ts'
import type { StoredCampaign } from '../storage/campaigns.ts'
import type { Queries } from '../storage/database.ts'
import { delegations, endDelegation, type StoredDelegation } from '../storage/delegations.ts'
import type { Context } from './context.ts'
import { above, byReviewer, handOver, lastResorts, system } from './hand-over.ts'
import { candidateIn } from './plan-campaign.ts'
import { recordEvent } from './record-event.ts'

/**
 * Gives what lies undecided before people who are away to whoever stands in for them; what the stand-in may not judge goes to those above
 * the reviewer. Decisions not signed off stay with who made them. Doing it again changes nothing. Returns how many items went.
 */
export async function applyDelegations(context: Context, queries: Queries, campaigns: readonly StoredCampaign[]): Promise<number> {
  const today = context.clock.now().slice(0, 10)
  const open = await delegations(queries, true)
  if (open.length === 0) return 0
  let moved = 0
  for (const campaign of campaigns) {
    const undecided = (await waitingItems(queries, campaign.id)).filter(({ isDecided }) => !isDecided)
    for (const [reviewer, items] of byReviewer(undecided)) {
      const delegate = actingFor(reviewer, open, today)
      const why = open.find((one) => one.person === reviewer)
      if (delegate === null || why === undefined) continue
      const targets = [await candidateIn(queries, delegate), ...(await above(queries, reviewer)), ...(await lastResorts(queries, campaign))]
        .filter(({ email }) => actingFor(email, open, today) === null)
      moved += await handOver(context, queries, { campaign: campaign.id, why: 'delegated', reason: why.reason }, targets, items)
    }
  }
  return moved
}

/** Ends delegations whose last day has passed: what lies undecided before the stand-in goes back, what was decided there stays. */
export async function endOldDelegations(context: Context, queries: Queries, campaigns: readonly StoredCampaign[]): Promise<number> {
  const today = context.clock.now().slice(0, 10)
  const over = (await delegations(queries, true)).filter(({ toOn }) => toOn < today)
  for (const one of over) await endOne(context, queries, system.email, one, { campaigns, on: today, reason: 'Its last day has passed.' })
  return over.length
}

export async function endOne(
  context: Context, queries: Queries, by: string, one: StoredDelegation,
  end: { readonly campaigns: readonly StoredCampaign[]; readonly on: string; readonly reason: string },
): Promise<number> {
  const { seq } = await recordEvent(context, queries, by, {
    kind: 'delegation-ended', body: { delegation: one.id, person: one.person, to: one.delegate, endedOn: end.on, reason: end.reason },
  })
  await endDelegation(queries, one.id, { on: end.on, seq })
  const person = await candidateIn(queries, one.person)
  let back = 0
  for (const campaign of end.campaigns) {
    const delegated = (await waitingItems(queries, campaign.id)).filter(({ isDecided, basis }) => !isDecided && basis === 'delegate')
    const givers = await handedOnBy(queries, [...new Set(delegated.map(({ sinceSeq }) => sinceSeq))])
    const theirs = delegated.filter(({ sinceSeq }) => givers.get(sinceSeq) === one.person)
    back += await handOver(context, queries, { campaign: campaign.id, why: 'reassigned', reason: `${person.name} is back: ${end.reason}` }, [person], theirs)
  }
  return back
}
