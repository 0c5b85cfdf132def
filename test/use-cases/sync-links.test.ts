import { expect, test } from 'vitest'
import type { GrantRecord } from '../../src/main/connectors/connector.ts'
import { personDetail } from '../../src/main/storage/person-detail.ts'
import { searchInventory } from '../../src/main/storage/search.ts'
import { confirmMatch } from '../../src/main/use-cases/confirm-match.ts'
import { listOrphans } from '../../src/main/use-cases/list-orphans.ts'
import { removeSource } from '../../src/main/use-cases/remove-source.ts'
import { grant, hrPerson, officer, openBench, people, type Bench } from '../support/sync-bench.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const list = (...accounts: readonly (readonly [account: string, more?: Partial<GrantRecord>])[]) => ({
  batches: [{ of: 'grants' as const, records: accounts.map(([account, more], index) => grant(index + 2, account, 'A', more)) }],
})

function links(bench: Bench): Record<string, string> {
  const rows = bench.context.store.sqlite
    .prepare<[], { account: string; origin: string | null; reason: string }>(
      `SELECT s.name || '/' || a.native_id AS account, i.origin, a.link_reason AS reason FROM account a JOIN source s ON s.id = a.source_id
       LEFT JOIN identity i ON i.id = a.identity_id ORDER BY 1`,
    )
    .all()
  return Object.fromEntries(rows.map(({ account, origin, reason }) => [account, `${origin ?? '-'} ${reason}`]))
}

async function workspace(): Promise<Bench> {
  const bench = await openBench(await temporaryFolder())
  await bench.add('hr', 'hr', { holdBelowShare: 0 })
  await bench.add('ad', 'csv-entitlements')
  await bench.add('erp', 'csv-entitlements')
  return bench
}

test('links go by employee id, then e-mail, then login name, each with its reason; the rest is an orphan', async () => {
  const bench = await workspace()
  await bench.sync('hr', '2026-01-31', people(
    hrPerson('E1', { email: 'ann@x.example' }), hrPerson('E2', { email: 'bob@x.example' }), hrPerson('E3', { email: 'twin@x.example' }),
    hrPerson('E4', { email: 'Twin@X.example' }),
  ))
  await bench.sync('ad', '2026-01-31', list(
    ['u1', { employeeId: ' e1 ', email: 'bob@x.example' }], ['u2', { email: 'BOB@X.example', employeeId: 'unknown' }], ['bob@x.example'], ['e2'],
    ['u3', { email: 'twin@x.example' }], ['u4', { email: 'nobody@x.example' }], ['svc', { accountKind: 'service', email: 'ann@x.example' }],
    ['ext', { accountKind: 'contractor', email: 'ext@y.example' }], ['con', { accountKind: 'contractor', employeeId: 'E2' }],
  ))
  expect(links(bench)).toEqual({
    'ad/u1': 'hr:E1 employee-id', 'ad/u2': 'hr:E2 email', 'ad/bob@x.example': 'hr:E2 login-name', 'ad/e2': 'hr:E2 login-name',
    'ad/u3': '- two-candidates', 'ad/u4': '- no-candidate', 'ad/svc': 'account:2:svc account-itself', 'ad/ext': 'account:2:ext account-itself',
    'ad/con': 'hr:E2 employee-id',
  })
})

test('without any HR list every account stands for itself, and a later HR list takes the people over', async () => {
  const bench = await workspace()
  await bench.sync('ad', '2026-01-31', list(['u1', { email: 'ann@x.example' }], ['u2', { email: 'out@y.example', accountKind: 'guest' }], ['u3']))
  await bench.sync('erp', '2026-01-31', list(['ANN', { email: 'Ann@x.example' }], ['OUT', { email: 'out@y.example' }], ['u3']))
  expect(links(bench)).toEqual({
    'ad/u1': 'account:2:u1 account-itself', 'ad/u2': 'account:2:u2 account-itself', 'ad/u3': 'account:2:u3 account-itself',
    'erp/ANN': 'account:2:u1 email', 'erp/OUT': 'account:2:u2 email', 'erp/u3': 'account:3:u3 account-itself',
  })
  await bench.sync('hr', '2026-01-31', people(hrPerson('E1', { email: 'ann@x.example' })))
  expect(links(bench)).toEqual({
    'ad/u1': 'hr:E1 email', 'ad/u2': 'account:2:u2 account-itself', 'ad/u3': '- no-candidate',
    'erp/ANN': 'hr:E1 email', 'erp/OUT': 'account:2:u2 email', 'erp/u3': '- no-candidate',
  })
  const found = await searchInventory(bench.context.store.db, { text: '', of: 'all', from: 0, limit: 100 })
  expect(found.identities.map(({ displayName }) => displayName)).toEqual(['Person E1', 'u2'])
})

test('a local account is linked to the guest of the same address whichever source was read first', async () => {
  const bench = await workspace()
  await bench.sync('hr', '2026-01-31', people(hrPerson('E1')))
  await bench.sync('erp', '2026-01-31', list(['OUT', { email: 'out@y.example' }]))
  expect(links(bench)).toEqual({ 'erp/OUT': '- no-candidate' })
  await bench.sync('ad', '2026-01-31', list(['guest', { email: 'Out@Y.example', accountKind: 'guest', accountName: 'Otto Out' }]))
  expect(links(bench)).toEqual({ 'ad/guest': 'account:2:guest account-itself', 'erp/OUT': 'account:2:guest email' })
})

test('a leaver keeps their accounts, so that what they still hold is seen', async () => {
  const bench = await workspace()
  await bench.sync('hr', '2026-01-31', people(hrPerson('E1', { email: 'ann@x.example' }), hrPerson('E2')))
  await bench.sync('ad', '2026-01-31', list(['u1', { email: 'ann@x.example' }]))
  await bench.sync('hr', '2026-02-28', people(hrPerson('E2')))
  expect(links(bench)).toEqual({ 'ad/u1': 'hr:E1 email' })
  const detail = await personDetail(bench.context.store.db, 1)
  expect(detail).toMatchObject({ identity: { status: 'gone' }, accounts: [{ nativeId: 'u1' }], access: [{ source: 'ad', path: 'direct' }], history: [{ kind: 'leaver' }] })
})

test('near names are suggested, never applied; the officer\'s word links and outlives the next sync', async () => {
  const bench = await workspace()
  await bench.sync('hr', '2026-01-31', people(hrPerson('E1', { displayName: 'Jörg Müller' }), hrPerson('E2', { displayName: 'Anna Schmidt' })))
  await bench.sync('ad', '2026-01-31', list(['x1', { accountName: 'Mueller, Jorg' }], ['jmuller'], ['x3', { accountName: 'Schmidt, Anna' }]))
  expect(Object.values(links(bench))).toEqual(Array(3).fill('- no-candidate'))
  const { total, accounts } = await listOrphans(bench.context, { from: 0, limit: 10 })
  expect(total).toBe(3)
  const suggested = Object.fromEntries(accounts.map(({ nativeId, suggestions }) => [nativeId, suggestions.map(({ displayName }) => displayName)]))
  expect(suggested).toEqual({ x1: ['Jörg Müller'], jmuller: ['Jörg Müller'], x3: ['Anna Schmidt'] })
  const account = accounts.find(({ nativeId }) => nativeId === 'x1')
  const linked = await confirmMatch(bench.context, officer, { accountId: account?.id ?? 0, identityId: 1 })
  expect(linked).toMatchObject({ identityId: 1, linkReason: 'confirmed' })
  await bench.sync('ad', '2026-02-28', list(['x1', { accountName: 'Renamed' }], ['jmuller'], ['x3']))
  expect(links(bench)['ad/x1']).toBe('hr:E1 confirmed')
  const events = bench.context.store.sqlite.prepare(`SELECT line FROM evidence_event WHERE kind = 'match-confirmed'`).all()
  expect(JSON.stringify(events)).toContain('E1')
})

test('two candidates are a question the officer can answer', async () => {
  const bench = await workspace()
  await bench.sync('hr', '2026-01-31', people(hrPerson('E1', { email: 'a@x.example' }), hrPerson('E2', { email: 'a@x.example' }), hrPerson('E3', { email: 'c@x.example' })))
  await bench.sync('ad', '2026-01-31', list(['u1', { email: 'a@x.example' }], ['u2', { email: 'c@x.example' }]))
  await confirmMatch(bench.context, officer, { accountId: 1, identityId: 2 })
  expect(links(bench)['ad/u1']).toBe('hr:E2 confirmed')
  await expect(confirmMatch(bench.context, officer, { accountId: 2, identityId: 1 })).rejects.toThrow(/belongs to somebody else/)
  expect(links(bench)['ad/u2']).toBe('hr:E3 email')
  expect(bench.context.store.sqlite.prepare('SELECT count(*) AS n FROM confirmed_match').get()).toEqual({ n: 1 })
})

test('removing a source ends its access and keeps its history; removing HR makes nobody a leaver', async () => {
  const bench = await workspace()
  await bench.sync('hr', '2026-01-31', people(hrPerson('E1')))
  await bench.sync('ad', '2026-01-31', list(['e1'], ['other']))
  await removeSource(bench.context, officer, { source: 'ad' })
  await removeSource(bench.context, officer, { source: 'hr' })
  const { sqlite } = bench.context.store
  expect(sqlite.prepare('SELECT count(*) AS n FROM access_grant WHERE to_snapshot IS NULL').get()).toEqual({ n: 0 })
  expect(sqlite.prepare('SELECT accounts, grants, removed FROM snapshot ORDER BY id DESC').get()).toEqual({ accounts: 0, grants: 0, removed: 2 })
  expect(sqlite.prepare('SELECT status FROM identity').get()).toEqual({ status: 'active' })
  await bench.add('ad', 'csv-entitlements')
})
