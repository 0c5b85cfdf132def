import type { RemediationStep } from '../../shared/model/remediation.ts'
import { remediationAfter, type RemediationAction } from '../core/remediation/states.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { changeRemediations, insertSteps, listRemediations, type RemediationChange, type StoredRemediation } from '../storage/remediations.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent, type Recorded } from './record-event.ts'

/** All of them, in the order asked for. `queries`: the caller's transaction, or the store for reading. */
export async function mustFindRemediations(queries: Queries, ids: readonly number[]): Promise<readonly StoredRemediation[]> {
  const { rows } = await listRemediations(queries, { ids }, '')
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...new Set(ids)].map((id) => {
    const found = byId.get(id)
    if (found === undefined) throw new Refusal('not-found', `There is no remediation ${id}.`)
    return found
  })
}

/** The state the action leads to, or a refusal that says why not. */
export function mustFollow(one: StoredRemediation, action: RemediationAction): StoredRemediation['state'] {
  const after = remediationAfter(one.state, action)
  if (!after.ok) throw new Refusal('conflict', `${one.entitlementName} of ${one.subjectName}: ${after.reason}`)
  return after.to
}

/** Changes rows and adds a line to each one's timeline, beside the event that says so. */
export async function writeStep(
  queries: Queries, recorded: Recorded, by: string, ids: readonly number[], step: Pick<RemediationStep, 'kind' | 'detail'>, change: RemediationChange,
): Promise<void> {
  await changeRemediations(queries, ids, change)
  await insertSteps(queries, ids.map((remediationId) => ({ remediationId, at: recorded.ts, by, eventSeq: recorded.seq, ...step })))
}

/** Ids of one campaign each, as events are about one campaign. */
export function byCampaign(all: readonly StoredRemediation[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>()
  for (const { campaign, id } of all) groups.set(campaign, [...(groups.get(campaign) ?? []), id])
  return groups
}

/** A person says it was done elsewhere: in the application, by a ticket or a list. The next snapshot says whether it was. */
export async function reportDone(context: Context, actor: Actor, input: { readonly ids: readonly number[]; readonly note: string }): Promise<{ changed: number }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const all = await mustFindRemediations(queries, input.ids)
    for (const one of all) mustFollow(one, 'apply')
    for (const [campaign, ids] of byCampaign(all.filter(({ state }) => state !== 'applied'))) {
      const recorded = await recordEvent(context, queries, actor.email, { kind: 'remediations-reported-done', body: { campaign, remediations: [...ids], note: input.note } })
      await writeStep(queries, recorded, actor.email, ids, { kind: 'done-by-hand', detail: input.note }, {
        state: 'applied', applied_by: actor.email, applied_at: recorded.ts, hindrance: null, still_there_snapshot: null, is_alarm: 0,
      })
    }
    return { changed: all.length }
  })
}

/** A right that came back, or is still there although it was said to be gone, is to go again. */
export async function reopenRemediation(context: Context, actor: Actor, input: { readonly id: number; readonly reason: string }): Promise<{ changed: number }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const one = (await mustFindRemediations(queries, [input.id]))[0] as StoredRemediation
    const state = mustFollow(one, 'reopen')
    const recorded = await recordEvent(context, queries, actor.email, { kind: 'remediation-reopened', body: { campaign: one.campaign, remediation: one.id, reason: input.reason } })
    await writeStep(queries, recorded, actor.email, [one.id], { kind: 'reopened', detail: input.reason }, {
      state, applied_at: null, applied_by: null, still_there_snapshot: null, is_alarm: 0, means: null, ticket_system: null, ticket_key: null, ticket_url: null,
    })
    return { changed: 1 }
  })
}

/**
 * A wrong revoke: withdrawn where nothing was done yet, else the right is to be given back, through the connector, by a ticket or by hand where
 * it is given; a later snapshot that shows it again closes it without an alarm.
 */
export async function takeBackRemediation(
  context: Context, actor: Actor, input: { readonly id: number; readonly reason: string },
): Promise<{ state: 'withdrawn' | 'restoring'; instruction: string | null }> {
  mustBeOfficer(actor)
  return inTransaction(context.store, async (queries) => {
    const one = (await mustFindRemediations(queries, [input.id]))[0] as StoredRemediation
    const to = mustFollow(one, 'take-back')
    if (to !== 'withdrawn' && to !== 'restoring') throw new Error(`taking back led to ${to}`)
    const recorded = await recordEvent(context, queries, actor.email, {
      kind: 'remediation-taken-back', body: { campaign: one.campaign, remediation: one.id, from: one.state, to, reason: input.reason },
    })
    const instruction = to === 'withdrawn' ? null
      : `In ${one.source}, give ${one.accountName} (${one.account}) “${one.remove.name}” (${one.remove.nativeId}) again, directly.`
    await writeStep(queries, recorded, actor.email, [one.id], { kind: to, detail: instruction === null ? input.reason : `${input.reason} ${instruction}` }, {
      state: to, taken_back_at: recorded.ts, still_there_snapshot: null, is_alarm: 0, restore_means: null, restore_ticket_system: null, restore_ticket_key: null,
      restore_ticket_url: null, restore_requested_by: null, restore_requested_at: null, given_at: null, hindrance: null,
    })
    return { state: to, instruction }
  })
}
