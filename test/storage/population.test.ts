import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadPopulation } from '../../src/main/storage/population.ts'
import { openStore } from '../../src/main/storage/database.ts'
import type { Store } from '../../src/main/storage/database.ts'
import { prepare, weighGrant } from '../../src/main/core/signals/weigh.ts'
import { dateOf } from '../../src/main/core/signals/day.ts'
import { shippedWeights } from '../support/population-builder.ts'

let folder = ''
let store: Store

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-population-'))
  store = await openStore(join(folder, 'muster.db'), { mustExist: false })
  await fill(store)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const time = '2026-01-01T00:00:00.000Z'

/** One list of rights with two snapshots, one sign-in log, one HR file with two states. */
async function fill({ db }: Store): Promise<void> {
  const run = (id: number, source: number, asOf: string) => ({
    id, source_id: source, state: 'complete', as_of: asOf, started_at: time, actor: 'officer', query: 'file', rows_read: 0, imported: 0,
    rejected: 0,
    merged: 0, fields_dropped: 0, protected_columns: '[]', notes: '[]',
  })
  const snapshot = (id: number, source: number, asOf: string) => ({
    id, source_id: source, run_id: id, as_of: asOf, taken_at: time, accounts: 0, entitlements: 0, grants: 0, added: 0, removed: 0,
    content_hash: 'x',
  })
  const source = (id: number, kind: string) => ({ id, name: kind, kind, config: '{}', created_at: time })
  await db.insertInto('source').values([source(1, 'csv-entitlements'), source(2, 'hr'), source(3, 'csv-sign-ins')]).execute()
  await db.insertInto('run').values(
    [run(1, 1, '2026-01-31'), run(2, 2, '2026-01-31'), run(3, 1, '2026-03-31'), run(4, 2, '2026-03-31'), run(5, 3, '2026-03-31')],
  ).execute()
  await db.insertInto('snapshot').values(
    [snapshot(1, 1, '2026-01-31'), snapshot(2, 2, '2026-01-31'), snapshot(3, 1, '2026-03-31'), snapshot(4, 2, '2026-03-31')],
  ).execute()
  await db.insertInto('identity').values(['anna', 'bert'].map((name, at) => ({
    id: at + 1, origin: `hr:${name}`, kind: 'employee', display_name: name, email: `${name}@example.org`, email_key: `${name}@example.org`,
    employee_id: name,
    status: name === 'bert' ? 'gone' : 'active', department: 'Finance', title: 'Clerk',
  }))).execute()
  await db.insertInto('account').values(['anna', 'bert'].map((name, at) => ({
    id: at + 11, source_id: 1, native_id: name, native_key: name, kind: 'unknown', is_enabled: at === 0
      ? 1
      : null, identity_id: at + 1, link_reason: 'employee-id',
    from_snapshot: 1,
  }))).execute()
  await db.insertInto('entitlement').values(['PAY', 'APPROVE'].map((name, at) => ({
    id: at + 21, source_id: 1, native_id: name, name, application: 'ERP', privilege: at === 0
      ? 'none'
      : 'admin', risk: 'high', from_snapshot: 1,
  }))).execute()
  const grant = (id: number, account: number, entitlement: number, from: number, to: number | null) => ({
    id, source_id: 1, account_id: account, entitlement_id: entitlement, path: 'direct', from_snapshot: from, to_snapshot: to,
  })
  await db.insertInto('access_grant').values([grant(31, 11, 21, 1, null), grant(32, 12, 21, 1, 3), grant(33, 11, 22, 3, null)]).execute()
  await db.insertInto('usage').values([
    {
      source_id: 3, accounts_source: 0, account_key: 'anna@example.org', application: 'erp', month: '2026-02', successes: 2, failures: 0,
      days: 0b101, first_at: time,
    },
    {
      source_id: 3, accounts_source: 0, account_key: 'anna@example.org', application: 'ERP', month: '2026-04', successes: 1, failures: 0,
      days: 1, first_at: time,
    },
  ]).execute()
  await db.insertInto('usage_window').values(
    { run_id: 5, source_id: 3, accounts_source: 0, from_at: '2026-01-01T00:00:00.000Z', to_at: '2026-04-02T00:00:00.000Z' },
  ).execute()
  await db.insertInto('hr_event').values({
    source_id: 2, run_id: 4, employee_id: 'bert', kind: 'leaver', attribute: 'status', from_value: 'active', to_value: 'gone',
    effective_on: '2026-03-31',
    seen_as_of: '2026-03-31',
  }).execute()
  await db.insertInto('sod_rule').values(
    { id: 'pay-approve', name: 'Pay and approve', severity: 'high', description: '', reason: '', within: 'anywhere', compensating: null,
      left_side: '["pay"]', right_side: '["APPROVE"]' },
  ).execute()
}

describe('the store as a population', () => {
  it('reads back any past snapshot', async () => {
    expect([...(await loadPopulation(store, { asOf: '2026-01-31', snapshots: [1, 2] })).grants.id].sort()).toEqual([31, 32])
    expect([...(await loadPopulation(store, { asOf: '2026-03-31', snapshots: [3, 4] })).grants.id].sort()).toEqual([31, 33])
  })

  it('somebody who left later had not left then', async () => {
    const then = await loadPopulation(store, { asOf: '2026-01-31', snapshots: [1, 2] })
    const weighed = weighGrant(prepare(then, shippedWeights), then.grants.id.indexOf(32))
    expect(weighed.recommendation.rules).not.toContain('leaver-revoke')
  })

  it('dates a grant by its first snapshot only if there was one without it', async () => {
    const population = await loadPopulation(store, { asOf: '2026-03-31', snapshots: [3, 4] })
    const at = population.grants.id.indexOf(33)
    expect(dateOf(population.grants.granted[at] ?? 0)).toBe('2026-03-31')
    expect(population.grants.grantedInferred[at]).toBe(1)
    expect(population.grants.grantedInferred[population.grants.id.indexOf(31)]).toBe(0)
  })

  it('joins sign-ins by the e-mail of the person, ignores those after the day, and finds conflicts by native id', async () => {
    const population = await loadPopulation(store, { asOf: '2026-03-31', snapshots: [3, 4] })
    const { packet } = weighGrant(prepare(population, shippedWeights), population.grants.id.indexOf(31))
    expect(packet.signals.find((signal) => signal.kind === 'last-use')?.facts).toMatchObject({ lastUsed: '2026-02-03' })
    expect(
      packet.signals.find((signal) => signal.kind === 'sod-conflict')?.facts,
    ).toMatchObject({ otherEntitlement: 'APPROVE', otherEntitlementId: 22 })
  })

  it('knows the same twice from the same rows', async () => {
    const load = () => loadPopulation(store, { asOf: '2026-03-31', snapshots: [3, 4] })
    expect(await load()).toEqual(await load())
  })

  it('remembers signed-off answers and what ended without one, up to the day; a running campaign has left nothing unanswered yet', async () => {
    const { db } = store
    await db.insertInto('person').values({ id: 1, email: 'mia@example.org', display_name: 'Mia', roles: '[]' }).execute()
    const campaign = (id: number, state: string, asOf: string) => ({
      id, name: `C${id}`, state, spec: '{}', spec_hash: '', as_of: asOf, created_at: time, created_by: 'mia@example.org',
    })
    await db.insertInto('campaign').values(
      [campaign(1, 'sealed', '2026-01-31'), campaign(2, 'closed', '2026-02-28'), campaign(3, 'running', '2026-03-31'), campaign(4, 'sealed', '2026-06-30')],
    ).execute()
    const item = (id: number, campaignId: number) => ({
      id, campaign_id: campaignId, n: 1, grant_id: 31, account_id: 11, entitlement_id: 21, identity_id: 1, reviewer_id: 1, basis: 'manager', subject_name: 'Anna',
      subject_kind: 'employee', account_name: 'anna', source_name: 'ERP', application: 'ERP', entitlement_name: 'PAY', entitlement_native_id: 'PAY', privilege: 'none',
      risk: 'high', path: '', packet: '{}', packet_hash: '', advice: 'keep', confidence: 'low', score: 0, rules: '[]', is_flagged: 0, narrative: '{}', hide_advice: 0,
    })
    await db.insertInto('review_item').values([item(1, 1), item(2, 2), item(3, 3), item(4, 4)]).execute()
    const decision = (itemId: number, outcome: string, signedOff: number | null) => ({
      item_id: itemId, campaign_id: itemId, reviewer_id: 1, outcome, decided_by: 'mia@example.org', decided_at: `2026-0${itemId}-20T10:00:00.000Z`, advice_visible: 1,
      event_seq: itemId, signed_off_seq: signedOff,
    })
    await db.insertInto('decision').values([decision(1, 'keep-until', 9), decision(2, 'revoke', null), decision(3, 'revoke', null), decision(4, 'revoke', 9)]).execute()
    const population = await loadPopulation(store, { asOf: '2026-03-31', snapshots: [3, 4] })
    const { packet } = weighGrant(prepare(population, shippedWeights), population.grants.id.indexOf(31))
    expect(packet.signals.find((signal) => signal.kind === 'past-decision')?.facts).toEqual({ basis: 'same-grant', kept: 1, revoked: 0, latest: '2026-01-20' })
    expect(packet.signals.find((signal) => signal.kind === 'unreviewed-streak')?.facts).toEqual({ campaigns: 1, since: '2026-02-28' })
  })
})
