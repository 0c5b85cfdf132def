import { z } from 'zod'
import { hrEvent, type HrEvent } from '../../shared/model/identity.ts'
import type { Queries } from './database.ts'

const columns = [
  'hr_event.employee_id as employeeId', 'hr_event.kind', 'hr_event.attribute', 'hr_event.from_value as from', 'hr_event.to_value as to',
  'hr_event.effective_on as effectiveOn', 'hr_event.seen_as_of as seenAsOf',
] as const

/** What HR changed about an employee, newest first. */
export async function hrHistory(queries: Queries, employeeId: string): Promise<HrEvent[]> {
  const rows = await queries
    .selectFrom('hr_event').select(columns).where('employee_id', '=', employeeId).orderBy('effective_on', 'desc').orderBy('id', 'desc').execute()
  return z.array(hrEvent).parse(rows)
}

/** What HR had changed about an identity by a day, oldest first. */
export async function hrHistoryUntil(queries: Queries, identityId: number, asOf: string): Promise<HrEvent[]> {
  const rows = await queries
    .selectFrom('hr_event').innerJoin('identity', 'identity.employee_id', 'hr_event.employee_id').select(columns)
    .where('identity.id', '=', identityId).where('seen_as_of', '<=', asOf).orderBy('effective_on').orderBy('hr_event.id').execute()
  return z.array(hrEvent).parse(rows)
}
