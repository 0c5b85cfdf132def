import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action, HardRule } from '../../../../src/shared/model/recommendation.ts'
import { assembleNarrative, supportedSentence } from '../../../../src/main/core/narrative/prompt/assemble.ts'
import { isDisagreeing, routedAction } from '../../../../src/main/core/narrative/prompt/disagreement.ts'
import { examPackets } from '../../../../src/main/core/narrative/prompt/fixed-packets.ts'
import { readAnswer, sentencesSoFar } from '../../../../src/main/core/narrative/prompt/read-answer.ts'
import { templateNarrative } from '../../../../src/main/core/narrative/template.ts'
import { checkClaim } from '../../../../src/main/core/narrative/check-claim.ts'
import { verifyNarrative } from '../../../../src/main/core/narrative/verify-claims.ts'
import { packets } from '../../../support/packets.ts'

const by = { name: 'm', version: '1' }

describe('assembling a narrative from an answer', () => {
  it('whatever a model writes, what comes out is supported or nothing', () => {
    const junk = fc.record({
      evidence: fc.array(fc.constantFrom('E1', 'E2', 'E3', 'E9', ''), { minLength: 1, maxLength: 3 }), stance: fc.constantFrom('for-keeping' as const, 'for-revoking' as const, 'neutral' as const),
      text: fc.oneof(fc.string(), fc.constantFrom('USER uses ENT 5 times.', 'Approve this.', '{{E1.days}}', 'Removing ENT would interrupt that work.')),
    })
    fc.assert(fc.property(packets, fc.array(junk, { maxLength: 5 }), fc.option(junk), ({ packet, recommendation }, claims, counter) => {
      const made = assembleNarrative(packet, recommendation, { claims, counter }, by)
      if (made.narrative !== null) expect(verifyNarrative(packet, recommendation, made.narrative)).toEqual([])
    }), { numRuns: 400 })
  })

  it('the template\'s own sentences pass untouched, in whichever place the counter was written', () => {
    fc.assert(fc.property(packets, ({ packet, recommendation }) => {
      const { claims, counter } = templateNarrative(packet, recommendation)
      fc.pre(claims.length > 0)
      for (const answer of [{ claims, counter }, { claims: counter === null ? claims : [counter, ...claims], counter: null }]) {
        const made = assembleNarrative(packet, recommendation, answer, by)
        expect(made.findings).toEqual([])
        expect(made.narrative?.counter).toEqual(counter)
      }
    }), { numRuns: 200 })
  })

  it('strong evidence that was left out is added and counts as a failure', () => {
    const leaver = examPackets().find(({ name }) => name === 'leaver') as (ReturnType<typeof examPackets>)[number]
    const made = assembleNarrative(leaver.packet, leaver.recommendation, { claims: [], counter: null }, by)
    expect(made.findings).toEqual([{ sentence: 'E1', codes: ['strong-uncovered'] }])
    expect(made.narrative?.claims.map(({ evidence }) => evidence)).toContainEqual(['E1'])
  })

  it('a sentence shown while the rest is written is supported, or the template\'s, or not shown', () => {
    const { packet } = examPackets()[0] as (ReturnType<typeof examPackets>)[number]
    const bad = supportedSentence(packet, { evidence: ['E1'], stance: 'neutral', text: 'USER is trustworthy.' })
    expect(bad === null ? null : checkClaim(bad, packet)).toEqual([])
    expect(supportedSentence(packet, { evidence: ['E77'], stance: 'neutral', text: 'USER is trustworthy.' })).toBeNull()
  })
})

describe('reading an answer', () => {
  it('finds whole sentences only, in order, at any point of the writing', () => {
    const text = JSON.stringify({
      claims: [{ evidence: ['E1'], stance: 'neutral', text: 'A } brace " and \\ more {' }, { evidence: ['E2'], stance: 'neutral', text: 'two' }],
      counter: { evidence: ['E3'], stance: 'neutral', text: 'three' }, recommendation: 'keep', confidence: 'low', question: '',
    })
    let before = 0
    for (let end = 0; end <= text.length; end += 1) {
      const found = sentencesSoFar(text.slice(0, end))
      expect(found.length).toBeGreaterThanOrEqual(before)
      before = found.length
    }
    expect(sentencesSoFar(text).map(({ evidence }) => evidence[0])).toEqual(['E1', 'E2', 'E3'])
  })

  it('never throws, whatever was written', () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom('stop', 'length', 'load', ''), (text, reason) => {
      readAnswer(text, reason)
      sentencesSoFar(text)
      sentencesSoFar(`{"claims":[${text}`)
    }))
  })
})

describe('another opinion', () => {
  const actions: readonly Action[] = ['keep', 'revoke', 'look-closer']
  const rules: readonly HardRule[] = ['leaver-revoke', 'orphan-revoke', 'protected-look-closer', 'conflict-never-keep', 'no-evidence-look-closer']

  it('raises attention and never softens: only "keep" becomes a closer look, all else stays', () => {
    for (const action of actions) {
      expect(routedAction(action, false)).toBe(action)
      expect(routedAction(action, true)).toBe(action === 'keep' ? 'look-closer' : action)
    }
  })

  it('is dropped where a fixed rule decided, and counts where one only caps the confidence', () => {
    for (const [action, verdict] of actions.flatMap((one) => actions.map((other) => [one, other] as const))) {
      for (const rule of rules) expect(isDisagreeing({ action, rules: [rule] }, verdict)).toBe(false)
      expect(isDisagreeing({ action, rules: [] }, verdict)).toBe(action !== verdict)
      for (const caps of [['admin-caps-keep'], ['answered-conflict-caps-keep'], ['answered-conflict-caps-keep', 'admin-caps-keep']] as const) {
        expect(isDisagreeing({ action, rules: [...caps] }, verdict)).toBe(action !== verdict)
        for (const rule of rules) expect(isDisagreeing({ action, rules: [rule, ...caps] }, verdict)).toBe(false)
      }
    }
  })
})
