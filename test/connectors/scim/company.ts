import { createScim } from '../../../src/main/connectors/scim/scim.ts'
import type { ScimConfig } from '../../../src/shared/model/live-source.ts'
import { scimPerson, startFakeScim, type FakeScim } from '../../support/fake-scim/server.ts'
import { memoryCredentials, type Asking } from '../live/reading.ts'

export const NOW = '2026-11-20T08:00:00.000Z'
export const TOKEN = 'scim-token-nobody-may-see'

export const bearer = (baseUrl: string): ScimConfig => ({ from: 'scim', baseUrl, signIn: 'bearer', userName: null, holdBelowShare: 0.7 })

export function connectorTo(fake: FakeScim, waits: number[] = []) {
  return createScim({
    requester: fake.requester,
    wait: (milliseconds, signal) => {
      signal.throwIfAborted()
      waits.push(milliseconds)
      return Promise.resolve()
    },
  })
}

export async function openCompany(authorization = `Bearer ${TOKEN}`): Promise<FakeScim> {
  const fake = await startFakeScim(authorization)
  fake.people.push(
    scimPerson('a1', { first: 'Ada', last: 'Byron', number: '100', department: 'Sales', title: 'Analyst', manager: { value: 'e5' } }),
    scimPerson('b2', { first: 'Ben', last: 'Okri', number: '200', department: 'Finance', manager: { $ref: '../Users/e5' }, userType: 'Contractor' }),
    scimPerson('c3', { first: 'Cy', last: 'Gone', number: '300', active: false, extra: { birthDate: '1990-01-01', 'urn:hr:Person': { gender: 'm', religion: 'none', team: 'Blue' } } }),
    scimPerson('d4', { first: 'Di', last: 'Str', number: '400', active: 'False', manager: 'nobody-known' }),
    scimPerson('e5', { first: 'Eve', last: 'Arden', number: '500', manager: [{ value: 'eve.arden@example.com' }] }),
  )
  return fake
}

export const askingOf = (fake: FakeScim, change: Partial<Asking> = {}): Asking => ({
  connector: connectorTo(fake), config: bearer(fake.baseUrl), credentials: memoryCredentials({ 'api-token': TOKEN }), now: () => NOW, ...change,
})
