import { describe, expect, it } from 'vitest'
import { csvEntitlements } from '../../../src/main/connectors/csv/entitlements.ts'
import { fixture, grantsMapping } from '../fixtures.ts'
import { inputFolder, mappingOf, readAll, unaccounted } from '../reading.ts'

const folder = inputFolder()

describe('a list of grants', () => {
  it('is read row by row, with a row about an account that holds nothing', async () => {
    const reading = await readAll(csvEntitlements, fixture('grants.csv'), grantsMapping)
    expect(reading.grants.map(({ row, account, entitlement }) => [row, account, entitlement])).toEqual([
      [2, 'ada', 'GL-READ'], [3, 'ada', 'GL-POST'], [5, 'ben', 'GL-ADMIN'], [8, 'emil', 'GL-READ'], [11, 'gus', 'GL-READ'],
    ])
    expect(reading.grants[2]).toMatchObject({
      privilege: 'admin', risk: 'critical', path: 'direct', grantedAt: '2022-03-15', expiresAt: null, lastUsed: '2024-05-01',
    })
    expect(reading.accounts.map(({ account }) => account)).toEqual(['ben'])
    expect(unaccounted(reading)).toBe(0)
  })

  it('rejects a row with an empty entitlement that says something of one', async () => {
    const text = 'account,entitlement,granted\na,,\nb,,2024-01-15\n'
    const mapping = mappingOf({ account: 'account', entitlement: 'entitlement', grantedAt: 'granted' })
    const reading = await readAll(csvEntitlements, folder.write(text), mapping)
    expect(reading.accounts).toMatchObject([{ account: 'a' }])
    expect(reading.rejects).toMatchObject([{ row: 3, code: 'missing-required', column: 'entitlement' }])
  })

  it('fills fields without column from the mapping’s constants', async () => {
    const mapping = mappingOf({ account: 'user' }, { constants: { entitlement: 'VPN', application: 'Network', risk: 'high' } })
    const reading = await readAll(csvEntitlements, folder.write('user,mail\na,x\n'), mapping)
    expect(reading.grants).toMatchObject([{ account: 'a', entitlement: 'VPN', application: 'Network', risk: 'high' }])
  })

  it('leaves out a cell that is too long, and the row where it is the key', async () => {
    const long = 'x'.repeat(4_001)
    const text = `account,entitlement,description\na,x,${long}\nb,${long},fine\n`
    const reading = await readAll(csvEntitlements, folder.write(text), mappingOf({
      account: 'account', entitlement: 'entitlement', entitlementDescription: 'description',
    }))
    expect(reading.grants).toMatchObject([{ account: 'a', description: null }])
    expect(reading.rejects).toMatchObject([
      { row: 2, code: 'too-long', effect: 'field-dropped' }, { row: 3, code: 'too-long', effect: 'row-rejected' },
    ])
    for (const reject of reading.rejects) expect(reject.raw.length).toBeLessThanOrEqual(2_000)
  })
})

describe('a membership column', () => {
  const mapping = mappingOf({ account: 'login', entitlement: 'groups' }, { splitEntitlementsAt: ';' })
  const read = (text: string) => readAll(csvEntitlements, folder.write(text), mapping)

  it('gives one grant per name, counts rows as rows, and keeps accounts without any', async () => {
    const reading = await read('login,groups\na,Sales; Finance ;;Sales\nb,\nc,IT\n')
    expect(reading.grants.map(({ row, account, entitlement }) => [row, account, entitlement]))
      .toEqual([[2, 'a', 'Sales'], [2, 'a', 'Finance'], [4, 'c', 'IT']])
    expect(reading.accounts).toMatchObject([{ account: 'b' }])
    expect(reading).toMatchObject({ rowsRead: 3, rowsTaken: 3, rejects: [] })
  })

  it('may be long, as memberships of many groups are', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `CN=Group ${index},OU=Groups`)
    const reading = await read(`login,groups\na,"${names.join(';')}"\n`)
    expect(reading.grants.map((grant) => grant.entitlement)).toEqual(names)
  })

  it('is guessed from its name and its cells', async () => {
    const path = folder.write('user_id,email,role,projects\na,a@x,Clerk,P1;P2\nb,b@x,Clerk,\n')
    expect((await csvEntitlements.preview(path, null, 5)).guess).toMatchObject({
      columns: { account: 'user_id', entitlement: 'projects', email: 'email' }, splitEntitlementsAt: ';',
    })
  })
})
