import { z } from 'zod'
import { hrEvent, type HrEvent } from '../../shared/model/identity.ts'
import type { Queries } from './database.ts'

/** What HR changed about an identity, up to a day. */
export async function hrHistory(queries: Queries, identityId: number, asOf: string): Promise<readonly HrEvent[]> {
  const rows = await queries
    .selectFrom('hr_event as h')
    .innerJoin('identity as i', 'i.employee_id', 'h.employee_id')
    .select([
      'h.employee_id as employeeId', 'h.kind', 'h.attribute', 'h.from_value as from', 'h.to_value as to', 'h.effective_on as effectiveOn',
      'h.seen_as_of as seenAsOf',
    ])
    .where('i.id', '=', identityId)
    .where('h.seen_as_of', '<=', asOf)
    .orderBy('h.effective_on')
    .orderBy('h.id')
    .execute()
  return z.array(hrEvent).parse(rows)
}
