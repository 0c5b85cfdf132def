import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../src/shared/model/narrative.ts'
import type { EvidencePacket } from '../../../src/shared/model/recommendation.ts'
import { checkClaim } from '../../../src/main/core/narrative/check-claim.ts'
import { templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { verifyNarrative } from '../../../src/main/core/narrative/verify-claims.ts'
import { packets } from '../../support/packets.ts'
import { mutations } from './mutations.ts'

const runs = process.env['MUSTER_FULL'] === '1' ? 20_000 : 100

describe('a text that says more than its evidence is caught', () => {
  it.each(Object.entries(mutations))('%s: at least 99.5 % of the mutations', (_, mutate) => {
    let made = 0
    const missed: string[] = []
    for (const { packet, recommendation } of fc.sample(packets, { numRuns: runs, seed: 20_260_630 })) {
      for (const variant of mutate(templateNarrative(packet, recommendation), packet)) {
        made += 1
        if (verifyNarrative(packet, recommendation, variant).length === 0) {missed.push(
          [...variant.claims, ...(variant.counter === null ? [] : [variant.counter])].map((claim) => claim.text).join(' | '),
        )}
      }
    }
    expect(made).toBeGreaterThan(runs / 4)
    expect(missed.slice(0, missed.length / made > 0.005 ? 5 : 0)).toEqual([])
  }, 600_000)
})

const packet: EvidencePacket = {
  v: 1, asOf: '2026-06-30', subject: { alias: 'USER', kind: 'employee', identityId: 1, accountId: 1 },
  access: { alias: 'ENT', entitlementId: 1, grantId: 1, privilege: 'none', risk: 'low' },
  signals: [
    {
      id: 'E1', kind: 'last-use', direction: 'revoke', weight: -1700, quality: 'observed', rows: [], facts: {
        lastUsed: '2025-11-01', days: 241, of: 'application',
      },
    },
    {
      id: 'E2', kind: 'peer-prevalence', direction: 'keep', weight: 1800, quality: 'observed', rows: [], facts: {
        basis: 'department', group: 'Finance', peers: 12, holders: 10, percent: 83,
      },
    },
  ],
  engine: { version: '1', weights: '1' },
}

describe('each rule has its code', () => {
  const lastUse = (text: string, evidence = ['E1'], stance: Claim['stance'] = 'for-revoking'): Claim => ({ evidence, stance, text })
  const table: readonly (readonly [string, Claim])[] = [
    ['evidence-unknown', lastUse('USER has not signed in to APP since {{E1.lastUsed}}.', ['E7'])],
    ['evidence-unknown', lastUse('USER has not signed in to APP since {{E1.lastUsed}}.', [])],
    ['placeholder-unknown', lastUse('USER has not signed in to APP since {{E1.colour}}.')],
    ['placeholder-uncited', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, as {{E2.holders}} of the others.')],
    ['placeholder-place', lastUse('USER has not signed in to APP since {{E1.days}}.')],
    ['digit', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, 241 days ago.')],
    ['digit', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, ٣ days ago.')],
    ['spelled-number', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, two days ago.')],
    ['percent', lastUse('USER has not signed in to APP since {{E1.lastUsed}} to a full percent.')],
    ['date-word', lastUse('USER has not signed in to APP since {{E1.lastUsed}} in November.')],
    ['proper-noun', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, says Bob.')],
    ['url', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, see www.example.org.')],
    ['markup', lastUse('USER has not signed in to APP since <i>{{E1.lastUsed}}</i>.')],
    ['charset', lastUse('USER has not signed in to APP since {{E1.lastUsed}}\u202e.')],
    ['stance', lastUse('USER has not signed in to APP since {{E1.lastUsed}}.', ['E1'], 'for-keeping')],
    ['kind-words', lastUse('USER holds ENT since {{E1.lastUsed}} and works on.')],
    ['kind-forbidden', lastUse('USER has not signed in to APP since {{E1.lastUsed}} and ENT is unused.')],
    ['negation', lastUse('USER last signed in to APP on {{E1.lastUsed}}, not since.')],
    ['instruction', lastUse('USER has not signed in to APP since {{E1.lastUsed}}, so please remove ENT.')],
    ['vocabulary', lastUse('USER has not signed in to APP since {{E1.lastUsed}} in a suspicious manner.')],
    ['topic', lastUse('USER has not signed in to APP since {{E1.lastUsed}} as a contractor.')],
    ['quantifier', lastUse('USER has never signed in to APP since {{E1.lastUsed}}.')],
    ['consequence', lastUse('USER has not signed in to APP since {{E1.lastUsed}}; removing ENT would interrupt work.')],
    ['quantifier', lastUse('ENT is held by only {{E2.holders}} of the {{E2.peers}} other people in {{E2.group}}.', ['E2'], 'for-keeping')],
    [
      'placeholder-place', lastUse(
        'ENT is held by {{E2.peers}} of the {{E2.holders}} other people in {{E2.group}}.', ['E2'], 'for-keeping',
      ),
    ],
  ]
  it.each(table)('%s', (code, claim) => { expect(checkClaim(claim, packet)).toContain(code) })

  it('a sentence may cite two signals that agree, and none that disagree', () => {
    const both = {
      evidence: ['E1', 'E2'], stance: 'for-revoking' as const,
      text: 'USER has not signed in to APP since {{E1.lastUsed}}, '
        + 'yet ENT is held by {{E2.holders}} of the {{E2.peers}} other people in {{E2.group}}.',
    }
    expect(checkClaim(both, packet)).toEqual(['stance'])
  })

  it('missing evidence may only be told as missing', () => {
    const gap: EvidencePacket = {
      ...packet, signals: [
        {
          id: 'E1', kind: 'data-gap', direction: 'none', weight: 0, quality: 'missing', rows: [], facts: {
            about: 'usage', knownSince: null, days: null,
          },
        },
      ],
    }
    expect(checkClaim({ evidence: ['E1'], stance: 'neutral', text: 'USER has never signed in to APP.' }, gap)).toContain('missing-form')
  })
})
