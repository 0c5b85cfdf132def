import type { TicketState } from '../../shared/model/remediation.ts'
import { nextAsk } from '../core/remediation/ticket-pauses.ts'
import { inTransaction, type Queries } from '../storage/database.ts'
import { ticketNotTold, ticketTold, ticketsDue, type WatchedTicket } from '../storage/ticket-watch.ts'
import type { TicketStanding } from '../tickets/ticket-desk.ts'
import { byCampaign, mustFindRemediations, mustFollow, writeStep } from './act-on-remediation.ts'
import type { Actor, Context } from './context.ts'
import { recordEvent, type Recorded } from './record-event.ts'
import { askStanding, deskOwner } from './remediation-tickets.ts'

/** Asked about in one round; the rest waits for the next. */
const mostAtOnce = 200

export interface TicketsPolled {
  readonly asked: number
  readonly done: number
  readonly dropped: number
  readonly missing: number
  /** One sentence for each system that could not be asked. */
  readonly faults: readonly string[]
}

/**
 * Asks ticket systems how far the tickets have come that removals wait for. What is done there counts as carried out until a snapshot says more;
 * what was ended without being done is to be carried out another way. A system that does not answer is left alone, longer each time.
 */
export async function pollTickets(context: Context, actor: Actor, signal: AbortSignal): Promise<TicketsPolled> {
  const counted = { asked: 0, done: 0, dropped: 0, missing: 0 }
  const faults = new Map<WatchedTicket['system'], Extract<TicketStanding, { readonly ok: false }>>()
  for (const one of await ticketsDue(context.store.db, context.clock.now(), mostAtOnce)) {
    signal.throwIfAborted()
    const silent = faults.get(one.system)
    const told = silent ?? await askStanding(context, one, signal)
    if (!told.ok) {
      faults.set(one.system, told)
      const failures = one.failures + 1
      await inTransaction(context.store, (queries) => ticketNotTold(queries, one, {
        reason: told.reason, failures, nextAt: nextAsk(context.clock.now(), { failures, requestedAt: one.requestedAt, waitSeconds: told.waitSeconds }),
      }))
      continue
    }
    counted.asked += 1
    // What has ended is news as long as somebody waits for it; that it is missing is told once.
    const isNews = told.state === 'done' || told.state === 'dropped' || told.state !== one.state
    if (told.state !== 'open' && isNews) counted[told.state] += 1
    await inTransaction(context.store, async (queries) => {
      if (isNews) await settle(context, queries, actor, one, told)
      const at = context.clock.now()
      await ticketTold(queries, one, { ...told, at, nextAt: nextAsk(at, { failures: 0, requestedAt: one.requestedAt, waitSeconds: null }) })
    })
  }
  return { ...counted, faults: [...faults.values()].map(({ reason }) => reason) }
}

type Told = Extract<TicketStanding, { readonly ok: true }>

/** What follows from a ticket's new state, beside the event that says so. Removals that moved on in the meantime are left as they are. */
async function settle(context: Context, queries: Queries, actor: Actor, ticket: WatchedTicket, told: Told): Promise<void> {
  const all = await mustFindRemediations(queries, [...ticket.removals, ...ticket.restores])
  const removals = all.filter((one) => one.state === 'requested' && one.ticket?.key === ticket.key)
  const restores = all.filter((one) => one.state === 'restoring' && one.restore?.ticket?.key === ticket.key)
  const said = `${ticket.key} in ${deskOwner[ticket.system].name}${told.said === '' ? '' : `: ${told.said}`}.`
  for (const [campaign, ids] of byCampaign([...removals, ...restores])) {
    const recorded = await recordEvent(context, queries, actor.email, {
      kind: 'ticket-seen', body: { campaign, remediations: [...ids], system: ticket.system, key: ticket.key, state: told.state, said: told.said },
    })
    const of = (some: typeof all): readonly number[] => some.filter(({ id }) => ids.includes(id)).map(({ id }) => id)
    for (const one of removals) if (told.state === 'done' || told.state === 'dropped') mustFollow(one, told.state === 'done' ? 'apply' : 'give-up-request')
    await write(queries, recorded, actor, { removals: of(removals), restores: of(restores) }, told.state, said)
  }
}

async function write(
  queries: Queries, recorded: Recorded, actor: Actor, of: { readonly removals: readonly number[]; readonly restores: readonly number[] }, state: TicketState, said: string,
): Promise<void> {
  const { removals, restores } = of
  switch (state) {
    case 'open': return
    case 'done':
      if (removals.length > 0) {
        await writeStep(queries, recorded, actor.email, removals, { kind: 'ticket-done', detail: said }, {
          state: 'applied', applied_by: actor.email, applied_at: recorded.ts, hindrance: null, still_there_snapshot: null, is_alarm: 0,
        })
      }
      if (restores.length > 0) await writeStep(queries, recorded, actor.email, restores, { kind: 'given', detail: said }, { given_at: recorded.ts, hindrance: null })
      return
    case 'dropped':
      if (removals.length > 0) await writeStep(queries, recorded, actor.email, removals, { kind: 'ticket-dropped', detail: said }, { state: 'planned', hindrance: `Ended without being done: ${said}` })
      if (restores.length > 0) {
        await writeStep(queries, recorded, actor.email, restores, { kind: 'ticket-dropped', detail: said }, { restore_means: null, hindrance: `Ended without being done: ${said}` })
      }
      return
    case 'missing': {
      const ids = [...removals, ...restores]
      if (ids.length > 0) await writeStep(queries, recorded, actor.email, ids, { kind: 'ticket-missing', detail: said }, { hindrance: `No longer known there: ${said}` })
    }
  }
}
