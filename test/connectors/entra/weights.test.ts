import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentOf } from '../../../src/main/connectors/entra/json.ts'
import { requestText } from '../../../src/main/connectors/entra/links.ts'
import { roleWeight } from '../../../src/main/connectors/entra/privileged-roles.ts'
import { readRetryAfter, waitBefore } from '../../../src/main/connectors/entra/retry.ts'
import { appRoleWeight, consentWeight, permissionWeight } from '../../../src/main/connectors/entra/risky-permissions.ts'
import { LiveSourceError } from '../../../src/main/connectors/live-connector.ts'

describe('how much a right of Microsoft Entra can do', () => {
  it.each([
    ['62e90394-69f5-4237-9190-012177145e10', true, 'Global Administrator', 'admin', 'critical'],
    ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', true, 'Application Administrator', 'admin', 'critical'],
    ['729827e3-9c14-49f7-bb1b-9608f156bbb8', true, 'Helpdesk Administrator', 'admin', 'high'],
    ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', true, 'Global Reader', 'elevated', 'medium'],
    ['644ef478-e28f-4e28-b9dc-3fdde9aa0b1f', true, 'Printer Administrator', 'elevated', 'medium'],
    ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', true, 'Directory Readers', 'none', 'low'],
    ['00000000-1111-4222-8333-444444444444', false, 'Our own role', 'elevated', 'medium'],
  ] as const)('of the role %s (built in: %s) %s: %s, %s', (id, isBuiltIn, name, privilege, risk) => {
    expect(roleWeight(id, isBuiltIn, name)).toEqual({ privilege, risk })
  })

  it.each([
    ['RoleManagement.ReadWrite.Directory', 'admin', 'critical'], ['AppRoleAssignment.ReadWrite.All', 'admin', 'critical'], ['Group.ReadWrite.All', 'elevated', 'high'],
    ['Mail.Read', 'elevated', 'high'], ['Sites.FullControl.All', 'elevated', 'high'], ['User.Read.All', 'elevated', 'medium'], ['openid', 'none', 'low'],
  ] as const)('of the program permission %s: %s, %s', (value, privilege, risk) => {
    expect(permissionWeight(value)).toEqual({ privilege, risk })
  })

  it('tells an application\'s administrator role by its name, however it is written', () => {
    for (const value of ['LedgerAdmin', 'ledger-admin', 'ledger.administrator', 'Full control']) expect(appRoleWeight(value, '').privilege).toBe('elevated')
    for (const value of ['Administrative assistant', 'Poster', 'Badminton']) expect(appRoleWeight(value, '').privilege).toBe('none')
  })

  it('never weighs one person\'s consent above the same for everybody', () => {
    const order = ['low', 'medium', 'high', 'critical']
    for (const scope of ['User.Read', 'Mail.Read', 'Directory.ReadWrite.All', 'offline_access']) {
      expect(order.indexOf(consentWeight(scope, true).risk)).toBeGreaterThanOrEqual(order.indexOf(consentWeight(scope, false).risk))
    }
  })
})

describe('small things the connector relies on', () => {
  it('a moment reads the same however many digits, zones and blanks Microsoft writes', () => {
    expect(momentOf('2023-07-27 13:59:53.691680300')).toBe('2023-07-27T13:59:53.691Z')
    expect(momentOf('2024-11-27T03:31:26.7088498+00:00')).toBe('2024-11-27T03:31:26.708Z')
    expect(momentOf('2024-11-27T03:31:26+02:00')).toBe('2024-11-27T01:31:26.000Z')
    for (const none of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2024-13-01T00:00:00Z', 'soon', '', null, 7]) expect(momentOf(none)).toBeNull()
    fc.assert(fc.property(fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      expect(momentOf(date.toISOString())).toBe(date.toISOString())
    }))
  })

  it('Retry-After is read as seconds or as a date', () => {
    const now = Date.parse('2026-11-22T09:00:00Z')
    expect(readRetryAfter('12', now)).toBe(12_000)
    expect(readRetryAfter('Sun, 22 Nov 2026 09:00:30 GMT', now)).toBe(30_000)
    expect(readRetryAfter('Sun, 22 Nov 2026 08:00:00 GMT', now)).toBe(0)
    expect(readRetryAfter('soon', now)).toBeNull()
  })

  it('no trouble is waited for without end', () => {
    fc.assert(fc.property(fc.option(fc.nat(100_000).map(String), { nil: null }), fc.double({ min: 0, max: 1, noNaN: true }), (retryAfter, chance) => {
      let waited = 0
      for (let retries = 0; retries < 20; retries += 1) {
        const wait = waitBefore({ kind: 'throttled', status: 429, retryAfter }, retries, waited, chance, 0)
        if (wait instanceof LiveSourceError) return waited <= 15 * 60_000
        waited += wait
      }
      return false
    }))
  })

  it('a request is shown as it was sent, without host and paging token', () => {
    expect(requestText('GET', '/users?$select=id&$filter=id%20in%20(1)')).toBe('GET /v1.0/users?$select=id&$filter=id in (1)')
    expect(requestText('GET', 'https://graph.microsoft.com/v1.0/users/delta?%24deltatoken=secret&$select=id')).toBe('GET /v1.0/users/delta?$deltatoken=…&$select=id')
  })
})
