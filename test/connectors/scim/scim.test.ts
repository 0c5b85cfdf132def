import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HrRecord } from '../../../src/main/connectors/connector.ts'
import { scim } from '../../../src/main/connectors/scim/scim.ts'
import { scimPerson, type FakeScim } from '../../support/fake-scim/server.ts'
import { inputOf, memoryCredentials, readEverything, type Reading } from '../live/reading.ts'
import { askingOf, bearer, connectorTo, openCompany, TOKEN } from './company.ts'

describe('people from a SCIM server', () => {
  let fake: FakeScim
  beforeEach(async () => { fake = await openCompany() })
  afterEach(async () => { await fake.close() })

  const people = ({ pages }: Reading): Map<string, HrRecord> => new Map(pages.flatMap(({ page }) => page.changes)
    .flatMap((change) => ('put' in change && change.put === 'person' ? [[change.record.employeeId, change.record] as const] : [])))
  const gaps = ({ pages }: Reading): string => pages.flatMap(({ page }) => page.gaps).join('\n')

  it('reads names, work address, employment and the manager however the server names one', async () => {
    const read = people(await readEverything(askingOf(fake)))
    expect(read.get('100')).toEqual({
      employeeId: '100', displayName: 'Ada Byron', email: 'ada.byron@example.com', kind: 'unknown', status: 'active', title: 'Analyst',
      department: 'Sales', division: null, costCenter: '4711', location: 'Leipzig', managerEmployeeId: '500', hireDate: null, terminationDate: null,
    })
    expect(read.get('200')).toMatchObject({ kind: 'contractor', managerEmployeeId: '500' })
    expect(read.get('500')?.managerEmployeeId).toBe('500')
    expect([read.get('300')?.status, read.get('400')?.status]).toEqual(['inactive', 'inactive'])
  })

  it('reports a manager nobody is, and takes the person without one', async () => {
    const reading = await readEverything(askingOf(fake))
    expect(people(reading).get('400')?.managerEmployeeId).toBeNull()
    expect(reading.pages.flatMap(({ page }) => page.rejects)).toMatchObject([{ row: 4, code: 'dangling-manager', effect: 'field-dropped' }])
  })

  it('keeps no protected attribute, also not in the raw answer', async () => {
    const reading = await readEverything(askingOf(fake))
    const raw = reading.pages.map(({ page }) => page.raw).join('')
    expect(raw).toContain('"birthDate":null')
    expect(raw).toContain('"team":"Blue"')
    for (const value of ['1990-01-01', '"gender":"m"', '"religion":"none"']) expect(JSON.stringify(reading.pages)).not.toContain(value)
  })

  it('follows the pages a server cuts shorter than asked, and tells the total', async () => {
    fake.settings.mostPerPage = 2
    const reading = await readEverything(askingOf(fake))
    expect(people(reading).size).toBe(5)
    expect(reading.ends.get('users')).toMatchObject({ mode: 'full', sourceCount: 5 })
    expect(fake.log.filter(({ query }) => !query.includes('attributes')).map(({ query }) => /startIndex=(\d+)/.exec(query)?.[1])).toEqual(['1', '3', '5'])
  })

  it('takes everybody from a server that ignores where to start and how many, and stops', async () => {
    fake.settings.ignores = 'start-and-count'
    for (let index = 0; index < 300; index += 1) fake.people.push(scimPerson(`x${String(index)}`, { first: 'X', last: String(index), number: `9${String(index)}` }))
    const reading = await readEverything(askingOf(fake))
    expect(people(reading).size).toBe(305)
    expect(gaps(reading)).toContain('ignores the count')
  })

  it('does not take the first page for all people when a server always gives the first page', async () => {
    fake.settings.ignores = 'start'
    fake.settings.mostPerPage = 2
    await expect(readEverything(askingOf(fake))).rejects.toMatchObject({ code: 'half-answer' })
  })

  it('does not take a listing that ends before its own total', async () => {
    fake.settings.total = () => 9
    await expect(readEverything(askingOf(fake))).rejects.toMatchObject({ code: 'half-answer', message: expect.stringContaining('9 people and gave 5') as string })
  })

  it('says when the number of people changed while they were read', async () => {
    fake.settings.mostPerPage = 2
    let asked = 0
    fake.settings.beforeAnswer = () => {
      asked += 1
      if (asked === 5) fake.people.push(scimPerson('n7', { first: 'New', last: 'Comer', number: '700' }))
    }
    const reading = await readEverything(askingOf(fake))
    expect(gaps(reading)).toContain('changed from 5 to 6')
    expect(people(reading).size).toBe(6)
  })

  it('reads on without a total until a page is empty', async () => {
    fake.settings.total = () => undefined
    const reading = await readEverything(askingOf(fake))
    expect(people(reading).size).toBe(5)
    expect(reading.ends.get('users')?.sourceCount).toBeNull()
  })

  it('asks again after a lost connection, half an answer and a refusal with Retry-After, and counts both', async () => {
    const waits: number[] = []
    fake.fail({ is: 'lost-connection' })
    fake.fail({ is: 'half-json' })
    fake.fail({ is: 'status', status: 429, headers: { 'Retry-After': '7' } })
    const reading = await readEverything(askingOf(fake, { connector: connectorTo(fake, waits) }))
    expect(waits).toEqual([500, 1_000, 7_000])
    expect(reading.pages[0]?.page).toMatchObject({ retries: 3, throttledMs: 7_000 })
  })

  it('gives up after a handful of tries', async () => {
    fake.fail({ is: 'status', status: 503 }, 100)
    await expect(readEverything(askingOf(fake))).rejects.toMatchObject({ name: 'LiveSourceError', code: 'half-answer' })
    expect(fake.log.length).toBe(5)
  })

  it('asks nothing over plain http', async () => {
    const config = bearer('http://hr.example.test/scim/v2')
    const asking = { ...askingOf(fake), connector: scim, config }
    await expect(readEverything(asking)).rejects.toMatchObject({ code: 'not-this-source', message: expect.stringContaining('https://') as string })
    expect((await scim.test(inputOf(asking))).isConnected).toBe(false)
  })

  it('says in the connection test what is wrong: address, employee numbers, count', async () => {
    const elsewhere = await connectorTo(fake).test(inputOf(askingOf(fake, { config: bearer('https://hr.example.test/other') })))
    expect(elsewhere).toMatchObject({ isConnected: false, notes: [expect.stringContaining('often in /scim/v2')] })
    fake.settings.describesItself = false
    fake.settings.ignores = 'count'
    fake.people[0] = scimPerson('a1', { first: 'Ada', last: 'Byron' })
    const notes = (await connectorTo(fake).test(inputOf(askingOf(fake)))).notes.join('\n')
    for (const said of ['does not describe itself', 'there are 5 people', 'ignores how many', 'no employee number']) expect(notes).toContain(said)
  })

  it('signs in with nothing that was not stored', async () => {
    await expect(readEverything(askingOf(fake, { credentials: memoryCredentials({ password: TOKEN }) }))).rejects.toMatchObject({ code: 'secret-missing' })
  })
})
