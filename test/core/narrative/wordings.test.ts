import { describe, expect, it } from 'vitest'
import type { Recommendation } from '../../../src/shared/model/recommendation.ts'
import type { Signal } from '../../../src/shared/model/signal.ts'
import { claimFor, templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { verifyNarrative } from '../../../src/main/core/narrative/verify-claims.ts'
import { evidence, packetOf, type EvidenceName } from './sentences.ts'

const varieties = [...Array(24).keys()]
const advice: Recommendation = { action: 'revoke', confidence: 'high', score: -4000, rules: [] }
const changed = <S extends Signal>(signal: S, facts: Partial<S['facts']>): S => ({ ...signal, facts: { ...signal.facts, ...facts } })
/** Every way the template has to say it, with what keeping or removing would do. */
const said = (signal: Signal): string[] => [...new Set(varieties.map((variety) => claimFor(signal, variety, true).text))]

describe('what a line manager reads', () => {
  it('all of a group are all of it, not so many of so many; one holds, two hold', () => {
    const { most, similarMost } = evidence
    for (const text of [...said(changed(most, { holders: 12, percent: 100 })), ...said(changed(similarMost, { holders: 10 }))]) expect(text).toMatch(/\ball \{\{/i)
    for (const text of said(changed(most, { holders: 1, percent: 8 }))) expect(text).not.toMatch(/\}\} hold ENT| hold ENT too/)
  })

  it('one earlier decision is one, and needs no count', () => {
    for (const text of said(evidence.revoked)) expect(text).toMatch(/was against it\.$/)
    for (const text of said(changed(evidence.kept, { kept: 1 }))) expect(text).toMatch(/was for it\.$/)
    for (const text of said(evidence.kept)) expect(text).toContain('{{E1.kept}} for it')
  })

  it('signing in to an application does not show that this right of it is used: removing it could interrupt work, no more', () => {
    for (const text of said(evidence.usedApp)) expect(text).toMatch(/could interrupt/)
    for (const text of said(evidence.daily)) expect(text).toMatch(/could interrupt/)
  })

  it('a right no more usual in the old job than in the new is not called a part of the old one', () => {
    for (const text of said(changed(evidence.mover, { oldPeersPercent: 0, newPeersPercent: 19 }))) expect(text).not.toMatch(/old job along|\bbut\b/)
    for (const text of said(evidence.mover)) expect(text).toMatch(/old job along/)
  })

  it.each<[EvidenceName]>([['left'], ['disabled']])('nobody is told that removing would interrupt the work of somebody who has none (%s)', (gone) => {
    const packet = packetOf(gone)
    const worked = [evidence.usedApp, evidence.most].map((signal, at) => ({ ...signal, id: `E${at + 2}` }))
    for (const grantId of varieties) {
      const told = { ...packet, access: { ...packet.access, grantId }, signals: [...packet.signals, ...worked] }
      const narrative = templateNarrative(told, advice)
      const texts = [...narrative.claims, ...(narrative.counter === null ? [] : [narrative.counter])].map(({ text }) => text)
      expect(texts.filter((text) => /interrupt|fits the work/.test(text))).toEqual([])
      expect(verifyNarrative(told, advice, narrative)).toEqual([])
    }
  })

  it('nobody to compare with is said without counting to nought', () => {
    expect(said(changed(evidence.noPeers, { largestGroup: 0 }))).toEqual(['There is nobody to compare USER with.'])
  })
})
