import type { EventBodyOf } from '../../shared/model/evidence.ts'
import type { ReviewerBasis } from '../../shared/model/campaign.ts'
import { isSubject, type Candidate } from '../core/campaign/assign-reviewers.ts'
import { foldEmail } from '../core/campaign/fold-email.ts'
import { handOn, openItems, type OpenItem } from '../storage/assignments.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { addPerson } from '../storage/people.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { findCampaign, mustBeOfficer, nextState } from './find-campaign.ts'
import { candidateByEmail } from './plan-campaign.ts'
import { recordEvent } from './record-event.ts'

export interface HandedOn {
  readonly moved: number
  /** Items that stayed where they were, with why. */
  readonly refused: readonly { readonly itemId: number; readonly reason: string }[]
}

/** A reviewer passes items on to somebody who knows better. */
export async function passOn(
  context: Context, actor: Actor, input: { readonly items: readonly number[]; readonly campaign: number; readonly to: string; readonly reason: string },
): Promise<HandedOn> {
  const from = foldEmail(actor.email)
  return reassign(context, actor, { campaign: input.campaign, to: input.to, reason: input.reason, why: 'reassigned' }, (queries) =>
    openItems(queries, input.campaign, { reviewer: from, items: input.items }))
}

/** The officer gives items to somebody else: named ones, or everything that is still open with one reviewer. */
export async function reassignItems(
  context: Context, actor: Actor,
  input: { readonly campaign: number; readonly items: readonly number[] | null; readonly from: string | null; readonly to: string; readonly reason: string },
): Promise<HandedOn> {
  mustBeOfficer(actor)
  if (input.items === null && input.from === null) throw new Refusal('invalid', 'Say which items, or whose, are to be handed on.')
  return reassign(context, actor, { campaign: input.campaign, to: input.to, reason: input.reason, why: 'reassigned' }, (queries) =>
    openItems(queries, input.campaign, {
      ...(input.from === null ? {} : { reviewer: foldEmail(input.from) }), ...(input.items === null ? {} : { items: input.items }),
    }))
}

export interface Move {
  readonly campaign: number
  readonly to: string
  readonly reason: string
  readonly why: EventBodyOf<'items-reassigned'>['why']
}

const basisOf: Readonly<Record<Move['why'], ReviewerBasis>> = {
  reassigned: 'reassigned', delegated: 'delegate', escalated: 'escalated', 'reviewer-left': 'escalated', 'self-review': 'escalated',
}

async function reassign(
  context: Context, actor: Actor, move: Move, itemsIn: (queries: Queries) => Promise<readonly OpenItem[]>,
): Promise<HandedOn> {
  if (move.reason.trim() === '') throw new Refusal('invalid', 'Handing items on needs a reason; it goes into the evidence.')
  const to = await candidateByEmail(context, move.to)
  mustBeReachable(to, move.to)
  return inTransaction(context.store, async (queries) => {
    nextState(await findCampaign(queries, move.campaign), 'decide')
    return moveItems(context, queries, actor.email, move, to, await itemsIn(queries))
  })
}

/** An address nobody in the directory and nobody enrolled has would be a review that never comes back. */
function mustBeReachable(to: Candidate, typed: string): void {
  if (!to.email.includes('@')) throw new Refusal('invalid', `“${typed}” is no e-mail address.`)
  if (!to.isAvailable) throw new Refusal('invalid', `${to.name} is on leave or has left and cannot review.`)
}

/** Hands items on inside the caller's transaction, one event for each reviewer they come from. Nobody gets their own access to review. */
export async function moveItems(
  context: Context, queries: Queries, by: string, move: Move, to: Candidate, items: readonly OpenItem[],
): Promise<HandedOn> {
  const email = foldEmail(to.email)
  const refused: { itemId: number; reason: string }[] = []
  const byReviewer = new Map<string, number[]>()
  for (const item of items) {
    if (isSubject(to, { subjectIdentityId: item.identityId, subjectEmail: item.subjectEmail })) {
      refused.push({ itemId: item.itemId, reason: `${item.entitlementName} of ${item.subjectName}: nobody reviews their own access.` })
    } else if (item.reviewer !== email) byReviewer.set(item.reviewer, [...(byReviewer.get(item.reviewer) ?? []), item.itemId])
  }
  let moved = 0
  if (byReviewer.size > 0) {
    const { id } = await addPerson(queries, { email, name: to.name, identityId: to.identityId, roles: ['reviewer'] })
    for (const [from, ids] of byReviewer) {
      const basis = basisOf[move.why]
      const { seq } = await recordEvent(context, queries, by, {
        kind: 'items-reassigned', body: { campaign: move.campaign, items: ids, from, to: email, basis, why: move.why, reason: move.reason.trim() },
      })
      await handOn(queries, ids, { reviewerId: id, basis, sinceSeq: seq })
      moved += ids.length
    }
  }
  return { moved, refused }
}
