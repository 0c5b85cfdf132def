import { afterEach, describe, expect, it } from 'vitest'
import { APPS, GLOBAL_ADMIN, GROUPS, HELPDESK, NO_ROLE, NOW, ROLES, role, user } from '../../support/fake-graph/contoso.ts'
import { memoryMirror, type MemoryMirror } from '../live/memory-mirror.ts'
import { readEverything, readOne } from '../live/reading.ts'
import type { DirectoryAccount, DirectoryEntitlement, DirectoryHold, LivePage, MirrorChange } from '../../../src/main/connectors/live-connector.ts'
import { entraStage, type EntraStage } from './entra-stage.ts'

const open: EntraStage[] = []
afterEach(async () => { await Promise.all(open.splice(0).map(({ graph }) => graph.close())) })

async function stageOf(...options: Parameters<typeof entraStage>): Promise<EntraStage> {
  const stage = await entraStage(...options)
  open.push(stage)
  return stage
}

type Put<K extends 'account' | 'entitlement' | 'hold' | 'person'> = Extract<MirrorChange, { readonly put: K }>['record']

function puts<K extends 'account' | 'entitlement' | 'hold' | 'person'>(pages: readonly LivePage[], kind: K): readonly Put<K>[] {
  return pages.flatMap(({ changes }) => changes.flatMap((change) => ('put' in change && change.put === kind ? [change.record as Put<K>] : [])))
}

async function pagesOf(stage: EntraStage, collection: string, mirror: MemoryMirror = memoryMirror(), cursor: string | null = null): Promise<{ pages: LivePage[]; end: Awaited<ReturnType<typeof readOne>> }> {
  const pages: LivePage[] = []
  const end = await readOne(stage.asking(), collection, cursor, mirror, (page) => { pages.push(page) })
  return { pages, end }
}

describe('what is read of Microsoft Entra', () => {
  it('tells guests, disabled accounts and logins apart', async () => {
    const stage = await stageOf({ config: { isHr: false } })
    const { pages, end } = await pagesOf(stage, 'users')
    const accounts = new Map(puts(pages, 'account').map((one) => [one.account, one]))
    expect(accounts.get(user(3))).toEqual<DirectoryAccount>({
      account: user(3), login: 'dee_partner.example#EXT#@contoso.example', accountName: 'Dee Example', email: 'dee@partner.example', employeeId: null,
      accountKind: 'guest', isEnabled: true,
    })
    expect(accounts.get(user(2))?.isEnabled).toBe(false)
    expect(accounts.get(user(1))).toMatchObject({ email: 'ben@contoso.example', employeeId: 'E101', accountKind: null })
    expect(accounts.get(user(9))?.employeeId).toBeNull()
    expect(end).toMatchObject({ mode: 'full', sourceCount: 10, window: null })
  })

  it('reads people with their manager where the directory stands in for HR, and leaves guests out', async () => {
    const stage = await stageOf()
    const { pages } = await pagesOf(stage, 'people')
    const people = new Map(puts(pages, 'person').map((one) => [one.employeeId, one]))
    expect(people.size).toBe(9)
    expect(people.get('E102')).toMatchObject({ status: 'inactive', terminationDate: '2026-10-31', managerEmployeeId: 'E100', hireDate: '2020-02-01' })
    expect(people.get('E105')).toMatchObject({ kind: 'contractor', department: 'Finance', division: 'Europe', costCenter: 'C5', location: 'Hamburg' })
    expect(people.get(user(9))).toMatchObject({ displayName: 'Jan Example', kind: 'employee', status: 'active' })
    const accounts = puts((await pagesOf(stage, 'users')).pages, 'account')
    expect(accounts.filter((one) => one.employeeId !== null).map((one) => one.employeeId).sort()).toEqual([...people.keys()].sort())
  })

  it('does not take somebody for a leaver because their second account is disabled', async () => {
    const stage = await stageOf()
    const ada = stage.graph.tenant.get('users', user(0))
    stage.graph.tenant.put('users', { ...ada, id: user(30), userPrincipalName: 'adm-ada@contoso.example', accountEnabled: false })
    const mirror = memoryMirror()
    const { pages } = await pagesOf(stage, 'people', mirror)
    expect(mirror.lines().find((line) => line.startsWith('person E100'))).toContain('"status":"active"')
    expect(pages.flatMap(({ gaps }) => gaps)).toEqual([expect.stringContaining('they count as still here')])
  })

  it('reads groups whose owners it is not told, and says so', async () => {
    const stage = await stageOf()
    stage.graph.faults.plan('owners(', { kind: 'status', status: 403, code: 'Authorization_RequestDenied' }, 100)
    const { pages } = await pagesOf(stage, 'groups')
    expect(puts(pages, 'entitlement')).toHaveLength(8)
    expect(puts(pages, 'entitlement').every((one) => one.owner === null)).toBe(true)
    expect(pages.flatMap(({ gaps }) => gaps)).toContain('Microsoft Graph refused to name the owners of some groups on this page.')
  })

  it('reads people without leave dates where that permission is missing, and says so', async () => {
    const stage = await stageOf()
    stage.graph.withhold('User-LifeCycleInfo.Read.All')
    const { pages } = await pagesOf(stage, 'people')
    expect(puts(pages, 'person')).toHaveLength(9)
    expect(puts(pages, 'person').every((one) => one.terminationDate === null)).toBe(true)
    expect(pages.flatMap(({ gaps }) => gaps)).toEqual([expect.stringContaining('User-LifeCycleInfo.Read.All')])
  })

  it('marks groups whose members cannot simply be removed, and keeps nesting, owners and the rule', async () => {
    const stage = await stageOf()
    const { pages, end } = await pagesOf(stage, 'groups')
    const groups = new Map(puts(pages, 'entitlement').map((one) => [one.entitlement, one]))
    const traits = (id: string): unknown => groups.get(`group:${id}`)?.traits
    expect(traits(GROUPS.everybody)).toEqual(['dynamic'])
    expect(traits(GROUPS.synced)).toEqual(['on-premises-synced'])
    expect(traits(GROUPS.mail)).toEqual(['mail-enabled'])
    expect(traits(GROUPS.admins)).toEqual(['role-assignable'])
    expect(traits(GROUPS.team)).toEqual([])
    expect(groups.get(`group:${GROUPS.everybody}`)?.description).toBe('All people · Members by rule: user.accountEnabled -eq true')
    expect(groups.get(`group:${GROUPS.finance}`)).toMatchObject({ owner: 'ada@contoso.example', risk: 'low', application: 'Microsoft Entra ID' })
    expect(groups.get(`group:${GROUPS.admins}`)).toMatchObject({ privilege: 'elevated', risk: 'high' })
    const holds = puts(pages, 'hold').filter((one) => one.entitlement === `group:${GROUPS.ledger}`).map((one) => one.holder)
    expect(holds).toEqual([{ of: 'entitlement', id: `group:${GROUPS.finance}` }, { of: 'account', id: user(9) }, { of: 'account', id: APPS.crm }])
    expect(puts(pages, 'hold').filter((one) => one.entitlement === `group:${GROUPS.finance}`)).toHaveLength(7)
    const gaps = pages.flatMap((page) => page.gaps)
    expect(gaps).toContainEqual(expect.stringMatching(/^The group "Hidden" hides its members/))
    expect(gaps).toContainEqual('Left out of groups, because they are no accounts: 1 of kind device.')
    expect(end.sourceCount).toBe(8)
  })

  it('tells roles held from roles eligible, and a role over everything from one over a part', async () => {
    const stage = await stageOf()
    const { mirror } = await readEverything(stage.asking())
    const lines = mirror.lines()
    const held = (entitlement: string, account: string): DirectoryHold | undefined => {
      const start = `hold ${JSON.stringify([entitlement, 'account', account])} `
      const line = lines.find((one) => one.startsWith(start))
      return line === undefined ? undefined : JSON.parse(line.slice(start.length, line.lastIndexOf('}') + 1)) as DirectoryHold
    }
    const entitlement = (id: string): DirectoryEntitlement => {
      const line = lines.find((one) => one.startsWith(`entitlement ${id} `)) ?? ''
      return JSON.parse(line.slice(`entitlement ${id} `.length, line.lastIndexOf('}') + 1)) as DirectoryEntitlement
    }
    expect(held(`directory-role:${GLOBAL_ADMIN}`, user(0))).toMatchObject({ grantedAt: '2025-01-02', expiresAt: null, how: null })
    expect(held(`directory-role:${GLOBAL_ADMIN}`, user(4))).toMatchObject({ expiresAt: '2026-11-22', how: 'activated' })
    expect(held(`directory-role:${GLOBAL_ADMIN}#eligible`, user(4))).toMatchObject({ grantedAt: '2026-01-02', expiresAt: '2027-01-02' })
    expect(held(`directory-role:${HELPDESK}`, user(0))).toBeUndefined()
    expect(entitlement(`directory-role:${GLOBAL_ADMIN}`)).toMatchObject({ privilege: 'admin', risk: 'critical', traits: ['built-in'], name: 'Global Administrator' })
    expect(entitlement(`directory-role:${GLOBAL_ADMIN}#eligible`)).toMatchObject({ privilege: 'admin', traits: ['built-in', 'eligible'], name: 'Global Administrator (eligible)' })
    const scoped = `directory-role:${HELPDESK}@/administrativeUnits/${role(70)}`
    expect(entitlement(scoped).name).toBe(`Helpdesk Administrator (over administrativeUnits/${role(70)} only)`)
    expect(held(scoped, user(1))).toBeDefined()
    expect(lines.some((line) => line.startsWith(`hold ["directory-role:${HELPDESK}","entitlement","group:${GROUPS.admins}"]`))).toBe(true)
  })

  it('reads who may use an application: people, groups and programs, with since when', async () => {
    const stage = await stageOf()
    const mirror = memoryMirror()
    await pagesOf(stage, 'service-principals', mirror)
    const { pages } = await pagesOf(stage, 'app-role-assignments', mirror)
    const holds = puts(pages, 'hold')
    expect(holds).toHaveLength(7)
    expect(holds).toContainEqual({ entitlement: `app-role:${APPS.ledger}/${ROLES.poster}`, holder: { of: 'entitlement', id: `group:${GROUPS.finance}` }, grantedAt: '2026-03-04', expiresAt: null, how: 'direct-members' })
    expect(holds).toContainEqual({ entitlement: `app-role:${APPS.graph}/${ROLES.directoryWrite}`, holder: { of: 'account', id: APPS.crm }, grantedAt: '2026-03-04', expiresAt: null, how: null })
    expect(stage.graph.requests.filter((line) => line.startsWith('POST /$batch'))).toHaveLength(pages.length)
    expect(mirror.lines().find((line) => line.startsWith(`entitlement app-role:${APPS.graph}/${ROLES.directoryWrite}`))).toContain('"privilege":"admin","risk":"critical"')
    expect(mirror.lines().find((line) => line.startsWith(`entitlement app-role:${APPS.crm}/${NO_ROLE}`))).toContain('"name":"CRM: access"')
    expect(mirror.lines().find((line) => line.startsWith(`account ${APPS.crm}`))).toContain('"accountKind":"service"')
  })

  it('reads what programs may do in people\'s names, and what an administrator allowed for everybody', async () => {
    const stage = await stageOf()
    const { pages } = await pagesOf(stage, 'consents')
    expect(puts(pages, 'hold').map(({ entitlement, holder }) => [entitlement, holder.id])).toEqual([
      [`consent:${APPS.crm}/${APPS.graph}/Mail.Read`, user(4)], [`consent:${APPS.crm}/${APPS.graph}/offline_access`, user(4)],
      [`consent-for-all:${APPS.graph}/User.Read`, APPS.crm], [`consent-for-all:${APPS.graph}/Directory.ReadWrite.All`, APPS.crm],
    ])
    expect(puts(pages, 'entitlement')[0]).toMatchObject({ name: 'CRM may use Microsoft Graph: Mail.Read', application: 'CRM', risk: 'medium' })
    expect(puts(pages, 'entitlement')[3]).toMatchObject({ privilege: 'elevated', risk: 'high' })
  })

  it('dates memberships and roles from the directory\'s log, and only those that are held', async () => {
    const stage = await stageOf()
    const { mirror } = await readEverything(stage.asking())
    const dateOf = (start: string): string | undefined => mirror.lines().find((line) => line.startsWith(start))?.split(' ').at(-1)
    expect(dateOf(`hold ["group:${GROUPS.finance}","account","${user(4)}"]`)).toBe('2026-11-01')
    expect(mirror.lines().some((line) => line.startsWith(`hold ["group:${GROUPS.finance}","account","${user(2)}"]`))).toBe(false)
  })

  it('keeps policies and locations as they are and makes nobody\'s access of them', async () => {
    const stage = await stageOf()
    for (const [name, records] of [['conditional-access-policies', 4], ['named-locations', 1]] as const) {
      const { pages } = await pagesOf(stage, name)
      expect(pages.reduce((sum, page) => sum + page.records, 0)).toBe(records)
      expect(pages.flatMap((page) => page.changes)).toEqual([])
      expect(pages.every((page) => page.raw?.includes('"value"') === true)).toBe(true)
    }
  })

  it('says the last successful sign-in, never a failed one, and says it once', async () => {
    const stage = await stageOf()
    const { pages, end } = await pagesOf(stage, 'account-activity')
    const said = pages.flatMap((page) => page.signIns)
    expect(said).toHaveLength(6)
    expect(said[1]).toEqual({ account: user(1), application: 'Microsoft Entra ID', at: '2026-11-11T08:00:00.000Z', isSuccess: true })
    stage.now = '2026-11-24T09:00:00.000Z'
    const known = stage.graph.tenant.get('users', user(1))
    stage.graph.tenant.put('users', { ...known, id: user(1), signInActivity: { lastSuccessfulSignInDateTime: '2026-11-23T07:00:00Z' } })
    const later = await pagesOf(stage, 'account-activity', memoryMirror(), end.nextCursor)
    expect(later.pages.flatMap((page) => page.signIns)).toEqual([{ account: user(1), application: 'Microsoft Entra ID', at: '2026-11-23T07:00:00.000Z', isSuccess: true }])
  })

  it('asks for changes only after the first time, without $top or $expand', async () => {
    const stage = await stageOf()
    const first = await readEverything(stage.asking())
    const before = stage.graph.requests.length
    await readEverything(stage.asking(), first.mirror, new Map([...first.ends].map(([name, end]) => [name, end.nextCursor])))
    const later = stage.graph.requests.slice(before).filter((line) => line.includes('/delta'))
    expect(later).toHaveLength(3)
    expect(later.every((line) => /^GET \/(users|groups|servicePrincipals)\/delta\?\$deltatoken=/.test(line))).toBe(true)
    const queries = first.pages.map(({ page }) => page.request)
    expect(queries).toContain('GET /v1.0/users/delta?$select=id,userPrincipalName,displayName,mail,accountEnabled,userType,employeeId,employeeType')
    expect(queries).toContain('GET /v1.0/users/delta?$skiptoken=…')
    expect(queries).toContain('GET /v1.0/roleManagement/directory/roleAssignments?$expand=principal')
    expect(stage.now).toBe(NOW)
  })
})
