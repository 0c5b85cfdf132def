import type { EvidencePacket, Recommendation } from '../../../../shared/model/recommendation.ts'
import type { Signal } from '../../../../shared/model/signal.ts'
import { recommend } from '../../recommendation/recommend.ts'

// Invented evidence that never changes with a workspace: the prompt's two examples and the exam's twelve packets. Facts that would be a
// directory's text are plain words here, and no model sees them anyway.

export interface FixedPacket {
  readonly name: string
  readonly packet: EvidencePacket
  readonly recommendation: Recommendation
  readonly question: string
}

const thresholds = { bias: 0, keepAt: 500, revokeAt: -500 } as const

type Piece = readonly [kind: Signal['kind'], weight: number, facts: object, quality?: Signal['quality']]

function fixed(
  name: string, pieces: readonly Piece[],
  about: { kind?: EvidencePacket['subject']['kind']; privilege?: EvidencePacket['access']['privilege']; risk?: EvidencePacket['access']['risk'] } = {},
  question = '',
): FixedPacket {
  const packet: EvidencePacket = {
    v: 1, asOf: '2026-06-30',
    subject: { alias: 'USER', kind: about.kind ?? 'employee', identityId: null, accountId: 0 },
    access: { alias: 'ENT', entitlementId: 0, grantId: 0, privilege: about.privilege ?? 'none', risk: about.risk ?? 'low' },
    signals: pieces.map(([kind, weight, facts, quality], at) => ({
      id: `E${at + 1}`, kind, weight, facts, quality: quality ?? 'observed', rows: [], direction: weight > 0 ? 'keep' : weight < 0 ? 'revoke' : 'none',
    }) as unknown as Signal),
    engine: { version: 'fixed', weights: 'fixed' },
  }
  return { name, packet, recommendation: recommend(packet, thresholds), question }
}

const used = (days: number, lastUsed: string, weight: number): Piece => ['last-use', weight, { lastUsed, days, of: 'application' }]
const never = (days: number, since: string, weight: number): Piece => ['never-used', weight, { since, days, of: 'application' }]
const peers = (holders: number, of: number, weight: number, basis = 'department'): Piece =>
  ['peer-prevalence', weight, { basis, group: 'Operations', peers: of, holders, percent: Math.round((100 * holders) / of) }]
const rhythm = (name: string, gap: number, active: number, months: number, weight: number): Piece => ['usage-frequency', weight, {
  rhythm: name, activeDays: active, activeMonths: months, coveredMonths: months, typicalGapDays: gap, isWithinRhythm: weight >= 0, months: [],
}]
const move = (weight: number, before: number, now: number): Piece => ['mover', weight, {
  attribute: 'department', from: 'Operations', to: 'Sales', on: '2026-02-01', days: 149, oldPeersPercent: before, newPeersPercent: now,
}]
const age = (days: number, since: string, weight: number): Piece => ['grant-age', weight, { since, days }]

/** The two worked examples of the prompt. */
export const examplePackets = (): readonly FixedPacket[] => [
  fixed('example-keep', [
    used(4, '2026-06-26', 1400), rhythm('weekly', 7, 48, 12, 900), peers(14, 16, 1300), ['privilege', -600, { privilege: 'elevated' }],
  ], { privilege: 'elevated' }, 'Is this still part of the weekly work?'),
  fixed('example-revoke', [
    never(400, '2025-05-26', -1500), move(-1700, 80, 5), peers(1, 20, -1000), ['manager-change', 0, { on: '2026-02-01', days: 149 }],
    ['new-grant', 300, { since: '2026-06-10', days: 20 }],
  ], {}, 'Does the new job need any of this?'),
]

/** One packet for each situation a reviewer meets often or must not get wrong. */
export const examPackets = (): readonly FixedPacket[] => [
  fixed('daily-use', [used(1, '2026-06-29', 1600), rhythm('daily', 1, 240, 12, 1200), peers(30, 32, 1400)]),
  fixed('never-used-and-rare', [never(540, '2025-01-06', -1800), peers(0, 25, -1500), age(700, '2024-07-30', -200)]),
  fixed('left-over-from-old-job', [move(-1900, 92, 0), used(140, '2026-02-10', -900), peers(2, 18, -800)]),
  fixed('leaver', [['leaver', -4000, { how: 'status', on: '2026-05-31', days: 30 }], used(45, '2026-05-16', 300)]),
  fixed('orphan-account', [['orphan-account', -3000, { reason: 'no-candidate' }], never(200, '2025-12-12', -900)], { kind: 'unknown' }),
  fixed('conflict-in-use', [
    ['sod-conflict', -2500, { ruleId: 'rule', ruleName: 'Pay and approve', severity: 'high', otherEntitlement: 'Approve invoices', otherEntitlementId: 0 }],
    used(2, '2026-06-28', 1500), peers(9, 12, 900),
  ], { risk: 'high' }),
  fixed('administrator-in-use', [
    ['privilege', -900, { privilege: 'admin' }], used(3, '2026-06-27', 1500), peers(3, 6, 500, 'department-and-title'),
  ], { privilege: 'admin', risk: 'high' }),
  fixed('quarter-end-work', [rhythm('quarterly', 91, 16, 12, 1300), used(88, '2026-04-03', 200), peers(7, 10, 700)]),
  fixed('nothing-known', [
    ['data-gap', 0, { about: 'usage', knownSince: null, days: null }, 'missing'], ['no-peer-group', 0, { largestGroup: 2, needed: 5 }, 'missing'],
    age(900, '2024-01-12', 0),
  ]),
  fixed('guest-with-path', [
    ['outsider', -700, { kind: 'guest' }], ['grant-path', 0, { path: 'Partners', isDirect: false }], never(120, '2026-03-02', -1200),
    ['new-grant', 400, { since: '2026-06-12', days: 18 }],
  ], { kind: 'guest' }),
  fixed('past-its-end', [
    ['expiring', -1400, { on: '2026-04-30', days: 61, isPast: true }], used(10, '2026-06-20', 1200), ['manager-change', 0, { on: '2026-01-15', days: 166 }],
  ]),
  fixed('disabled-account', [['account-disabled', -1600, { isEnabled: false }], used(260, '2025-10-13', -1100), peers(12, 15, 1000)]),
]
