import { z } from 'zod'
import type { ServiceNowDesk } from '../../shared/model/remediation.ts'
import { askDesk, withoutSlash, type Fetch } from './ask-desk.ts'
import type { TicketAnswer, TicketInput } from './ticket-desk.ts'

const record = z.object({ sys_id: z.string().min(1), number: z.string().min(1) })
const found = z.object({ result: z.array(record) })
const made = z.object({ result: record })

/**
 * Makes a record through ServiceNow's Table API. `correlation_id` carries the idempotency key: it is looked for first, so that a request whose
 * answer was lost is not made twice.
 */
export async function openServiceNow({ settings, secret, ticket, signal }: TicketInput<ServiceNowDesk>, fetch: Fetch): Promise<TicketAnswer> {
  const base = withoutSlash(settings.url)
  const ask = { userName: settings.userName, secret, signal }
  const answer = (one: z.infer<typeof record>, isNew: boolean): TicketAnswer => ({
    ok: true, key: one.number, isNew, url: `${base}/nav_to.do?uri=${encodeURIComponent(`${settings.table}.do?sys_id=${one.sys_id}`)}`,
  })
  const query = new URLSearchParams({ sysparm_query: `correlation_id=${ticket.idempotencyKey}`, sysparm_fields: 'sys_id,number', sysparm_limit: '1' })
  const before = await askDesk(fetch, 'ServiceNow', { ...ask, url: `${base}/api/now/table/${settings.table}?${query.toString()}` })
  if (!before.ok) return { ok: false, reason: before.reason }
  const known = found.safeParse(before.json)
  if (!known.success) return { ok: false, reason: 'ServiceNow answered with something else than records.' }
  const first = known.data.result[0]
  if (first !== undefined) return answer(first, false)
  const level = ticket.isUrgent ? '2' : '3'
  const sent = await askDesk(fetch, 'ServiceNow', {
    ...ask, url: `${base}/api/now/table/${settings.table}?sysparm_fields=sys_id,number`,
    body: {
      short_description: ticket.title, description: ticket.description, correlation_id: ticket.idempotencyKey, correlation_display: 'Muster', due_date: ticket.dueOn,
      urgency: level, impact: level, ...(settings.assignmentGroup === null ? {} : { assignment_group: settings.assignmentGroup }),
    },
  })
  if (!sent.ok) return { ok: false, reason: sent.reason }
  const one = made.safeParse(sent.json)
  return one.success ? answer(one.data.result, true) : { ok: false, reason: 'ServiceNow answered with something else than the new record.' }
}
