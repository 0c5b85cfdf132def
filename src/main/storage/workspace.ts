import { z } from 'zod'
import { calendarSettings, type CalendarSettings } from '../../shared/model/calendar.ts'
import type { Queries } from './database.ts'

/** What a workspace is called and which log it writes. Set once at its making. */
export const workspaceSettings = z.object({
  name: z.string(),
  logId: z.string(),
  isSample: z.boolean(),
  createdBy: z.string(),
})
export type WorkspaceSettings = z.infer<typeof workspaceSettings>

export async function saveSettings(queries: Queries, settings: WorkspaceSettings): Promise<void> {
  await queries.insertInto('workspace').values({ key: 'settings', value: JSON.stringify(settings) }).execute()
}

/** Undefined: the database exists, but no workspace was finished in it. */
export async function loadSettings(queries: Queries): Promise<WorkspaceSettings | undefined> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', 'settings').executeTakeFirst()
  return row === undefined ? undefined : workspaceSettings.parse(JSON.parse(row.value))
}

const calendarKey = 'calendar'

/** As an officer set it, or as it is shipped. */
export async function loadCalendarSettings(queries: Queries): Promise<CalendarSettings> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', calendarKey).executeTakeFirst()
  return calendarSettings.parse(row === undefined ? {} : JSON.parse(row.value))
}

export async function saveCalendarSettings(queries: Queries, settings: CalendarSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await queries.insertInto('workspace').values({ key: calendarKey, value }).onConflict((oc) => oc.column('key').doUpdateSet({ value })).execute()
}
