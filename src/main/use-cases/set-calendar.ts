import type { CalendarSettings } from '../../shared/model/calendar.ts'
import { inTransaction } from '../storage/database.ts'
import { saveCalendarSettings } from '../storage/workspace.ts'
import type { Actor, Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** Which days of the week are worked, and the ladder new campaigns begin with. Campaigns that exist keep their own ladder. */
export async function setCalendar(context: Context, actor: Actor, settings: CalendarSettings): Promise<CalendarSettings> {
  mustBeOfficer(actor)
  const kept: CalendarSettings = { weekend: [...new Set(settings.weekend)].sort(), escalation: settings.escalation }
  await inTransaction(context.store, async (queries) => {
    await saveCalendarSettings(queries, kept)
    await recordEvent(context, queries, actor.email, { kind: 'calendar-settings-set', body: kept })
  })
  return kept
}
