import { describe, expect, it } from 'vitest'
import { easeOf, type EasedItem } from '../../../src/main/core/campaign/unchanged.ts'
import type { Signal } from '../../../src/shared/model/signal.ts'

type Body = Signal extends infer S ? (S extends Signal ? Pick<S, 'kind' | 'facts'> & { weight?: number } : never) : never

const reviewed: Body = { kind: 'past-decision', facts: { basis: 'same-grant', kept: 1, revoked: 0, latest: '2026-03-31' } }
const used: Body = { kind: 'last-use', weight: 1400, facts: { lastUsed: '2026-09-28', days: 2, of: 'application' } }
const usual: Body = { kind: 'peer-prevalence', weight: 900, facts: { basis: 'department', group: 'Finance', peers: 20, holders: 19, percent: 95 } }

const item = (bodies: readonly Body[], change: Partial<EasedItem> = {}): EasedItem => ({
  packet: {
    v: 1, asOf: '2026-09-30', subject: { alias: 'USER', kind: 'employee', identityId: 1, accountId: 1 },
    access: { alias: 'ENT', entitlementId: 1, grantId: 1, privilege: 'none', risk: 'low' }, engine: { version: '1', weights: '1' },
    signals: bodies.map((body, at) => ({ weight: 0, ...body, id: `E${at + 1}`, rows: [], quality: 'observed', direction: 'none' }) as Signal),
  },
  action: 'keep', privilege: 'none', risk: 'low', isFlagged: false, isAdviceHidden: false, ...change,
})

describe('access that has not changed', () => {
  it('kept by a signed-off review, used, usual for the role: may be attested, with the day of that review', () => {
    expect(easeOf(item([reviewed, used, usual]))).toEqual({ ease: 'unchanged', lastReviewed: '2026-03-31' })
  })

  it.each([
    ['advice-hidden', { isAdviceHidden: true }], ['flagged', { isFlagged: true }], ['risky', { risk: 'medium' }], ['risky', { privilege: 'elevated' }],
    ['not-advised', { action: 'look-closer' }],
  ] as const)('is decided by itself when it is %s', (reason, change) => {
    expect(easeOf(item([reviewed, used, usual], change))).toEqual({ ease: 'single', reason })
  })

  it.each<[string, Body]>([
    ['new-access', { kind: 'new-grant', facts: { since: '2026-09-01', days: 29 } }],
    ['new-access', { kind: 'grant-age', facts: { since: '2026-06-01', days: 120 } }],
    ['changed-job', { kind: 'mover', facts: { attribute: 'title', from: 'A', to: 'B', on: '2026-04-01', days: 182, oldPeersPercent: null, newPeersPercent: null } }],
    ['other-manager', { kind: 'manager-change', facts: { on: '2026-05-01', days: 152 } }],
    ['ending', { kind: 'expiring', facts: { on: '2026-10-15', days: 15, isPast: false } }],
  ])('is decided by itself when since the last review there was %s', (reason, change) => {
    expect(easeOf(item([reviewed, used, usual, change]))).toEqual({ ease: 'single', reason })
  })

  it('a change before the last review was already judged there', () => {
    const moved: Body = { kind: 'mover', facts: { attribute: 'title', from: 'A', to: 'B', on: '2026-03-01', days: 213, oldPeersPercent: null, newPeersPercent: null } }
    expect(easeOf(item([reviewed, used, usual, moved, { kind: 'grant-age', facts: { since: '2020-01-01', days: 2_400 } }])).ease).toBe('unchanged')
  })

  it.each<[string, readonly Body[]]>([
    ['never-reviewed', [used, usual]],
    ['never-reviewed', [{ kind: 'past-decision', facts: { basis: 'department', kept: 30, revoked: 0, latest: '2026-03-31' } }, used, usual]],
    ['never-reviewed', [{ kind: 'past-decision', facts: { basis: 'same-grant', kept: 2, revoked: 1, latest: '2026-03-31' } }, used, usual]],
    ['not-used', [reviewed, usual]],
    ['not-used', [reviewed, { ...used, weight: -800 }, usual]],
    ['unusual', [reviewed, used]],
  ])('is only alike others when %s', (reason, bodies) => {
    expect(easeOf(item(bodies))).toEqual({ ease: 'alike', reason })
  })
})
