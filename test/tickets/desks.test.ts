import { expect, test } from 'vitest'
import { ticketDesks } from '../../src/main/tickets/desks.ts'
import type { Fetch } from '../../src/main/tickets/ask-desk.ts'
import type { Ticket } from '../../src/main/tickets/ticket-desk.ts'

const secret = 'unspeakable-secret'
const ticket: Ticket = { title: 'Remove “Pay”', description: 'One\n*two* [~admin]', dueOn: '2026-04-01', isUrgent: true, idempotencyKey: 'muster-0123456789abcdef' }
const serviceNow = { url: 'https://acme.service-now.com/', userName: 'muster', table: 'sc_task', assignmentGroup: 'IAM' }
const jira = { url: 'https://acme.atlassian.net', userName: 'olga@acme.example', project: 'IAM', issueType: 'Task' }
const signal = new AbortController().signal

interface Sent { readonly method: string; readonly url: URL; readonly body: Record<string, unknown> | null; readonly init: RequestInit }

/** Both systems as far as Muster uses them: a memory of tickets by key, and every request kept. */
function fakeDesk() {
  const sent: Sent[] = []
  const made = new Map<string, string>()
  let answer: ((one: Sent) => Response | null) = () => null
  const fetch: Fetch = (input, init) => {
    const one: Sent = { method: init.method ?? 'GET', url: new URL(input), body: typeof init.body === 'string' ? JSON.parse(init.body) as Record<string, unknown> : null, init }
    sent.push(one)
    const forced = answer(one)
    if (forced !== null) return Promise.resolve(forced)
    const isJira = one.url.hostname.endsWith('atlassian.net')
    if (one.method === 'GET') {
      const key = /muster-[0-9a-f]+/.exec(one.url.searchParams.get(isJira ? 'jql' : 'sysparm_query') ?? '')?.[0] ?? ''
      const number = made.get(key)
      return Promise.resolve(Response.json(isJira ? { issues: number === undefined ? [] : [{ key: number }] } : { result: number === undefined ? [] : [{ sys_id: 's1', number }] }))
    }
    const fields = isJira ? one.body?.['fields'] as { labels: string[] } : null
    made.set(isJira ? (fields?.labels[1] ?? '') : String(one.body?.['correlation_id']), isJira ? 'IAM-7' : 'TASK0010042')
    return Promise.resolve(Response.json(isJira ? { id: '1', key: 'IAM-7' } : { result: { sys_id: 's1', number: 'TASK0010042' } }, { status: 201 }))
  }
  return { fetch, sent, fail: (how: typeof answer) => { answer = how } }
}

test('a ServiceNow record is made once, however often it is asked for, under its correlation id', async () => {
  const desk = fakeDesk()
  const { openServiceNow } = ticketDesks(desk.fetch)
  const first = await openServiceNow({ settings: serviceNow, secret, ticket, signal })
  expect(first).toEqual({ ok: true, key: 'TASK0010042', isNew: true, url: 'https://acme.service-now.com/nav_to.do?uri=sc_task.do%3Fsys_id%3Ds1' })
  expect(await openServiceNow({ settings: serviceNow, secret, ticket, signal })).toMatchObject({ ok: true, key: 'TASK0010042', isNew: false })
  const posts = desk.sent.filter(({ method }) => method === 'POST')
  expect(posts.map(({ body }) => body)).toEqual([{
    short_description: 'Remove “Pay”', description: ticket.description, correlation_id: ticket.idempotencyKey, correlation_display: 'Muster', due_date: '2026-04-01',
    urgency: '2', impact: '2', assignment_group: 'IAM',
  }])
  expect(posts[0]?.url.pathname).toBe('/api/now/table/sc_task')
})

test('a Jira issue is made once, and its text is plain paragraphs whatever a name holds', async () => {
  const desk = fakeDesk()
  const { openJira } = ticketDesks(desk.fetch)
  expect(await openJira({ settings: jira, secret, ticket, signal })).toEqual({ ok: true, key: 'IAM-7', isNew: true, url: 'https://acme.atlassian.net/browse/IAM-7' })
  expect(await openJira({ settings: jira, secret, ticket, signal })).toMatchObject({ isNew: false })
  const [post] = desk.sent.filter(({ method }) => method === 'POST')
  expect(post?.url.pathname).toBe('/rest/api/3/issue')
  expect((post?.body?.['fields'] as { description: unknown }).description).toEqual({
    type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'One' }] }, { type: 'paragraph', content: [{ type: 'text', text: '*two* [~admin]' }] }],
  })
  expect(desk.sent.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('an answer that was lost after the ticket was made does not make a second one', async () => {
  const desk = fakeDesk()
  const { openServiceNow } = ticketDesks((input, init) => desk.fetch(input, init).then((answer) => {
    if (init.method === 'POST') throw new TypeError('fetch failed')
    return answer
  }))
  expect(await openServiceNow({ settings: serviceNow, secret, ticket, signal })).toEqual({ ok: false, reason: 'ServiceNow could not be reached.' })
  expect(await openServiceNow({ settings: serviceNow, secret, ticket, signal })).toMatchObject({ ok: true, isNew: false })
})

test('every failure is a sentence without the secret, redirects are refused, and plain http is never asked', async () => {
  const desk = fakeDesk()
  const { openServiceNow, openJira } = ticketDesks(desk.fetch)
  for (const [response, said] of [
    [new Response('', { status: 401 }), /does not let this user in/], [new Response('<html>', { status: 200 }), /no JSON/], [new Response('', { status: 503 }), /answered 503/],
    [Response.json({ result: 'x' }), /something else than/], [new Response(`"${'x'.repeat(1_000_001)}"`), /more than a ticket/],
  ] as const) {
    desk.fail(() => response.clone())
    for (const answer of [await openServiceNow({ settings: serviceNow, secret, ticket, signal }), await openJira({ settings: jira, secret, ticket, signal })]) {
      expect(answer).toMatchObject({ ok: false, reason: expect.stringMatching(said) as string })
      expect(JSON.stringify(answer)).not.toContain(secret)
    }
  }
  expect(desk.sent.every(({ init }) => init.redirect === 'error')).toBe(true)
  const before = desk.sent.length
  expect(await openServiceNow({ settings: { ...serviceNow, url: 'http://acme.service-now.com' }, secret, ticket, signal })).toEqual({ ok: false, reason: 'ServiceNow is only asked over https.' })
  expect(desk.sent.length).toBe(before)
})
