import { sql } from 'kysely'
import type { DaysOff } from '../core/campaign/working-days.ts'
import type { Queries } from './database.ts'
import { loadCalendarSettings } from './workspace.ts'

export interface StoredDelegation {
  readonly id: number
  readonly person: string
  readonly delegate: string
  readonly fromOn: string
  readonly toOn: string
  readonly reason: string
  readonly setBy: string
  readonly setAt: string
  readonly endedOn: string | null
}

const columns = ['id', 'person', 'delegate', 'from_on as fromOn', 'to_on as toOn', 'reason', 'set_by as setBy', 'set_at as setAt', 'ended_on as endedOn'] as const

/** Newest first; `openOnly`: those not ended yet. */
export function delegations(queries: Queries, openOnly = false): Promise<StoredDelegation[]> {
  const all = queries.selectFrom('delegation').select(columns).orderBy('id', 'desc')
  return (openOnly ? all.where('ended_on', 'is', null) : all).execute()
}

/** The number the next one gets: its event is written first. */
export async function nextDelegationId(queries: Queries): Promise<number> {
  const { rows } = await sql<{ id: number }>`SELECT coalesce(max(id), 0) + 1 AS id FROM delegation`.execute(queries)
  return rows[0]?.id ?? 1
}

export async function insertDelegation(queries: Queries, one: Omit<StoredDelegation, 'endedOn'> & { readonly setSeq: number }): Promise<void> {
  await queries.insertInto('delegation').values({
    id: one.id, person: one.person, delegate: one.delegate, from_on: one.fromOn, to_on: one.toOn, reason: one.reason, set_by: one.setBy, set_at: one.setAt,
    set_seq: one.setSeq, ended_on: null, ended_seq: null,
  }).execute()
}

/** False = it had ended already. */
export async function endDelegation(queries: Queries, id: number, end: { readonly on: string; readonly seq: number }): Promise<boolean> {
  const result = await queries.updateTable('delegation').set({ ended_on: end.on, ended_seq: end.seq })
    .where('id', '=', id).where('ended_on', 'is', null).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export function holidays(queries: Queries): Promise<{ day: string; name: string }[]> {
  return queries.selectFrom('holiday').selectAll().orderBy('day').execute()
}

/** What working days are counted without. */
export async function holidayDays(queries: Queries): Promise<DaysOff> {
  const days = new Set((await holidays(queries)).map(({ day }) => day))
  const weekend = new Set((await loadCalendarSettings(queries)).weekend)
  return { has: (day) => days.has(day), weekend }
}

export async function putHolidays(queries: Queries, days: readonly { readonly day: string; readonly name: string }[]): Promise<void> {
  await queries.deleteFrom('holiday').execute()
  if (days.length > 0) await queries.insertInto('holiday').values([...days]).execute()
}
