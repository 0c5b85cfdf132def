import { describe, expect, it } from 'vitest'
import { checkClaim } from '../../../src/main/core/narrative/check-claim.ts'
import { claimOf, evidence, packetOf, soundSentences, unsoundSentences } from './sentences.ts'

describe('sound sentences in other words than the template\'s pass', () => {
  it.each(soundSentences)('%s: %s', (name, text) => { expect(checkClaim(claimOf([name, text]), packetOf(name))).toEqual([]) })

  it('cover every piece of evidence', () => {
    expect(new Set(soundSentences.map(([name]) => name))).toEqual(new Set(Object.keys(evidence)))
    expect(soundSentences.length).toBeGreaterThanOrEqual(60)
  })
})

describe('fluent sentences that say more than the evidence are refused', () => {
  it.each(unsoundSentences)('%s: %s', (name, text) => { expect(checkClaim(claimOf([name, text]), packetOf(name))).not.toEqual([]) })

  it('are a hundred or more', () => { expect(new Set(unsoundSentences.map(([, text]) => text)).size).toBeGreaterThanOrEqual(100) })
})
