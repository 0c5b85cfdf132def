import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidencePacket } from '../../../src/shared/model/recommendation.ts'
import { claimFor, templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { checkClaim } from '../../../src/main/core/narrative/check-claim.ts'
import { verifyNarrative } from '../../../src/main/core/narrative/verify-claims.ts'
import { packets } from '../../support/packets.ts'

const runs = process.env['MUSTER_FULL'] === '1' ? 100_000 : 4_000

describe('the template narrator', () => {
  it(`passes the verifier on ${runs} generated packets`, () => {
    fc.assert(fc.property(packets, ({ packet, recommendation }) => {
      expect(verifyNarrative(packet, recommendation, templateNarrative(packet, recommendation))).toEqual([])
    }), { numRuns: runs })
  }, 600_000)

  it('every sentence of every kind is supported by its own evidence, in every wording, with and without its meaning', () => {
    fc.assert(fc.property(packets, fc.nat(1000), fc.boolean(), ({ packet }, grantId, withMeaning) => {
      for (const signal of packet.signals) {
        const claim = claimFor(signal, grantId, withMeaning)
        expect([claim.text, checkClaim(claim, packet)]).toEqual([claim.text, []])
      }
    }), { numRuns: 3000 })
  })

  it('generated packets are packets the store would accept', () => {
    fc.assert(fc.property(packets, ({ packet }) => { evidencePacket.parse(packet) }), { numRuns: 300 })
  })

  it('says the same for the same evidence', () => {
    fc.assert(fc.property(packets, ({ packet, recommendation }) => {
      expect(templateNarrative(packet, recommendation)).toEqual(templateNarrative(structuredClone(packet), structuredClone(recommendation)))
    }), { numRuns: 300 })
  })

  it('does not read like a form: forty items with the same evidence get several wordings', () => {
    fc.assert(fc.property(packets, ({ packet, recommendation }) => {
      fc.pre(packet.signals.some((signal) => signal.kind === 'privilege' && Math.abs(signal.weight) > 1000))
      const texts = new Set(
        Array.from(
          { length: 40 }, (_, n) => JSON.stringify(
            templateNarrative({ ...packet, access: { ...packet.access, grantId: n } }, recommendation).claims,
          ),
        ),
      )
      expect(texts.size).toBeGreaterThan(1)
    }), { numRuns: 50 })
  })
})
