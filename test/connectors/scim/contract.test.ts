import { scimPerson } from '../../support/fake-scim/server.ts'
import { liveConnectorContract, type Stage } from '../live/contract-suite.ts'
import { bearer, connectorTo, NOW, openCompany, TOKEN } from './company.ts'

const PASSWORD = 'a-password-nobody-may-see'
const basic = `Basic ${Buffer.from(`reader:${PASSWORD}`).toString('base64')}`

const stageOf = (signIn: 'bearer' | 'basic') => async (): Promise<Stage> => {
  const fake = await openCompany(signIn === 'bearer' ? `Bearer ${TOKEN}` : basic)
  fake.settings.mostPerPage = 2
  return {
    connector: connectorTo(fake),
    config: { ...bearer(fake.baseUrl), signIn, userName: signIn === 'basic' ? 'reader' : null },
    secrets: signIn === 'bearer' ? { 'api-token': TOKEN } : { password: PASSWORD },
    now: () => NOW,
    unspeakable: () => [TOKEN, PASSWORD, basic],
    change: () => {
      fake.people.splice(0, 1)
      fake.people.push(scimPerson('f6', { first: 'Flo', last: 'Rida', number: '600', manager: { value: 'b2' } }))
      Object.assign(fake.people[0] ?? {}, { title: 'Head of Finance', active: false })
    },
    withhold: () => { fake.settings.mayRead = false },
    refuseSecret: () => { fake.settings.authorization = 'Bearer another' },
    rights: { removable: [], refused: [] },
    close: () => fake.close(),
  }
}

liveConnectorContract('scim with a token', stageOf('bearer'))
liveConnectorContract('scim with a password', stageOf('basic'))
