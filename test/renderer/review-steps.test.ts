import { describe, expect, it } from 'vitest'
import type { Signal } from '../../src/shared/model/signal.ts'
import { toFamilies } from '../../src/renderer/features/review/evidence/families.ts'
import { toReviewSteps } from '../../src/renderer/features/review/evidence/review-steps.ts'
import { signalSentence } from '../../src/renderer/features/review/signal-words.ts'
import { evidence } from '../core/narrative/sentences.ts'

const past = (basis: string, latest: string | null): Signal => ({ ...evidence.kept, facts: { basis, kept: 2, revoked: 1, latest } }) as Signal

describe('the line of earlier reviews', () => {
  it('puts the last decision, the beginning of the silence and the review day in order', () => {
    expect(toReviewSteps([evidence.streak, past('same-grant', '2025-06-01')], '2026-06-30').map(({ kind, on }) => [kind, on])).toEqual([
      ['decided', '2025-06-01'], ['unanswered', '2025-11-01'], ['review', '2026-06-30'],
    ])
  })
  it('leaves out decisions on other people\'s access and those without a day', () => {
    expect(toReviewSteps([past('department', '2025-06-01'), past('same-grant', null)], '2026-06-30')).toHaveLength(1)
  })
})

describe('every kind of evidence', () => {
  it.each(Object.entries(evidence))('%s has a card and a sentence', (_, signal) => {
    expect(toFamilies([signal], true)).toHaveLength(1)
    expect(signalSentence(signal)).toMatch(/^[^{}]{5,}$/)
  })
})
