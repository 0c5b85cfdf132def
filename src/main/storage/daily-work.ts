import { dailyWork, type DailyWork } from '../../shared/model/calendar.ts'
import type { Queries } from './database.ts'

export type StoredDailyWork = DailyWork & { readonly at: string }

export async function insertDailyWork(queries: Queries, work: DailyWork, recorded: { readonly seq: number; readonly ts: string }): Promise<void> {
  await queries.insertInto('daily_work').values({ event_seq: recorded.seq, day: work.day, at: recorded.ts, body: JSON.stringify(work) }).execute()
}

/** The latest rounds that did something or failed, the newest first. */
export async function lastDailyWork(queries: Queries, most: number): Promise<StoredDailyWork[]> {
  const rows = await queries.selectFrom('daily_work').select(['at', 'body']).orderBy('event_seq', 'desc').limit(most).execute()
  return rows.map(({ at, body }) => ({ ...dailyWork.parse(JSON.parse(body)), at }))
}
