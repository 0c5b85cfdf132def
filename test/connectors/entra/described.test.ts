import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { grantedAtOf, signInOf } from '../../../src/main/connectors/entra/log-entries.ts'
import { readEverything } from '../live/reading.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'
import { misfits, shapeFrom, type GraphSchema, type OpenApi } from './graph-schema.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/graph')
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')) as unknown
const schema = read(join(fixtures, 'schema.json')) as GraphSchema
const data = process.env['MUSTER_DATA'] ?? ''
const described = join(data, 'api/graph-openapi-slice.json')
const published = join(data, 'events/entra-sign-in-and-audit.json')

const typeOf: Readonly<Record<string, string>> = {
  users: 'user', people: 'user', groups: 'group', 'service-principals': 'servicePrincipal', 'directory-roles': 'unifiedRoleDefinition',
  'sign-ins': 'signIn', 'directory-audits': 'directoryAudit', 'conditional-access-policies': 'conditionalAccessPolicy', 'account-activity': 'user',
}

let stage: EntraStage | undefined
afterAll(() => stage?.graph.close())

describe('the fake Graph answers as Microsoft describes it', () => {
  it('with properties of the described names and types, in every collection', async () => {
    stage = await entraStage()
    const { pages } = await readEverything(stage.asking())
    const checked = new Set<string>()
    for (const { collection, page } of pages) {
      // The roles' second list, of schedules, is not part of the description.
      const type = collection === 'role-assignments' && page.request.includes('/roleAssignments') ? 'unifiedRoleAssignment' : typeOf[collection]
      const values = collection === 'app-role-assignments' ? assignmentsIn(page.raw ?? '') : (JSON.parse(page.raw ?? '{}') as { value?: unknown[] }).value
      const wanted = collection === 'app-role-assignments' ? 'appRoleAssignment' : type
      if (wanted === undefined) continue
      for (const value of values ?? []) expect(misfits(schema, wanted, value)).toEqual([])
      checked.add(collection)
    }
    expect([...checked].sort()).toEqual([...Object.keys(typeOf), 'app-role-assignments', 'role-assignments'].sort())
  })

  it('and a property that is described otherwise is found', () => {
    expect(misfits(schema, 'user', { id: 7, mail: null, accountEnabled: 'yes', invented: 1, employeeOrgData: { division: 3 } })).toEqual([
      'user.id is integer, described as string', 'user.accountEnabled is string, described as boolean', 'user.invented is not described',
      'user.employeeOrgData.division is integer, described as string',
    ])
  })

  it.skipIf(!existsSync(described))('and what is said to be described really is', () => {
    const api = read(described) as OpenApi
    for (const [type, properties] of Object.entries(schema)) {
      for (const [name, shape] of Object.entries(properties)) expect({ type, name, shape: shapeFrom(api, type, name) }).toEqual({ type, name, shape })
    }
  })
})

describe('sign-ins and audit entries', () => {
  const events = read(join(fixtures, 'events.json')) as Readonly<Record<string, unknown>>[]

  it('are read whether or not the log wraps them', () => {
    expect(events.map((event) => signInOf(event))).toEqual([
      { account: 'a1', application: 'Ledger', at: '2026-02-18T07:32:50.552Z', isSuccess: true },
      { account: 'a2', application: 'app-2', at: '2026-02-18T07:33:00.123Z', isSuccess: false },
      { account: 's1', application: 'nightly-job', at: '2026-02-18T08:00:00.500Z', isSuccess: true },
      { account: 'a3', application: 'CRM', at: '2026-02-18T09:00:00.000Z', isSuccess: false },
      null, null,
    ])
    expect(signInOf({ userId: 'a1', appDisplayName: 'Ledger', createdDateTime: '2026-02-18T07:00:00Z', status: { errorCode: 0 } })).toMatchObject({ isSuccess: true })
    expect(signInOf({ userId: 'a1', createdDateTime: '0001-01-01T00:00:00Z' })).toBeNull()
  })

  it('date a membership only where it was really given', () => {
    expect(events.flatMap((event) => grantedAtOf(event))).toEqual([
      { put: 'granted-at', entitlement: 'group:g1', holder: { of: 'account', id: 'a1' }, at: '2026-02-18' },
    ])
  })

  it.skipIf(!existsSync(published))('of the published collection are kept without loss: who, to what, when, and whether they got in', () => {
    const all = read(published) as Readonly<Record<string, unknown>>[]
    const signIns = all.filter((event) => /SignIn/.test(String(event['category'])))
    const taken = signIns.map((event) => signInOf(event))
    expect(signIns.length).toBe(13)
    expect(taken.every((one) => one !== null)).toBe(true)
    expect(all.filter((event) => !/SignIn/.test(String(event['category']))).map((event) => signInOf(event)).every((one) => one === null)).toBe(true)
    signIns.forEach((event, index) => {
      const properties = event['properties'] as Readonly<Record<string, unknown>>
      const one = taken[index]
      expect(one?.account).toBe(properties['userId'] || properties['servicePrincipalId'])
      const failed = (properties['status'] as { errorCode?: number } | undefined)?.errorCode ?? event['resultType']
      expect(one?.isSuccess).toBe(failed === 0 || failed === '0')
      const when = String(properties['createdDateTime'] ?? event['time']).replace(' ', 'T').slice(0, 19)
      expect(one?.at.slice(0, 19)).toBe(when)
    })
  })
})

/** The parts of a joint answer, one JSON text a line where some were asked for again. */
function assignmentsIn(raw: string): readonly unknown[] {
  return raw.split('\n').flatMap((line) => (JSON.parse(line) as { responses: { body: { value?: unknown[] } }[] }).responses.flatMap(({ body }) => body.value ?? []))
}
