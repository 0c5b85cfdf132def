import { timeAuthority, type TimeAuthority } from '../../shared/model/time-events.ts'
import type { Queries } from './database.ts'

const key = 'time-authority'

/** Who is asked for the time when a report is sealed; nobody until an officer names one. */
export async function loadTimeAuthority(queries: Queries): Promise<TimeAuthority> {
  const row = await queries.selectFrom('workspace').select('value').where('key', '=', key).executeTakeFirst()
  return timeAuthority.parse(row === undefined ? {} : JSON.parse(row.value))
}

/** Certificates of every authority that was ever named here: a stamp is believed under whichever of them it was made. PEM, empty where there are none. */
export async function believedRootsPem(queries: Queries): Promise<string> {
  const { rootsPem, formerRootsPem } = await loadTimeAuthority(queries)
  return rootsPem + formerRootsPem
}

export async function saveTimeAuthority(queries: Queries, settings: TimeAuthority): Promise<void> {
  const value = JSON.stringify(settings)
  await queries.insertInto('workspace').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute()
}
