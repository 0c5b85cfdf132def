import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PUBLISHED, differences, shapesOf, type Shape } from '../../support/fake-okta/published-shapes.ts'
import { openCompany, type Company } from './company.ts'

const shapes = JSON.parse(readFileSync(new URL('../../fixtures/okta-published-shapes.json', import.meta.url), 'utf8')) as Record<string, Shape>
const description = join(process.env['MUSTER_DATA'] ?? '', 'api', 'okta-openapi-slice.json')

describe('the stand-in for Okta answers in the shapes Okta publishes', () => {
  let company: Company
  beforeAll(async () => { company = await openCompany() })
  afterAll(async () => { await company.close() })

  const ask = async (path: string): Promise<unknown> => {
    const signal = new AbortController().signal
    const headers = { Authorization: `SSWS ${company.fake.token}` }
    const answer = await company.fake.requester({ url: company.fake.orgUrl + path, method: 'GET', headers, body: null, agent: null, signal })
    expect(answer.status, path).toBe(200)
    return JSON.parse(await answer.text()) as unknown
  }

  const cases: readonly (readonly [string, (typeof PUBLISHED)[number], (ids: Company['ids']) => string])[] = [
    ['users', 'User', () => '/api/v1/users'],
    ['groups', 'Group', () => '/api/v1/groups?expand=stats'],
    ['rules', 'GroupRule', () => '/api/v1/groups/rules'],
    ['members', 'User', ({ sales }) => `/api/v1/groups/${sales}/users`],
    ['applications', 'Application', () => '/api/v1/apps'],
    ['application users', 'AppUser', ({ crm }) => `/api/v1/apps/${crm}/users`],
    ['application groups', 'ApplicationGroupAssignment', ({ crm }) => `/api/v1/apps/${crm}/groups`],
    ['standard roles', 'StandardRole', ({ eve }) => `/api/v1/users/${eve}/roles`],
    ['custom roles', 'CustomRole', ({ ada }) => `/api/v1/users/${ada}/roles`],
    ['events', 'LogEvent', () => '/api/v1/logs'],
  ]
  // Published for each way of signing on by itself, not for applications as such.
  const published = ['.name is not published']
  for (const [name, schema, path] of cases) {
    it(`${name}: ${schema}`, async () => {
      const items = await ask(path(company.ids))
      expect(Array.isArray(items) && items.length > 0).toBe(true)
      expect((items as unknown[]).flatMap((item) => differences(item, shapes[schema] ?? {})).filter((one) => !published.includes(one))).toEqual([])
    })
  }

  it('administrators, role definitions and resource sets', async () => {
    for (const [path, schema] of [['assignees/users', 'RoleAssignedUsers'], ['roles', 'IamRoles'], ['resource-sets', 'ResourceSets']] as const) {
      expect(differences(await ask(`/api/v1/iam/${path}`), shapes[schema] ?? {})).toEqual([])
    }
  })

  it('the comparison finds what differs', () => {
    expect(differences({ id: 1, status: 'ASLEEP', nickname: 'x' }, shapes['User'] ?? {})).toHaveLength(3)
  })

  it.skipIf(!existsSync(description))('the shapes kept here are those of the published description', () => {
    expect(shapesOf(JSON.parse(readFileSync(description, 'utf8')))).toEqual(shapes)
  })
})
