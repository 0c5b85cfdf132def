import { delegationObstacle, isRunning } from '../core/campaign/delegation.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import type { Delegation } from '../../shared/model/calendar.ts'
import { allCampaigns, type StoredCampaign } from '../storage/campaigns.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { delegations, insertDelegation, nextDelegationId, type StoredDelegation } from '../storage/delegations.ts'
import { applyDelegations, endOne } from './apply-delegations.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { candidateByEmail } from './plan-campaign.ts'
import { recordEvent } from './record-event.ts'

export interface Delegating {
  readonly person: string
  readonly to: string
  readonly fromOn: string
  readonly toOn: string
  readonly reason: string
}

/**
 * Somebody stands in for a reviewer from one day to another, for what comes and for what lies there already. Officers arrange it for
 * anybody, a reviewer for themself. It ends by itself.
 */
export async function delegate(context: Context, actor: Actor, input: Delegating): Promise<{ readonly delegation: Delegation; readonly moved: number }> {
  const wanted = { person: foldEmail(input.person), delegate: foldEmail(input.to), fromOn: input.fromOn, toOn: input.toOn }
  mustBeTheirs(actor, wanted.person)
  if (input.reason.trim() === '') throw new Refusal('invalid', 'Standing in needs a reason; it goes into the evidence.')
  for (const email of [wanted.person, wanted.delegate]) if (!email.includes('@')) throw new Refusal('invalid', `“${email}” is no e-mail address.`)
  const to = await candidateByEmail(context, wanted.delegate)
  if (!to.isAvailable) throw new Refusal('invalid', `${to.name} is on leave or has left and cannot stand in.`)
  return inTransaction(context.store, async (queries) => {
    const today = context.clock.now().slice(0, 10)
    const obstacle = delegationObstacle(wanted, await delegations(queries, true), today)
    if (obstacle !== null) throw new Refusal('conflict', obstacle)
    const id = await nextDelegationId(queries)
    const reason = input.reason.trim()
    const { seq, ts } = await recordEvent(context, queries, actor.email, {
      kind: 'delegation-set', body: { delegation: id, person: wanted.person, to: wanted.delegate, fromOn: input.fromOn, toOn: input.toOn, reason },
    })
    const stored = { id, ...wanted, reason, setBy: actor.email, setAt: ts }
    await insertDelegation(queries, { ...stored, setSeq: seq })
    const moved = await applyDelegations(context, queries, await runningCampaigns(queries))
    return { delegation: shown({ ...stored, endedOn: null }, today), moved }
  })
}

/** Ends a delegation before its time; what lies undecided before the stand-in goes back. */
export async function endDelegating(context: Context, actor: Actor, input: { readonly delegation: number; readonly reason: string }): Promise<{ readonly back: number }> {
  if (input.reason.trim() === '') throw new Refusal('invalid', 'Ending it early needs a reason; it goes into the evidence.')
  return inTransaction(context.store, async (queries) => {
    const one = (await delegations(queries, true)).find(({ id }) => id === input.delegation)
    if (one === undefined) throw new Refusal('not-found', `There is no running delegation ${input.delegation}.`)
    mustBeTheirs(actor, one.person)
    const on = context.clock.now().slice(0, 10)
    return { back: await endOne(context, queries, actor.email, one, { campaigns: await runningCampaigns(queries), on, reason: input.reason.trim() }) }
  })
}

/** All there are, newest first; a reviewer sees what concerns them. */
export async function listDelegations(context: Context, actor: Actor): Promise<Delegation[]> {
  const today = context.clock.now().slice(0, 10)
  const own = foldEmail(actor.email)
  const isInsider = actor.roles.includes('officer') || actor.roles.includes('auditor')
  return (await delegations(context.store.db)).filter(({ person, delegate: to }) => isInsider || person === own || to === own).map((one) => shown(one, today))
}

export async function runningCampaigns(queries: Queries): Promise<readonly StoredCampaign[]> {
  return (await allCampaigns(queries)).filter(({ state }) => state === 'running').toReversed()
}

function mustBeTheirs(actor: Actor, person: string): void {
  if (!actor.roles.includes('officer') && foldEmail(actor.email) !== person) {
    throw new Refusal('not-allowed', 'Only a compliance officer arranges this for somebody else.')
  }
}

function shown(one: StoredDelegation, today: string): Delegation {
  return { ...one, state: one.endedOn !== null || one.toOn < today ? 'over' : isRunning(one, today) ? 'running' : 'ahead' }
}
