import { expect, test } from 'vitest'
import { ticketDesks } from '../../src/main/tickets/desks.ts'

const secret = 'unspeakable-secret'
const serviceNow = { url: 'https://acme.service-now.com/', userName: 'muster', table: 'incident', assignmentGroup: null }
const jira = { url: 'https://acme.atlassian.net', userName: 'olga@acme.example', project: 'IAM', issueType: 'Task' }
const signal = new AbortController().signal

function deskSaying(answer: () => Response) {
  const asked: URL[] = []
  const desks = ticketDesks((input) => {
    asked.push(new URL(input))
    return Promise.resolve(answer())
  })
  return { desks, asked }
}

const record = (active: string, value: string, shown: string | null) => Response.json({
  result: [{ number: { value: 'INC0010042', display_value: 'INC0010042' }, active: { value: active, display_value: active }, state: { value, display_value: shown } }],
})

test.each([
  ['incident', 'true', '2', 'In Progress', 'open'], ['incident', 'true', '6', 'Resolved', 'done'], ['incident', 'false', '7', 'Closed', 'done'], ['incident', 'false', '8', 'Canceled', 'dropped'],
  ['sc_task', 'true', '6', 'Waiting', 'open'], ['sc_task', 'false', '3', 'Closed Complete', 'done'], ['sc_task', 'false', '4', 'Closed Incomplete', 'dropped'], ['sc_task', 'false', '7', 'Closed Skipped', 'dropped'],
])('a %s that is active %s in state %s (%s) is %s', async (table, active, value, shown, state) => {
  const { desks, asked } = deskSaying(() => record(active, value, shown))
  expect(await desks.askServiceNow({ settings: { ...serviceNow, table }, secret, key: 'INC0010042', signal })).toEqual({ ok: true, state, said: shown })
  expect([asked[0]?.pathname, asked[0]?.searchParams.get('sysparm_query')]).toEqual([`/api/now/table/${table}`, 'number=INC0010042'])
})

test.each([
  ['indeterminate', 'In Progress', null, 'open'], ['done', 'Done', null, 'done'], ['done', 'Closed', 'Done', 'done'], ['done', 'Closed', 'Won\'t Do', 'dropped'], ['done', 'Declined', null, 'dropped'],
])('an issue of category %s in status %s, resolved as %s, is %s', async (category, name, resolution, state) => {
  const { desks, asked } = deskSaying(() => Response.json({ fields: { status: { name, statusCategory: { key: category } }, resolution: resolution === null ? null : { name: resolution } } }))
  expect(await desks.askJira({ settings: jira, secret, key: 'IAM-7', signal })).toMatchObject({ ok: true, state })
  expect(asked[0]?.pathname).toBe('/rest/api/3/issue/IAM-7')
})

test('a ticket that was deleted is missing; a key that would widen the question is never sent', async () => {
  const none = deskSaying(() => Response.json({ result: [] }))
  expect(await none.desks.askServiceNow({ settings: serviceNow, secret, key: 'INC1', signal })).toMatchObject({ ok: true, state: 'missing' })
  expect(await none.desks.askServiceNow({ settings: serviceNow, secret, key: 'INC1^ORactive=true', signal })).toMatchObject({ ok: true, state: 'missing' })
  expect(none.asked).toHaveLength(1)
  const gone = deskSaying(() => new Response('{}', { status: 404 }))
  expect(await gone.desks.askJira({ settings: jira, secret, key: 'IAM-7', signal })).toMatchObject({ ok: true, state: 'missing' })
})

test('who cannot be asked says why and how long it wants to be left alone, without the secret', async () => {
  const busy = deskSaying(() => new Response('', { status: 429, headers: { 'retry-after': '600' } }))
  for (const told of [await busy.desks.askServiceNow({ settings: serviceNow, secret, key: 'INC1', signal }), await busy.desks.askJira({ settings: jira, secret, key: 'IAM-7', signal })]) {
    expect(told).toEqual({ ok: false, reason: expect.stringMatching(/answered 429/) as string, waitSeconds: 600 })
  }
  const odd = deskSaying(() => Response.json({ fields: { status: 'Done' } }))
  expect(JSON.stringify(await odd.desks.askJira({ settings: jira, secret, key: 'IAM-7', signal }))).not.toContain(secret)
})
