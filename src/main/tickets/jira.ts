import { z } from 'zod'
import type { JiraDesk } from '../../shared/model/remediation.ts'
import { askDesk, withoutSlash, type Fetch } from './ask-desk.ts'
import type { TicketAnswer, TicketInput } from './ticket-desk.ts'

const issue = z.object({ key: z.string().min(1) })
const found = z.object({ issues: z.array(issue) })

/**
 * Makes an issue through Jira Cloud's REST API v3. The idempotency key is a label and looked for first; Jira's search may lag some seconds
 * behind, which is why a repeat is also refused by whoever remembers the first answer.
 */
export async function openJira({ settings, secret, ticket, signal }: TicketInput<JiraDesk>, fetch: Fetch): Promise<TicketAnswer> {
  const base = withoutSlash(settings.url)
  const ask = { userName: settings.userName, secret, signal }
  const answer = ({ key }: z.infer<typeof issue>, isNew: boolean): TicketAnswer => ({ ok: true, key, isNew, url: `${base}/browse/${encodeURIComponent(key)}` })
  const query = new URLSearchParams({ jql: `project = "${settings.project}" AND labels = "${ticket.idempotencyKey}"`, fields: 'key', maxResults: '1' })
  const before = await askDesk(fetch, 'Jira', { ...ask, url: `${base}/rest/api/3/search/jql?${query.toString()}` })
  if (!before.ok) return { ok: false, reason: before.reason }
  const known = found.safeParse(before.json)
  if (!known.success) return { ok: false, reason: 'Jira answered with something else than issues.' }
  const first = known.data.issues[0]
  if (first !== undefined) return answer(first, false)
  const sent = await askDesk(fetch, 'Jira', {
    ...ask, url: `${base}/rest/api/3/issue`,
    body: {
      fields: {
        project: { key: settings.project }, issuetype: { name: settings.issueType }, summary: ticket.title.slice(0, 255), duedate: ticket.dueOn,
        labels: ['muster', ticket.idempotencyKey], description: asDocument(ticket.description),
      },
    },
  })
  if (!sent.ok) return { ok: false, reason: sent.reason }
  const one = issue.safeParse(sent.json)
  return one.success ? answer(one.data, true) : { ok: false, reason: 'Jira answered with something else than the new issue.' }
}

/** Plain text in Atlassian's document format: a paragraph a line, so that nothing in it can become markup. */
function asDocument(text: string): object {
  return {
    type: 'doc', version: 1,
    content: text.split('\n').map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
  }
}
