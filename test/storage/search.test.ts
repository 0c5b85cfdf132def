import { expect, test } from 'vitest'
import { holdersPage, undescribedPage } from '../../src/main/storage/entitlement-detail.ts'
import { personDetail } from '../../src/main/storage/person-detail.ts'
import { searchInventory, type SearchGroup } from '../../src/main/storage/search.ts'
import { confirmMatch } from '../../src/main/use-cases/confirm-match.ts'
import { describeEntitlement } from '../../src/main/use-cases/describe-entitlement.ts'
import { showEntitlement } from '../../src/main/use-cases/show-inventory.ts'
import { undoMatch } from '../../src/main/use-cases/undo-match.ts'
import { grant, hrPerson, officer, openBench, people, type Bench } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const day = '2026-01-31'

async function workspace(): Promise<Bench> {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr', { holdBelowShare: 0 })
  await bench.add('ad', 'csv-entitlements', { holdBelowShare: 0 })
  return bench
}

const find = (bench: Bench, text: string, page: { from?: number; limit?: number; of?: SearchGroup } = {}) =>
  searchInventory(bench.context.store.db, { text, from: 0, limit: 50, of: 'all', ...page })
const names = async (bench: Bench, text: string): Promise<readonly string[]> => (await find(bench, text)).identities.map(({ displayName }) => displayName)

test('three letters are found anywhere, whatever their case and accents; what begins with them comes first', async () => {
  const bench = await workspace()
  await bench.sync('hr', day, people(
    hrPerson('E1', { displayName: 'Jörg Müller', email: 'j.mueller@x.example' }), hrPerson('E2', { displayName: 'Anna Hermueller' }),
    hrPerson('E3', { displayName: 'Mulligan, Una' }), hrPerson('E4', { displayName: 'ÅSA Öberg' }),
  ))
  expect(await names(bench, 'MULL')).toEqual(['Mulligan, Una', 'Jörg Müller'])
  expect(await names(bench, 'mueller')).toEqual(['Anna Hermueller', 'Jörg Müller'])
  expect(await names(bench, 'åsa')).toEqual(['ÅSA Öberg'])
  expect(await names(bench, 'oberg')).toEqual(['ÅSA Öberg'])
})

test('every word counts, in any order, short ones too', async () => {
  const bench = await workspace()
  await bench.sync('hr', day, people(hrPerson('E1', { displayName: 'Brandt, Helena' }), hrPerson('E2', { displayName: 'Brandt, Otto' }), hrPerson('E3', { displayName: 'Helena Xu' })))
  expect(await names(bench, 'helena brandt')).toEqual(['Brandt, Helena'])
  expect(await names(bench, 'helena xu')).toEqual(['Helena Xu'])
  expect(await names(bench, 'he')).toEqual(['Helena Xu'])
})

test('signs of a query language are only text', async () => {
  const bench = await workspace()
  await bench.sync('hr', day, people(hrPerson('E1', { displayName: 'Ann "The* Boss" O\'Neil' })))
  for (const text of ['"', '*', 'the*', '"the', 'NEAR(', 'text:ann', 'ann OR zoe', '100%', 'a_n', '\\', 'ann NOT']) await find(bench, text)
  expect(await names(bench, '"The*')).toEqual(['Ann "The* Boss" O\'Neil'])
  expect(await names(bench, 'ann OR zoe')).toEqual([])
  expect(await names(bench, '%')).toEqual([])
})

test('a renamed right is found by its new name only, a removed one not at all, and one that came back again', async () => {
  const bench = await workspace()
  const list = (...rows: readonly (readonly [string, string])[]) => ({ batches: [{ of: 'grants' as const, records: rows.map(([id, name], at) => grant(at + 2, 'u1', id, { entitlementName: name })) }] })
  const rights = async (text: string): Promise<readonly string[]> => (await find(bench, text)).entitlements.map(({ name }) => name)
  await bench.sync('ad', day, list(['g1', 'Payroll approvers'], ['g2', 'Payroll readers']))
  expect(await rights('payroll')).toEqual(['Payroll approvers', 'Payroll readers'])
  await bench.sync('ad', '2026-02-28', list(['g1', 'Salary approvers']))
  expect(await rights('payroll')).toEqual([])
  expect(await rights('salary')).toEqual(['Salary approvers'])
  await bench.sync('ad', '2026-03-31', list(['g1', 'Salary approvers'], ['g2', 'Payroll readers']))
  expect(await rights('payroll')).toEqual(['Payroll readers'])
})

test('pages of one group fit together, first what begins with the text, and say whether more follows', async () => {
  const bench = await workspace()
  const all = Array.from({ length: 23 }, (_, at) => hrPerson(`E${at}`, { displayName: at % 2 === 0 ? `Zoe ${String(at).padStart(2, '0')}` : `Adam Zoellner ${String(at).padStart(2, '0')}` }))
  await bench.sync('hr', day, people(...all))
  const whole = (await find(bench, 'zoe', { of: 'identities', limit: 100 })).identities.map(({ displayName }) => displayName)
  expect(whole).toEqual([...all.filter((_, at) => at % 2 === 0), ...all.filter((_, at) => at % 2 === 1)].map(({ displayName }) => displayName))
  for (const limit of [1, 4, 5, 11, 12, 13]) {
    const pages: string[] = []
    for (let from = 0; ; from += limit) {
      const { identities, more } = await find(bench, 'zoe', { of: 'identities', from, limit })
      pages.push(...identities.map(({ displayName }) => displayName))
      expect(more.identities).toBe(pages.length < whole.length)
      if (!more.identities) break
    }
    expect(pages).toEqual(whole)
  }
})

test('an entitlement is described by the officer until its source does, through every sync in between', async () => {
  const bench = await workspace()
  const list = (description?: string) => ({ batches: [{ of: 'grants' as const, records: [grant(2, 'u1', 'g1', description === undefined ? {} : { description })] }] })
  await bench.sync('ad', '2026-01-31', list())
  const missing = await undescribedPage(bench.context.store.db, { from: 0, limit: 10 })
  expect(missing).toMatchObject({ total: 1, entitlements: [{ nativeId: 'g1', holders: 1 }] })
  const entitlementId = missing.entitlements[0]?.id ?? 0
  await describeEntitlement(bench.context, officer, { entitlementId, description: 'May release payments' })
  await bench.sync('ad', '2026-02-28', list())
  expect(await showEntitlement(bench.context, entitlementId)).toMatchObject({ entitlement: { description: 'May release payments' }, described: { by: officer.email } })
  expect((await find(bench, 'release')).entitlements).toHaveLength(1)
  await bench.sync('ad', '2026-03-31', list('Releases payments'))
  expect(await showEntitlement(bench.context, entitlementId)).toMatchObject({ entitlement: { description: 'Releases payments' }, described: null })
  await expect(describeEntitlement(bench.context, officer, { entitlementId, description: 'x' })).rejects.toThrow(/describes “g1” itself/)
  await bench.sync('ad', '2026-04-30', list())
  expect(await showEntitlement(bench.context, entitlementId)).toMatchObject({ entitlement: { description: 'May release payments' } })
  await describeEntitlement(bench.context, officer, { entitlementId, description: null })
  expect((await undescribedPage(bench.context.store.db, { from: 0, limit: 10 })).total).toBe(1)
})

test('a confirmed match can be taken back, once, and the log keeps both', async () => {
  const bench = await workspace()
  await bench.sync('hr', day, people(hrPerson('E1', { displayName: 'Jörg Müller' })))
  await bench.sync('ad', day, { batches: [{ of: 'grants', records: [grant(2, 'x1', 'A')] }] })
  await confirmMatch(bench.context, officer, { accountId: 1, identityId: 1 })
  expect((await personDetail(bench.context.store.db, 1))?.accounts).toMatchObject([{ nativeId: 'x1', confirmed: { by: officer.email } }])
  expect(await undoMatch(bench.context, officer, { accountId: 1 })).toMatchObject({ identityId: null, linkReason: 'no-candidate' })
  await expect(undoMatch(bench.context, officer, { accountId: 1 })).rejects.toThrow(/nothing to take back/)
  const kinds = bench.context.store.sqlite.prepare(`SELECT kind FROM evidence_event WHERE kind LIKE 'match-%' ORDER BY seq`).pluck().all()
  expect(kinds).toEqual(['match-confirmed', 'match-undone'])
})

test('holders come by name with their way to the right resolved to names, and can be searched', async () => {
  const bench = await workspace()
  await bench.sync('hr', day, people(hrPerson('E1', { displayName: 'Zoe Zander', email: 'z@x.example' }), hrPerson('E2', { displayName: 'Adam Abt', email: 'a@x.example' })))
  await bench.sync('ad', day, { batches: [{ of: 'grants', records: [
    grant(2, 'z@x.example', 'g1', { path: 'via g2 > Somewhere' }), grant(3, 'a@x.example', 'g1'), grant(4, 'svc-pay', 'g1'), grant(5, 'svc-pay', 'g2', { entitlementName: 'Finance' }),
  ] }] })
  const id = (await find(bench, 'g1')).entitlements[0]?.id ?? 0
  const page = (text: string) => holdersPage(bench.context.store.db, { entitlementId: id, text, from: 0, limit: 10 })
  const shown = async (text: string) => (await page(text)).holders.map(({ identity, account }) => identity?.displayName ?? account.nativeId)
  expect(await shown('')).toEqual(['Adam Abt', 'svc-pay', 'Zoe Zander'])
  expect((await page('')).holders.at(-1)?.via).toEqual(['Finance', 'Somewhere'])
  expect(await shown('zander')).toEqual(['Zoe Zander'])
  expect(await shown('sv')).toEqual(['svc-pay'])
})
