import { describe, expect, it } from 'vitest'
import { de } from '../../src/renderer/texts/de.ts'
import { en } from '../../src/renderer/texts/en.ts'
import { paceNotice, paceWindow, readingTime } from '../../src/renderer/features/review/pace.ts'

const samples = (openMs: number, readMs: number, count = paceWindow) => Array.from({ length: count }, () => ({ openMs, readMs }))

describe('the pace notice', () => {
  it('stays silent until enough decisions were taken', () => expect(paceNotice(samples(100, 10_000, paceWindow - 1))).toBeNull())
  it('appears when the last decisions were faster than skimming', () => {
    expect(paceNotice(samples(1_000, 10_000))).toEqual({ decisions: paceWindow, averageOpenMs: 1_000, averageReadMs: 10_000 })
  })
  it('stays silent for a reader', () => expect(paceNotice(samples(9_000, 10_000))).toBeNull())
  it('forgives one quick choice among read ones',
    () => expect(paceNotice([...samples(9_000, 10_000, paceWindow - 1), { openMs: 10, readMs: 10_000 }])).toBeNull())
  it('goes away again once the evidence is read',
    () => expect(paceNotice([...samples(100, 10_000), ...samples(12_000, 10_000, 2)])).toBeNull())
  it('takes longer for more words and more evidence', () => {
    const claim = { stance: 'neutral' as const, evidence: ['E1'], pieces: [{ text: 'one two three four', isFact: false }] }
    expect(readingTime({ claims: [claim, claim], signals: [] })).toBeGreaterThan(readingTime({ claims: [claim], signals: [] }))
  })
})

describe('the introduction', () => {
  it.each([['English', en], ['German', de]] as const)('in %s is read in less than a minute', (_, texts) => {
    const words = texts.review.depth.guide.steps.flat().join(' ').split(/\s+/).length
    // Silent reading: 238 words a minute.
    expect(words / 238).toBeLessThan(1)
  })
})
