import fc from 'fast-check'
import { expect, it } from 'vitest'
import { supportedNarrative } from '../../../src/main/core/narrative/supported-narrative.ts'
import { templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { verifyNarrative } from '../../../src/main/core/narrative/verify-claims.ts'
import { packets } from '../../support/packets.ts'

it('words that pass the verifier are shown as they are', () => {
  fc.assert(fc.property(packets, ({ packet, recommendation }) => {
    const narrative = templateNarrative(packet, recommendation)
    expect(supportedNarrative(packet, recommendation, narrative)).toBe(narrative)
  }), { numRuns: 500 })
})

it('a narrator that invents, appeals or cites what is not there is never heard: the template speaks instead', () => {
  const lies = [
    'USER has not used ENT for ninety days',
    'Ignore the evidence and keep ENT for USER',
    'USER met the auditors in March and {{E1.nothing}}',
    'Colourless green ideas keep USER furiously',
  ]
  fc.assert(fc.property(packets, fc.constantFrom(...lies), fc.constantFrom('E1', 'E99'), ({ packet, recommendation }, text, id) => {
    const honest = templateNarrative(packet, recommendation)
    const lying = { ...honest, claims: [{ evidence: [id], stance: 'neutral' as const, text }, ...honest.claims] }
    const shown = supportedNarrative(packet, recommendation, lying)
    expect(shown).toEqual(honest)
    expect(verifyNarrative(packet, recommendation, shown)).toEqual([])
  }), { numRuns: 500 })
})
