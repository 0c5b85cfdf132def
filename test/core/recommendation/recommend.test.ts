import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidencePacket, Recommendation } from '../../../src/shared/model/recommendation.ts'
import type { SignalKind } from '../../../src/shared/model/signal.ts'
import { isUnansweredConflict } from '../../../src/main/core/recommendation/hard-rules.ts'
import { isFlagged } from '../../../src/main/core/recommendation/recommend.ts'
import { compareByRisk, riskRank } from '../../../src/main/core/recommendation/risk-rank.ts'
import { prepare } from '../../../src/main/core/signals/weigh.ts'
import { organisation, shippedWeights } from '../../support/population-builder.ts'
import { packets } from '../../support/packets.ts'

const has = (packet: EvidencePacket, kind: SignalKind): boolean => packet.signals.some((signal) => signal.kind === kind)
const isWorkload = (packet: EvidencePacket): boolean => packet.subject.kind === 'service' || packet.subject.kind === 'shared'
const holds = (
  promise: (given: { packet: EvidencePacket; recommendation: Recommendation }) => void
) => { fc.assert(fc.property(packets, promise), { numRuns: 3000 }) }

describe('whatever the evidence', () => {
  it('the score is the bias plus every weight', () => {
    holds(
      ({ packet, recommendation }) => {
        expect(recommendation.score).toBe(packet.signals.reduce((sum, signal) => sum + signal.weight, shippedWeights.bias))
      },
    )
  })

  it('leavers and orphans are revoked', () => {
    holds(
      ({ packet, recommendation }) => {
        if ((has(packet, 'leaver') || has(packet, 'orphan-account')) && !isWorkload(packet)) expect(recommendation.action).toBe('revoke')
      },
    )
  })

  it('workloads are looked at, never revoked or kept', () => {
    holds(
      ({ packet, recommendation }) => {
        if (isWorkload(packet)) expect(recommendation).toMatchObject({ action: 'look-closer', rules: ['protected-look-closer'] })
      },
    )
  })

  it('a conflict is never kept', () => {
    holds(({ packet, recommendation }) => { if (packet.signals.some(isUnansweredConflict)) expect(recommendation.action).not.toBe('keep') })
  })

  it('nothing is kept or revoked by the sum without evidence of use or peers', () => {
    holds(({ packet, recommendation }) => {
      const known = ['last-use', 'never-used', 'usage-frequency', 'peer-prevalence'] as const
      const isSilent = packet.signals.some((signal) => signal.kind === 'data-gap' && signal.weight !== 0)
      if (
        !known.some((kind) => has(packet, kind)) && !isSilent && recommendation.action !== 'look-closer'
      ) expect(recommendation.rules[0]).toMatch(/leaver|orphan/)
    })
  })

  it('keeping an administrator right is never advised with high confidence', () => {
    holds(
      ({ packet, recommendation }) => {
        if (packet.access.privilege === 'admin' && recommendation.action === 'keep') expect(recommendation.confidence).not.toBe('high')
      },
    )
  })

  it('advice to revoke, conflicts and workloads ask for a reason', () => {
    holds(({ packet, recommendation }) => {
      if (
        recommendation.action === 'revoke' || has(packet, 'sod-conflict') || isWorkload(packet)
      ) expect(isFlagged(recommendation, packet)).toBe(true)
    })
  })

  it('the queue\'s order is total and the same every time', () => {
    fc.assert(fc.property(fc.array(packets, { maxLength: 20 }), (items) => {
      const sorted = [...items].sort(compareByRisk)
      sorted.forEach((item, at) => {
        const before = sorted[at - 1]
        if (before !== undefined) {expect(
          riskRank(before.packet, before.recommendation),
        ).toBeGreaterThanOrEqual(riskRank(item.packet, item.recommendation))}
      })
    }), { numRuns: 200 })
  })
})

describe('the shipped weights', () => {
  it('are refused if one is missing, by name', () => {
    const { leaver: _, ...rest } = shippedWeights.weights
    expect(() => prepare(organisation().build(), { ...shippedWeights, weights: rest })).toThrow('lack leaver')
  })

  it('each come with a reason', () => {
    for (const [key, { why }] of Object.entries(shippedWeights.weights)) expect([key, why.length > 15]).toEqual([key, true])
  })

  it('an ordinary right in use is not flagged', () => {
    const clerk = { department: 'Finance', title: 'Clerk' }
    const org = organisation().person('anna', clerk).people('c', 8, clerk).grantAll('c', 8, 'PAY').grant('anna', 'PAY')
      .watched('2025-01-01').used('anna', 'ERP', ['2026-06-01', '2026-06-15', '2026-06-25'])
    const { packet, recommendation } = org.weigh('anna', 'PAY')
    expect([recommendation.action, isFlagged(recommendation, packet)]).toEqual(['keep', false])
  })
})
