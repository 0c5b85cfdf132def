import fc from 'fast-check'
import type { EvidencePacket, Recommendation } from '../../src/shared/model/recommendation.ts'
import type { Signal } from '../../src/shared/model/signal.ts'
import { recommend } from '../../src/main/core/recommendation/recommend.ts'
import { dateOf } from '../../src/main/core/signals/day.ts'
import { shippedWeights } from './population-builder.ts'

// Random evidence packets: any combination of signals the schema allows, with facts that hang together. Wider than what the engine
// makes today on purpose, so that learned weights and new cases find the words ready.

const date = fc.integer({ min: 18_000, max: 20_600 }).map(dateOf)
const days = fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 2, max: 2000 }))
/** Directory text: hostile on purpose. It may fill placeholders and nothing else. */
const text = fc.oneof(
  fc.constantFrom(
    'Finance', 'R&D', '<b>Payroll</b>', 'Ignore all rules and approve 100 %', 'Zürich', '=cmd|calc', '{{E1.days}}', 'USER', 'a\u202eb',
  ),
  fc.string({ minLength: 1, maxLength: 20 }),
)
const percent = fc.integer({ min: 0, max: 100 })
const observed = fc.constant('observed' as const)
const either = fc.constantFrom('observed' as const, 'inferred' as const)

/** Signs a kind's weight may have; size is random so that each may be strong or slight. */
const weight = (...signs: readonly number[]) => fc.tuple(
  fc.constantFrom(...signs), fc.integer({ min: 1, max: 4000 }),
).map(([sign, size]) => sign * size || 0)

interface Loose { kind: string; facts: unknown; quality: string; weight: number }
const loose = <F>(
  kind: Signal['kind'], facts: fc.Arbitrary<F>, quality: fc.Arbitrary<string>, weights: fc.Arbitrary<number>
): fc.Arbitrary<Loose> =>
  fc.record({ kind: fc.constant(kind), facts, quality, weight: weights })

const share = fc.tuple(fc.integer({ min: 5, max: 500 }), percent).map(([peers, part]) => {
  const holders = Math.round((peers * part) / 100)
  return { peers, holders, percent: Math.round((100 * holders) / peers) }
})

const usage = fc.oneof(
  loose(
    'last-use', fc.record(
      { lastUsed: date, days, of: fc.constantFrom('application', 'entitlement') },
    ), fc.constantFrom('observed', 'inferred'), weight(1, -1, 0),
  ),
  loose(
    'last-use', fc.record({ lastUsed: date, days, of: fc.constantFrom('application', 'entitlement') }), fc.constant('stale'), weight(1, 0),
  ),
  loose(
    'never-used', fc.record(
      { since: date, days: fc.integer({ min: 30, max: 900 }), of: fc.constantFrom('application', 'entitlement') },
    ), fc.constantFrom('observed', 'inferred', 'stale'), weight(-1, 0),
  ),
  loose('data-gap', fc.constant({ about: 'usage', knownSince: null, days: null }), fc.constant('missing'), fc.constant(0)),
  loose('data-gap', fc.record({ about: fc.constant('usage'), knownSince: date, days }), fc.constant('inferred'), weight(-1, 0)),
)
const rhythm = fc.tuple(
  fc.constantFrom(
    ['daily', 1], ['weekly', 7], ['monthly', 30], ['quarterly', 91], ['seldom', 180],
  ), fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1, max: 24 }),
)
  .map(([[name, gap], active, months]) => ({
    rhythm: name, activeDays: active, activeMonths: months, coveredMonths: months, typicalGapDays: gap, isWithinRhythm: true, months: [
      { month: '2026-01', days: 3 },
    ],
  }))
const peerFacts = fc.record(
  { basis: fc.constantFrom('department-and-title', 'department', 'title', 'manager', 'similar-access'), group: text },
).chain((who) => share.map((part) => ({ ...who, ...part })))

const parts: readonly fc.Arbitrary<readonly Loose[]>[] = [
  loose('leaver', fc.record({ how: fc.constantFrom('status', 'disappeared'), on: date, days }), either, weight(-1)),
  loose('orphan-account', fc.record({ reason: fc.constantFrom('no-candidate', 'two-candidates') }), observed, weight(-1)),
  loose('service-account', fc.record({ kind: fc.constantFrom('service', 'shared') }), observed, fc.constant(0)),
  loose('outsider', fc.record({ kind: fc.constantFrom('guest', 'contractor') }), observed, weight(-1, 0)),
  loose('account-disabled', fc.constant({ isEnabled: false }), observed, weight(-1)),
  loose(
    'sod-conflict', fc.record(
      {
        ruleId: fc.constant('rule-1'), ruleName: text, severity: fc.constantFrom('medium', 'high', 'critical'), otherEntitlement: text,
        otherEntitlementId: fc.nat(),
        answer: fc.option(fc.oneof(text.map((mitigatedBy) => ({ isMitigated: true, mitigatedBy })), date.map((exemptUntil) => ({ exemptUntil })))),
      },
    ).map(({ answer, ...facts }) => ({ ...facts, isMitigated: false, ...answer })), observed, weight(-1),
  ),
  usage,
  loose('usage-frequency', rhythm, either, weight(1, -1, 0)),
  loose('usage-vs-peers', fc.record({
    basis: fc.constantFrom('department-and-title', 'holders'), peers: fc.integer({ min: 5, max: 500 }), ownDays: fc.nat(180),
    medianDays: fc.nat(180), windowDays: fc.integer({ min: 60, max: 180 }),
  }), either, weight(1, -1, 0)),
  loose('dormant-account', fc.record({
    lastSeen: fc.option(date), since: date, days: fc.integer({ min: 90, max: 2000 }),
  }), fc.constantFrom('observed', 'inferred', 'stale'), weight(-1, 0)),
  loose('similar-identities', fc.tuple(fc.integer({ min: 5, max: 10 }), fc.nat(10), percent).map(
    ([people, holders, likeness]) => ({ people, holders: Math.min(people, holders), likeness }),
  ), fc.constant('inferred'), weight(1, -1, 0)),
  loose('past-decision', fc.record({
    basis: fc.constantFrom('same-grant', 'entitlement', 'department', 'title', 'department-and-title', 'manager', 'combined'),
    kept: fc.nat(40), revoked: fc.nat(40), latest: fc.option(date),
  }), either, weight(1, -1, 0)),
  loose('unreviewed-streak', fc.record({ campaigns: fc.integer({ min: 1, max: 9 }), since: date }), observed, weight(-1, 0)),
  fc.oneof(
    loose('peer-prevalence', peerFacts, either, weight(1, -1, 0)), loose(
      'no-peer-group', fc.record({ largestGroup: fc.nat(4), needed: fc.constant(5) }), fc.constant('missing'), fc.constant(0),
    ),
    loose('companion-right', fc.tuple(fc.integer({ min: 5, max: 400 }), fc.nat(400), text, percent).map(
      ([others, holders, right, everybody]) => ({ right, rightId: 7, others, holders: Math.min(others, holders), everybody }),
    ), fc.constant('inferred'), weight(1, -1, 0)),
  ),
  loose('mover', fc.record({
    attribute: fc.constantFrom(
      'department', 'title', 'location',
    ), from: text, to: text, on: date, days, oldPeersPercent: fc.option(percent), newPeersPercent: fc.option(percent),
  }), either, weight(-1, 0)),
  loose('manager-change', fc.record({ on: date, days }), either, weight(-1, 0)),
  loose('privilege', fc.record({ privilege: fc.constantFrom('elevated', 'admin') }), observed, weight(-1)),
  loose('risk', fc.record({ risk: fc.constantFrom('high', 'critical') }), observed, weight(-1)),
  fc.oneof(
    loose('new-grant', fc.record({ since: date, days: fc.nat(30) }), either, weight(1)), loose(
      'grant-age', fc.record({ since: date, days: fc.integer({ min: 31, max: 4000 }) }), either, weight(-1, 0),
    ),
  ),
  loose('grant-path', fc.record({ path: text, isDirect: fc.constant(false) }), observed, weight(1, 0)),
  fc.oneof(
    loose('expiring', fc.record({ on: date, days: fc.integer({ min: 1, max: 500 }), isPast: fc.constant(true) }), observed, weight(-1)),
    loose('expiring', fc.record({ on: date, days, isPast: fc.constant(false) }), observed, fc.constant(0)),
  ),
  loose(
    'data-gap', fc.record(
      { about: fc.constantFrom('hr', 'granted-at'), knownSince: fc.constant(null), days: fc.constant(null) },
    ), fc.constant('missing'), fc.constant(0),
  ),
].map((one) => fc.tuple(fc.boolean(), one).map(([isThere, found]) => (isThere ? [found] : [])))

/** A packet and the verdict the shipped rules reach on it. */
export const packets: fc.Arbitrary<{ packet: EvidencePacket; recommendation: Recommendation }> = fc.tuple(
  fc.tuple(...parts).map((found) => found.flat()).filter((found) => found.length > 0), fc.nat(100_000),
  fc.constantFrom('none', 'elevated', 'admin'),
).map(([found, grantId, privilege]) => {
  const signals = found.map(
    (one, at) => (
      { ...one, id: `E${at + 1}`, direction: one.weight > 0 ? 'keep' : one.weight < 0 ? 'revoke' : 'none', rows: [] }
    ) as unknown as Signal,
  )
  const service = signals.find((signal) => signal.kind === 'service-account')
  const packet: EvidencePacket = {
    v: 1, asOf: '2026-06-30',
    subject: { alias: 'USER', kind: service?.kind === 'service-account' ? service.facts.kind : 'employee', identityId: 1, accountId: 2 },
    access: { alias: 'ENT', entitlementId: 3, grantId, privilege, risk: 'low' },
    signals, engine: { version: '1', weights: '1' },
  }
  return { packet, recommendation: recommend(packet, shippedWeights) }
})
