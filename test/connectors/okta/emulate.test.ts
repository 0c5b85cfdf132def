import { createEmulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOkta } from '../../../src/main/connectors/okta/okta.ts'
import { memoryMirror } from '../live/memory-mirror.ts'
import { inputOf, memoryCredentials, readOne, type Asking } from '../live/reading.ts'
import { tokenConfig } from './company.ts'

// Somebody else's idea of Okta, through the SDK and this connector: users, groups, memberships, deactivation. It knows no rules, roles or log.

const ORG = 'https://company.okta.test'
const TOKEN = 'emulated-token'

describe('another stand-in for Okta', () => {
  let emulator: { readonly url: string; readonly close: () => Promise<void> }
  beforeAll(async () => {
    emulator = await createEmulator({
      service: 'okta',
      port: 0,
      seed: {
        tokens: { [TOKEN]: { login: 'ada@example.com', scopes: [] } },
        okta: {
          users: [
            { login: 'ada@example.com', email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron' },
            { login: 'ben@example.com', email: 'ben@example.com', first_name: 'Ben', last_name: 'Okri' },
          ],
          groups: [{ name: 'Everyone', type: 'BUILT_IN', okta_id: '00g_everyone' }, { name: 'Sales', type: 'OKTA_GROUP', okta_id: '00g_sales' }],
        },
      },
    })
  })
  afterAll(async () => { await emulator.close() })

  const send = async (method: string, path: string): Promise<Response> =>
    await fetch(emulator.url + path, { method, headers: { Authorization: `SSWS ${TOKEN}` } })

  const asking = (): Asking => ({
    connector: createOkta({
      requester: async ({ url, method, headers, body, signal }) => {
        const { pathname, search } = new URL(url)
        // It has no rules: an organisation without any answers with an empty list.
        if (pathname === '/api/v1/groups/rules') return new Response('[]')
        if (pathname === '/api/v1/logs') return new Response('{"errorCode":"E0000006"}', { status: 403 })
        return await fetch(emulator.url + pathname + search, { method, headers, body, signal })
      },
    }),
    config: tokenConfig(ORG, { readsUsage: false }),
    credentials: memoryCredentials({ 'api-token': TOKEN }),
    now: () => new Date().toISOString(),
  })

  const read = async () => {
    const mirror = memoryMirror()
    for (const name of ['users', 'groups', 'group-members']) await readOne(asking(), name, null, mirror, () => undefined)
    return mirror
  }

  it('users, groups and memberships arrive, a removed membership and a deactivated user too', async () => {
    const users = await (await send('GET', '/api/v1/users')).json() as { readonly id: string; readonly profile: { readonly login: string } }[]
    const idOf = (login: string): string => users.find(({ profile }) => profile.login === login)?.id ?? ''
    const [ada, ben] = [idOf('ada@example.com'), idOf('ben@example.com')]
    for (const user of [ada, ben]) expect((await send('PUT', `/api/v1/groups/00g_sales/users/${user}`)).status).toBeLessThan(300)
    const before = await read()
    expect(before.count('account')).toBe(users.length)
    const holdOf = (user: string): string => `hold ${JSON.stringify(['group:00g_sales', 'account', user])} `
    expect([ada, ben].map((user) => before.lines().some((line) => line.startsWith(holdOf(user))))).toEqual([true, true])

    const nobody = { accounts: new Set<string>(), entitlements: new Set<string>() }
    const target = { account: ada, entitlement: 'group:00g_sales', path: 'direct', traits: [] }
    const revoked = await asking().connector.revoke?.({ ...inputOf(asking()), target, isDryRun: false, protectedObjects: nobody })
    expect(revoked).toMatchObject({ outcome: 'removed' })
    expect((await send('POST', `/api/v1/users/${ben}/lifecycle/deactivate`)).status).toBeLessThan(300)
    const after = await read()
    expect(after.lines().some((line) => line.startsWith(holdOf(ada)))).toBe(false)
    expect(after.lines().find((line) => line.startsWith(`account ${ben} `))).toContain('"isEnabled":false')
  })
})
