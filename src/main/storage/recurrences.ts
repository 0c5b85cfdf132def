import { campaignSpec, type CampaignSpec } from '../../shared/model/campaign.ts'
import { recurrenceRule, type RecurrenceRule } from '../../shared/model/calendar.ts'
import type { Queries } from './database.ts'

export interface StoredRecurrence {
  readonly id: number
  readonly spec: CampaignSpec
  readonly rule: RecurrenceRule
  /** Which time `nextOn` is, counted from 0. */
  readonly made: number
  readonly nextOn: string
  readonly isActive: boolean
  readonly createdBy: string
  readonly lastCampaign: number | null
}

export async function recurrences(queries: Queries): Promise<StoredRecurrence[]> {
  const rows = await queries.selectFrom('recurrence').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id, spec: campaignSpec.parse(JSON.parse(row.spec)), rule: recurrenceRule.parse(JSON.parse(row.rule)), made: row.made, nextOn: row.next_on,
    isActive: row.is_active === 1, createdBy: row.created_by, lastCampaign: row.last_campaign,
  }))
}

export async function insertRecurrence(queries: Queries, one: { readonly spec: string; readonly rule: RecurrenceRule; readonly made: number; readonly nextOn: string; readonly createdBy: string }): Promise<number> {
  const { id } = await queries.insertInto('recurrence').values({
    spec: one.spec, rule: JSON.stringify(one.rule), made: one.made, next_on: one.nextOn, is_active: 1, created_by: one.createdBy, last_campaign: null,
  }).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function moveRecurrence(queries: Queries, id: number, to: { readonly made: number; readonly nextOn: string; readonly lastCampaign: number }): Promise<void> {
  await queries.updateTable('recurrence').set({ made: to.made, next_on: to.nextOn, last_campaign: to.lastCampaign }).where('id', '=', id).execute()
}

/** False = it was active already, or there is none. */
export async function restartRecurrence(queries: Queries, id: number, next: { readonly made: number; readonly nextOn: string }): Promise<boolean> {
  const result = await queries.updateTable('recurrence').set({ is_active: 1, made: next.made, next_on: next.nextOn }).where('id', '=', id).where('is_active', '=', 0).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function stopRecurrence(queries: Queries, id: number): Promise<boolean> {
  const result = await queries.updateTable('recurrence').set({ is_active: 0 }).where('id', '=', id).where('is_active', '=', 1).executeTakeFirst()
  return result.numUpdatedRows === 1n
}
