import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvEntitlements } from '../../src/main/connectors/csv/entitlements.ts'
import { hr } from '../../src/main/connectors/hr/hr.ts'
import { mappingOf, readAll, refused, unaccounted } from './reading.ts'

// Published data sets that are not ours to ship; MUSTER_DATA names the folder they lie in.
const data = process.env['MUSTER_DATA'] ?? ''
const isThere = data !== '' && existsSync(join(data, 'cert-ldap'))
const why = 'trial runs skipped: MUSTER_DATA does not name a folder with cert-ldap, hr and role-mining'
if (!isThere) process.stdout.write(`${why}\n`)

describe.skipIf(!isThere)('published data', () => {
  const months = [
    ['2009-12', 2000, 402], ['2010-01', 2000, 366], ['2010-02', 1987, 403], ['2010-03', 1975, 377], ['2010-04', 1964, 445],
    ['2010-05', 1958, 421],
  ] as const

  it.each(months)('staff list of %s: %i people, each manager found by name, %i project grants', async (month, people, grants) => {
    const path = join(data, 'cert-ldap', `${month}.csv`)
    const { guess } = await hr.preview(path, null, 1)
    expect(guess.columns).toMatchObject({
      employeeId: 'user_id', fullName: 'employee_name', managerName: 'supervisor', division: 'business_unit',
    })
    const staff = await readAll(hr, path, guess)
    expect(staff).toMatchObject({ rowsRead: people, rowsTaken: people, rejects: [], end: { isCutOff: false, merged: 0 } })
    expect(staff.people.filter((person) => person.managerEmployeeId === null)).toHaveLength(1)
    const projects = mappingOf({ account: 'user_id', entitlement: 'projects', email: 'email' }, { splitEntitlementsAt: ';' })
    const held = await readAll(csvEntitlements, path, projects)
    expect(held.grants).toHaveLength(grants)
    expect(held).toMatchObject({ rowsRead: people, rowsTaken: people, rejects: [] })
    expect(new Set([...held.grants, ...held.accounts].map((one) => one.account)).size).toBe(people)
  })

  it('sample HR export: 376 repeated ids refused one by one, 230 unknown managers named', async () => {
    const path = join(data, 'hr', 'csv-with-1000-records.csv')
    const { guess } = await hr.preview(path, null, 1)
    const reading = await readAll(hr, path, guess)
    expect(reading).toMatchObject({ rowsRead: 1000, rowsTaken: 624 })
    expect(refused(reading)).toHaveLength(376)
    expect(refused(reading).every((reject) => reject.code === 'duplicate-id')).toBe(true)
    expect(reading.rejects.filter((reject) => reject.code === 'dangling-manager')).toHaveLength(231)
    const unknown = new Set(reading.rejects.flatMap((reject) => /The manager “(\d+)” is not in this file/.exec(reject.reason)?.[1] ?? []))
    expect(unknown.size).toBe(230)
    expect(reading.end.notes).toEqual(['230 different managers are named who are not in the file.'])
    expect(reading.end.protectedColumns).toEqual(['GenderPronoun'])
    expect(JSON.stringify(reading)).not.toMatch(/(HE|SHE|THEY)\/(HIM|HER|THEM)/)
    const ids = new Set(reading.people.map((person) => person.employeeId))
    expect(reading.people.every((person) => person.managerEmployeeId === null || ids.has(person.managerEmployeeId))).toBe(true)
    expect(unaccounted(reading)).toBe(0)
  })

  const matrices = [['americas_small', 105_205], ['fire1', 31_951], ['hc', 1_486], ['domino', 730]] as const

  it.each(matrices)('%s: all %i grants', async (name, count) => {
    const path = join(data, 'role-mining', `${name}.txt`)
    const { guess } = await csvEntitlements.preview(path, null, 1)
    const reading = await readAll(csvEntitlements, path, guess)
    expect(reading).toMatchObject({ rowsRead: count, rowsTaken: count, rejects: [] })
    expect(new Set(reading.grants.map((grant) => `${grant.account} ${grant.entitlement}`)).size).toBe(count)
  })
})
