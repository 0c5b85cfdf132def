import type { Holiday } from '../../shared/model/calendar.ts'
import { holidays, putHolidays } from '../storage/delegations.ts'
import { inTransaction } from '../storage/database.ts'
import { Refusal, type Actor, type Context } from './context.ts'
import { mustBeOfficer } from './find-campaign.ts'
import { recordEvent } from './record-event.ts'

/** The days the organisation does not work, weekends aside; what stood there before is replaced. */
export async function setHolidays(context: Context, actor: Actor, days: readonly Holiday[]): Promise<Holiday[]> {
  mustBeOfficer(actor)
  const sorted = days.map(({ day, name }) => ({ day, name: name.trim() })).sort((left, right) => (left.day < right.day ? -1 : 1))
  const twice = sorted.find(({ day }, at) => sorted[at + 1]?.day === day)
  if (twice !== undefined) throw new Refusal('invalid', `${twice.day} is in the list twice.`)
  return inTransaction(context.store, async (queries) => {
    await putHolidays(queries, sorted)
    await recordEvent(context, queries, actor.email, { kind: 'holidays-set', body: { days: sorted } })
    return holidays(queries)
  })
}
