import { z } from 'zod'
import type { JiraDesk, ServiceNowDesk } from '../../shared/model/remediation.ts'
import { askDesk, withoutSlash, type Fetch, type NotAnswered } from './ask-desk.ts'
import type { TicketQuestion, TicketStanding } from './ticket-desk.ts'

const both = z.object({ value: z.string(), display_value: z.string().nullish() })
const records = z.object({ result: z.array(z.object({ number: both, active: both, state: both })) })
const issue = z.object({
  fields: z.object({
    status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }), resolution: z.object({ name: z.string() }).nullish(),
  }),
})

/** Words with which either system ends a ticket without its work being done. */
const endedUndone = /cancel|incomplete|skipped|reject|won.?t|declin|cannot|duplicate|invalid|not do/i
/** `Resolved` of an incident: done as far as whoever did it is concerned, though it stays active until it is closed. */
const incidentResolved = '6'
const longestWord = 120

/**
 * How far a ServiceNow record has come. Its states are a table's own numbers, so `active` says whether it is over, and the words shown with
 * the state whether the work was done.
 */
export async function askServiceNow({ settings, secret, key, signal }: TicketQuestion<ServiceNowDesk>, fetch: Fetch): Promise<TicketStanding> {
  // A key with a caret would be more than one condition.
  if (!/^[A-Za-z0-9-]{1,60}$/.test(key)) return { ok: true, state: 'missing', said: '' }
  const query = new URLSearchParams({ sysparm_query: `number=${key}`, sysparm_fields: 'number,active,state', sysparm_display_value: 'all', sysparm_limit: '1' })
  const answer = await askDesk(fetch, 'ServiceNow', {
    url: `${withoutSlash(settings.url)}/api/now/table/${settings.table}?${query.toString()}`, userName: settings.userName, secret, signal,
  })
  if (!answer.ok) return notTold(answer)
  const found = records.safeParse(answer.json)
  if (!found.success) return { ok: false, reason: 'ServiceNow answered with something else than records.', waitSeconds: null }
  const [one] = found.data.result
  if (one === undefined) return { ok: true, state: 'missing', said: '' }
  const said = (one.state.display_value ?? one.state.value).slice(0, longestWord)
  const isOver = one.active.value === 'false' || (settings.table === 'incident' && one.state.value === incidentResolved)
  return { ok: true, said, state: !isOver ? 'open' : endedUndone.test(said) ? 'dropped' : 'done' }
}

/** How far a Jira issue has come: its status category says whether it is over, its resolution whether the work was done. */
export async function askJira({ settings, secret, key, signal }: TicketQuestion<JiraDesk>, fetch: Fetch): Promise<TicketStanding> {
  const answer = await askDesk(fetch, 'Jira', {
    url: `${withoutSlash(settings.url)}/rest/api/3/issue/${encodeURIComponent(key)}?fields=status,resolution`, userName: settings.userName, secret, signal,
  })
  if (!answer.ok) return answer.status === 404 ? { ok: true, state: 'missing', said: '' } : notTold(answer)
  const found = issue.safeParse(answer.json)
  if (!found.success) return { ok: false, reason: 'Jira answered with something else than an issue.', waitSeconds: null }
  const { status, resolution } = found.data.fields
  const said = (resolution?.name === undefined ? status.name : `${status.name}, ${resolution.name}`).slice(0, longestWord)
  return { ok: true, said, state: status.statusCategory.key !== 'done' ? 'open' : endedUndone.test(said) ? 'dropped' : 'done' }
}

const notTold = ({ reason, waitSeconds }: NotAnswered): TicketStanding => ({ ok: false, reason, waitSeconds })
