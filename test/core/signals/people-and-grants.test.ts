import { describe, expect, it } from 'vitest'
import type { Signal, SignalKind, SignalOf } from '../../../src/shared/model/signal.ts'
import { organisation } from '../../support/population-builder.ts'
import type { GrantSpec, PersonSpec, RightSpec } from '../../support/population-builder.ts'

function find<K extends SignalKind>({ packet }: { packet: { signals: readonly Signal[] } }, kind: K): SignalOf<K> | undefined {
  return packet.signals.find((signal): signal is SignalOf<K> => signal.kind === kind)
}
const one = (
  person: PersonSpec, right: RightSpec = {}, grant: GrantSpec = {}
) => organisation().person('anna', person).right('PAY', right).grant('anna', 'PAY', grant)

describe('leavers', () => {
  it.each<[string, PersonSpec, object | undefined]>([
    ['inactive with a last day', { status: 'inactive', terminationDate: '2026-05-01' }, { how: 'status', on: '2026-05-01', days: 60 }],
    ['inactive since nobody knows when', { status: 'inactive' }, { how: 'status', on: '2026-06-30', days: 0 }],
    ['missing from HR', { status: 'gone' }, { how: 'disappeared', on: '2026-06-30', days: 0 }],
    ['active after the last day', { status: 'active', terminationDate: '2026-06-01' }, { how: 'status', on: '2026-06-01', days: 29 }],
    [
      'a guest whose stay ended', {
        kind: 'guest', status: 'unknown', terminationDate: '2026-06-01',
      }, { how: 'status', on: '2026-06-01', days: 29 },
    ],
    ['active with a last day ahead', { status: 'active', terminationDate: '2026-08-01' }, undefined],
    ['back after an earlier last day', { status: 'active', terminationDate: '2024-06-01', hireDate: '2025-01-01' }, undefined],
    ['on leave', { status: 'on-leave' }, undefined],
  ])('%s', (_, person, facts) => {
    const weighed = one(person).weigh('anna', 'PAY')
    expect(find(weighed, 'leaver')?.facts).toEqual(facts)
    expect(weighed.recommendation.action === 'revoke').toBe(facts !== undefined)
  })

  it('an event dates the departure', () => {
    const org = one({ status: 'gone' }).event(
      'anna', { kind: 'leaver', attribute: 'status', from: 'active', to: 'gone', effectiveOn: '2026-04-30' },
    )
    expect(find(org.weigh('anna', 'PAY'), 'leaver')).toMatchObject({ facts: { on: '2026-04-30', days: 61 }, quality: 'observed' })
  })

  it('who leaves after the as-of date is taken back to what they were', () => {
    const org = one({ status: 'gone' }).event(
      'anna', { kind: 'leaver', attribute: 'status', from: 'active', to: 'gone', effectiveOn: '2026-07-31' },
    )
    expect(find(org.weigh('anna', 'PAY'), 'leaver')).toBeUndefined()
  })

  it('what HR had told by then counts although its date lies ahead', () => {
    const org = one({ status: 'inactive' }).event(
      'anna', { kind: 'leaver', attribute: 'status', from: 'active', to: 'inactive', effectiveOn: '2026-07-31', seenAsOf: '2026-06-15' },
    )
    expect(find(org.weigh('anna', 'PAY'), 'leaver')?.facts).toMatchObject({ on: '2026-06-15' })
  })
})

describe('accounts', () => {
  it.each(['no-candidate', 'two-candidates'] as const)('an orphan (%s) is revoked', (orphan) => {
    const weighed = one({ orphan, kind: 'employee' }).weigh('anna', 'PAY')
    expect(find(weighed, 'orphan-account')?.facts.reason).toBe(orphan)
    expect(weighed.recommendation).toMatchObject({ action: 'revoke', rules: ['orphan-revoke'] })
    expect(weighed.packet.subject.identityId).toBeNull()
  })

  it.each<[string, PersonSpec]>([
    ['a service', { kind: 'service' }], ['a shared login', { kind: 'shared' }], [
      'a service nobody owns', { kind: 'service', orphan: 'no-candidate' },
    ],
    ['a service linked to somebody who left', { kind: 'employee', accountKind: 'service', status: 'gone' }],
  ])('%s is never judged as a person and never revoked', (_, person) => {
    const weighed = one(person, { privilege: 'admin', risk: 'critical' }, { expiresAt: '2025-01-01' }).weigh('anna', 'PAY')
    expect(weighed.recommendation).toMatchObject({ action: 'look-closer', rules: ['protected-look-closer'] })
    for (
      const kind of ['leaver', 'orphan-account', 'peer-prevalence', 'no-peer-group', 'mover'] as const
    ) expect(find(weighed, kind)).toBeUndefined()
  })

  it('disabled accounts and outsiders are named', () => {
    const weighed = one({ kind: 'guest', isEnabled: false }).weigh('anna', 'PAY')
    expect(find(weighed, 'account-disabled')).toBeDefined()
    expect(find(weighed, 'outsider')?.facts.kind).toBe('guest')
  })
})

describe('movers', () => {
  const move = { kind: 'mover', attribute: 'department', from: 'Finance', to: 'Sales', effectiveOn: '2026-02-01' } as const
  const company = (grant: GrantSpec = {}) => organisation().person('anna', { department: 'Sales' }).people(
    'f', 8, { department: 'Finance' },
  ).people('s', 8, { department: 'Sales' })
    .grantAll('f', 8, 'PAY').grantAll('s', 8, 'SELL').grant('anna', 'PAY', grant).event('anna', move)

  it('a right usual in the old department and unusual in the new one is left over', () => {
    const weighed = company().weigh('anna', 'PAY')
    expect(find(weighed, 'mover')).toMatchObject(
      { facts: { from: 'Finance', to: 'Sales', oldPeersPercent: 100, newPeersPercent: 0, days: 149 }, quality: 'observed' },
    )
    expect(weighed.recommendation.action).toBe('revoke')
  })

  it('a right given after the move has nothing to do with it', () => {
    expect(find(company({ grantedAt: '2026-03-01' }).weigh('anna', 'PAY'), 'mover')).toBeUndefined()
  })

  it('not knowing when it was given is said, not assumed', () => {
    expect(find(company({ grantedAt: null }).weigh('anna', 'PAY'), 'mover')?.quality).toBe('inferred')
    expect(find(company({ grantedAt: null, firstSeen: '2026-03-01' }).weigh('anna', 'PAY'), 'mover')).toBeUndefined()
  })

  it('a right usual in the new job weighs nothing', () => {
    expect(find(company().grant('anna', 'SELL').weigh('anna', 'SELL'), 'mover')?.weight).toBe(0)
  })

  it('moved away and back is no move', () => {
    const org = company().event('anna', { ...move, from: 'Sales', to: 'Finance', effectiveOn: '2026-01-01' })
    expect(find(org.weigh('anna', 'PAY'), 'mover')?.facts.from).toBe('Finance')
  })

  it('several changes on one day are told once', () => {
    const org = company().event('anna', { ...move, attribute: 'title', from: 'Clerk', to: 'Agent' }).event(
      'anna', { kind: 'manager-change', attribute: 'manager', from: 'f1', to: 's1', effectiveOn: '2026-02-01' },
    )
    const kinds = org.weigh('anna', 'PAY').packet.signals.map((signal) => signal.kind)
    expect(kinds.filter((kind) => kind === 'mover' || kind === 'manager-change')).toEqual(['mover', 'manager-change'])
  })
})

describe('the grant and the right', () => {
  it.each<[SignalKind, RightSpec, GrantSpec, object]>([
    ['privilege', { privilege: 'admin' }, {}, { privilege: 'admin' }],
    ['risk', { risk: 'critical' }, {}, { risk: 'critical' }],
    ['new-grant', {}, { grantedAt: '2026-06-20' }, { since: '2026-06-20', days: 10 }],
    ['grant-age', {}, { grantedAt: '2020-06-30' }, { since: '2020-06-30', days: 2191 }],
    ['grant-path', {}, { path: 'via Finance > AP' }, { path: 'via Finance > AP', isDirect: false }],
    ['expiring', {}, { expiresAt: '2026-06-20' }, { on: '2026-06-20', days: 10, isPast: true }],
    ['expiring', {}, { expiresAt: '2026-07-10' }, { on: '2026-07-10', days: 10, isPast: false }],
    ['data-gap', {}, { grantedAt: null }, { about: 'usage', knownSince: null, days: null }],
  ])('%s', (kind, right, grant, facts) => { expect(find(one({}, right, grant).weigh('anna', 'PAY'), kind)?.facts).toEqual(facts) })

  it('signals are numbered in order and the direction is the sign of the weight', () => {
    const { signals } = one(
      { kind: 'guest', isEnabled: false }, { privilege: 'admin', risk: 'high' }, { path: 'via X' },
    ).weigh('anna', 'PAY').packet
    expect(signals.map((signal) => signal.id)).toEqual(signals.map((_, at) => `E${at + 1}`))
    for (const signal of signals) expect(signal.direction).toBe(signal.weight > 0 ? 'keep' : signal.weight < 0 ? 'revoke' : 'none')
  })
})
