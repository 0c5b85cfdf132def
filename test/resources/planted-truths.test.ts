import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { generateOrganisation } from '../../resources/sample-organisation/generate.ts'
import { writeOrganisation } from '../../resources/sample-organisation/write-files.ts'
import type { GrantRef } from '../../resources/sample-organisation/model.ts'
import { sodRule, type SodRule } from '../../src/shared/model/sod-rule.ts'
import { createLinker, readOrganisation, type Access, type ReadOrganisation, type Row, type Use } from './read-organisation.ts'

const AS_OF = '2026-11-15'
const DAY_MS = 86_400_000
const daysBefore = (days: number): string => new Date(Date.parse(AS_OF) - days * DAY_MS).toISOString().slice(0, 10)
const keyOf = (ref: GrantRef): string => `${ref.source}\t${ref.account}\t${ref.application}\t${ref.entitlement}`

const requests = [{ seed: 1, people: 400 }, { seed: 2026, people: 400 }, { seed: 9, people: 40 }]

describe.each(requests)('planted truths, seed $seed, $people people', (request) => {
  let dir = ''
  let organisation: ReadOrganisation
  let rules: SodRule[] = []
  let workerOf: (access: Access) => string | null
  const held = new Map<string, Access>()
  const usesOf = new Map<string, Use[]>()
  const latestHr = new Map<string, Row>()
  const usesOfGrant = (ref: { source: string; account: string; application: string }): Use[] =>
    usesOf.get(`${ref.source}\t${ref.account}\t${ref.application}`) ?? []
  const lastUse = (ref: { source: string; account: string; application: string }): string =>
    usesOfGrant(ref).filter((use) => use.isSuccess).at(-1)?.at ?? ''

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'planted-truths-'))
    await writeOrganisation(dir, generateOrganisation({ ...request, asOf: AS_OF }))
    organisation = await readOrganisation(dir)
    rules = z.array(sodRule).parse(JSON.parse(await readFile(new URL('../../resources/sod-rules/default.json', import.meta.url), 'utf8')))
    workerOf = createLinker(organisation)
    for (const access of organisation.access) held.set(keyOf(access as GrantRef), access)
    for (const use of organisation.signIns) {
      const key = `${use.source}\t${use.account}\t${use.application}`
      const known = usesOf.get(key)
      if (known) known.push(use)
      else usesOf.set(key, [use])
    }
    for (const row of organisation.hr.at(-1)?.rows ?? []) latestHr.set(row['Worker ID'] ?? '', row)
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  const isLeaver = (workerId: string | null): boolean =>
    workerId !== null && (latestHr.get(workerId)?.['Status'] ?? 'Inactive') === 'Inactive'

  it('names only grants that are in the latest access files', () => {
    const { leavers, movers, orphans, toxicPairs, dormantAdmins, quarterlyUsers, serviceAccounts, normal } = organisation.truth
    const refs = [
      ...[leavers, movers, orphans, dormantAdmins, quarterlyUsers, serviceAccounts]
        .flatMap((entries) => entries.flatMap((entry) => entry.grants)),
      ...toxicPairs.flatMap(({ left, right }) => [left, right]),
      ...normal,
    ]
    expect(refs.filter((ref) => !held.has(keyOf(ref)))).toEqual([])
    const classes = Object.keys(organisation.truth).filter((name) => name !== 'expected')
    expect(Object.keys(organisation.truth.expected).sort()).toEqual(classes.sort())
  })

  it('leavers: everybody HR says is gone and who still has access, and nobody else', () => {
    const { leavers } = organisation.truth
    const stillHeld = organisation.access.filter((access) => isLeaver(workerOf(access))).map((access) => keyOf(access as GrantRef))
    expect(leavers.flatMap(({ grants }) => grants.map(keyOf)).sort()).toEqual(stillHeld.sort())
    for (const { workerId, leftOn, how, usedAfterLeaving, grants } of leavers) {
      expect(grants.length).toBeGreaterThan(0)
      expect(organisation.hr[0]?.rows.some((row) => row['Worker ID'] === workerId && row['Status'] === 'Active')).toBe(true)
      expect(latestHr.get(workerId)?.['Termination Date']).toBe(how === 'inactive' ? leftOn : undefined)
      const isUsed = grants.some((grant) => lastUse(grant).slice(0, 10) > leftOn)
      if (usedAfterLeaving) expect(isUsed, `${workerId} after leaving`).toBe(true)
    }
    expect(new Set(leavers.map(({ how }) => how)).size).toBe(2)
  })

  it('movers: changed department, kept rights of the old one that hardly anybody in the new one holds', () => {
    for (const { workerId, from, to, movedOn, grants } of organisation.truth.movers) {
      expect(organisation.hr[0]?.rows.find((row) => row['Worker ID'] === workerId)?.['Department']).toBe(from)
      expect(latestHr.get(workerId)?.['Department']).toBe(to)
      expect(grants.length).toBeGreaterThan(0)
      for (const grant of grants) {
        const newPeers = [...latestHr].filter(([id, row]) => row['Department'] === to && id !== workerId).map(([id]) => id)
        const holders = new Set(organisation.access.filter(({ entitlement }) => entitlement === grant.entitlement).map(workerOf))
        expect(newPeers.filter((id) => holders.has(id)).length).toBeLessThanOrEqual(newPeers.length * 0.4)
        if (!grant.applicationStillUsed) expect(lastUse(grant) < new Date(Date.parse(movedOn) + 20 * DAY_MS).toISOString()).toBe(true)
      }
    }
  })

  it('orphans: exactly the human logins HR never knew', () => {
    const unknown = organisation.access.filter((access) => ['employee', 'contractor'].includes(access.kind) && workerOf(access) === null)
    const planted = organisation.truth.orphans.map(({ source, account }) => `${source} ${account}`)
    expect([...new Set(unknown.map(({ source, account }) => `${source} ${account}`))].sort()).toEqual(planted.sort())
    expect(new Set(organisation.truth.orphans.map(({ source }) => source)).size).toBe(2)
  })

  it('toxic pairs: every conflict under the default rules is planted, and every planted one is a conflict', () => {
    const byWorker = Map.groupBy(organisation.access.filter((access) => workerOf(access) !== null), workerOf)
    const found = [...byWorker].flatMap(([workerId, own]) => rules.flatMap((rule) =>
      own.filter(({ entitlement }) => rule.left.entitlements.some((ref) => ref.id === entitlement)).flatMap((left) =>
        own.filter(({ entitlement }) => rule.right.entitlements.some((ref) => ref.id === entitlement)).map((right) =>
          [workerId, rule.id, keyOf(left as GrantRef), keyOf(right as GrantRef)].join('\n')))))
    const planted = organisation.truth.toxicPairs
      .map(({ workerId, ruleId, left, right }) => [workerId, ruleId, keyOf(left), keyOf(right)].join('\n'))
    expect(planted.sort()).toEqual(found.sort())
    expect(planted.length).toBeGreaterThan(0)
  })

  it('dormant administrators: exactly the administrator rights of present people that nobody used for 180 days', () => {
    const since = daysBefore(180)
    // What a mover kept is idle too; it is listed as that.
    const keptAfterMove = new Set(organisation.truth.movers.flatMap(({ grants }) => grants.map(keyOf)))
    // A right given last month that waits for its first use is not dormant; who came last month cannot have an older one.
    const isFresh = (access: Access): boolean =>
      [access.row['granted_at'], latestHr.get(workerOf(access) ?? '')?.['Hire Date']].some((date) => (date ?? '') > daysBefore(31))
    const idle = organisation.access.filter((access) =>
      access.privilege === 'admin' && workerOf(access) !== null && !isLeaver(workerOf(access)) && !isFresh(access)
      && lastUse(access).slice(0, 10) < since && !keptAfterMove.has(keyOf(access as GrantRef)))
    const planted = organisation.truth.dormantAdmins
    expect(planted.flatMap(({ grants }) => grants.map(keyOf)).sort()).toEqual(idle.map((access) => keyOf(access as GrantRef)).sort())
    for (const { unusedSince, failedAttemptsSince, grants } of planted) {
      for (const grant of grants) {
        expect(lastUse(grant) < unusedSince).toBe(true)
        expect(usesOfGrant(grant).some((use) => !use.isSuccess && use.at >= unusedSince)).toBe(failedAttemptsSince)
      }
    }
  })

  it('quarter-end users: sign in in the last seven days of a quarter, each quarter, and never otherwise', () => {
    for (const user of organisation.truth.quarterlyUsers) {
      const days = usesOfGrant(user).map(({ at }) => at.slice(0, 10))
      const quarterEnds = ['2025-12-31', '2026-03-31', '2026-06-30', '2026-09-30']
      const isClosing = (day: string, end: string): boolean => day <= end && Date.parse(end) - Date.parse(day) < 7 * DAY_MS
      const nearest = days.map((day) => quarterEnds.find((end) => isClosing(day, end)))
      expect(nearest).not.toContain(undefined)
      expect(new Set(nearest).size, `${user.account} ${user.application}`).toBeGreaterThanOrEqual(3)
      expect(nearest).toContain('2026-09-30')
    }
  })

  it('service accounts: all of them, none with a person behind', () => {
    const services = organisation.access.filter(({ kind }) => kind === 'service')
    expect(organisation.truth.serviceAccounts.flatMap(({ grants }) => grants.map(keyOf)).sort())
      .toEqual(services.map((access) => keyOf(access as GrantRef)).sort())
    expect(services.every((access) => workerOf(access) === null && access.employeeId === '' && access.email === '')).toBe(true)
  })

  it('normal grants: people at work who use the application to this day', () => {
    expect(organisation.truth.normal.length).toBeGreaterThan(20)
    for (const grant of organisation.truth.normal) {
      expect(latestHr.get(grant.workerId)?.['Status']).toBe('Active')
      expect(lastUse(grant).slice(0, 10) > daysBefore(60), keyOf(grant)).toBe(true)
      expect(usesOfGrant(grant).length).toBeGreaterThan(5)
    }
  })

  it('no login is in two truths that contradict each other', () => {
    const { leavers, movers, orphans, toxicPairs, dormantAdmins, quarterlyUsers, serviceAccounts, normal } = organisation.truth
    const login = ({ source, account }: { source: string; account: string }): string => `${source} ${account}`
    const accountsPerClass = [
      leavers.flatMap(({ accounts }) => accounts.map(login)),
      movers.flatMap(({ grants }) => grants.map(login)),
      orphans.map(login),
      toxicPairs.flatMap(({ left, right }) => [login(left), login(right)]),
      dormantAdmins.flatMap(({ grants }) => grants.map(login)),
      serviceAccounts.map(login),
      [...quarterlyUsers.map(login), ...normal.map(login)],
    ].map((accounts) => [...new Set(accounts)])
    const all = accountsPerClass.flat()
    expect(all.filter((account, at) => all.indexOf(account) !== at)).toEqual([])
    const workersPerClass = [leavers, movers, toxicPairs, dormantAdmins, [...quarterlyUsers, ...normal]]
      .map((entries) => [...new Set(entries.map(({ workerId }) => workerId))]).flat()
    expect(workersPerClass.filter((workerId, at) => workersPerClass.indexOf(workerId) !== at)).toEqual([])
  })
})
