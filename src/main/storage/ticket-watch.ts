import { sql } from 'kysely'
import { ticketState, ticketSystem, type TicketState, type TicketSystem } from '../../shared/model/remediation.ts'
import type { Queries } from './database.ts'

/** A ticket that removals or givings-back wait for. */
export interface WatchedTicket {
  readonly system: TicketSystem
  readonly key: string
  /** Null: never asked about. */
  readonly state: TicketState | null
  readonly failures: number
  readonly requestedAt: string | null
  readonly removals: readonly number[]
  readonly restores: readonly number[]
}

/** Tickets somebody waits for whose turn it is, those never asked about first. `now`: ISO moment. */
export async function ticketsDue(queries: Queries, now: string, most: number): Promise<readonly WatchedTicket[]> {
  const { rows } = await sql<{ system: string; key: string; state: string | null; failures: number | null; requestedAt: string | null; removals: string; restores: string }>`
    WITH waiting AS (
      SELECT id, ticket_system AS system, ticket_key AS key, requested_at AS at, 0 AS isRestore FROM remediation
      WHERE state = 'requested' AND means = 'ticket' AND ticket_key IS NOT NULL
      UNION ALL SELECT id, restore_ticket_system, restore_ticket_key, restore_requested_at, 1 FROM remediation
      WHERE state = 'restoring' AND restore_means = 'ticket' AND restore_ticket_key IS NOT NULL AND given_at IS NULL)
    SELECT q.system, q.key, w.state, w.failures, min(q.at) AS requestedAt, json_group_array(q.id) FILTER (WHERE q.isRestore = 0) AS removals,
      json_group_array(q.id) FILTER (WHERE q.isRestore = 1) AS restores
    FROM waiting q LEFT JOIN ticket_watch w ON w.system = q.system AND w.key = q.key
    WHERE w.next_at IS NULL OR w.next_at <= ${now} GROUP BY q.system, q.key ORDER BY coalesce(w.next_at, ''), q.key LIMIT ${most}`.execute(queries)
  return rows.map((row) => ({
    system: ticketSystem.parse(row.system), key: row.key, state: row.state === null ? null : ticketState.parse(row.state), failures: row.failures ?? 0,
    requestedAt: row.requestedAt, removals: JSON.parse(row.removals) as number[], restores: JSON.parse(row.restores) as number[],
  }))
}

/** It answered. */
export async function ticketTold(
  queries: Queries, one: Pick<WatchedTicket, 'system' | 'key'>, told: { readonly state: TicketState; readonly said: string; readonly at: string; readonly nextAt: string },
): Promise<void> {
  const row = { system: one.system, key: one.key, state: told.state, said: told.said, seen_at: told.at, next_at: told.nextAt, failures: 0, fault: null }
  await queries.insertInto('ticket_watch').values(row).onConflict((oc) => oc.columns(['system', 'key']).doUpdateSet(row)).execute()
}

/** It could not be asked: what it said last stands. */
export async function ticketNotTold(
  queries: Queries, one: Pick<WatchedTicket, 'system' | 'key'>, fault: { readonly reason: string; readonly failures: number; readonly nextAt: string },
): Promise<void> {
  const change = { next_at: fault.nextAt, failures: fault.failures, fault: fault.reason }
  await queries.insertInto('ticket_watch').values({ system: one.system, key: one.key, state: 'open', said: '', seen_at: null, ...change })
    .onConflict((oc) => oc.columns(['system', 'key']).doUpdateSet(change)).execute()
}
