import { describe, expect, it } from 'vitest'
import { buildPrompt } from '../../src/main/core/narrative/prompt/build-prompt.ts'
import { englishWriter, plainText } from '../../src/main/core/narrative/plain-text.ts'
import { renderNarrative } from '../../src/main/core/narrative/render.ts'
import { templateNarrative } from '../../src/main/core/narrative/template.ts'
import type { Weighed } from '../../src/main/core/signals/weigh.ts'
import { hostileNames, hostileTexts } from '../fixtures/hostile-texts.ts'
import { harmlessOffice, officeNamed } from '../support/hostile-office.ts'

const offices = hostileNames.map((text) => ({ text, office: officeNamed(text) }))

describe('whatever a directory, an HR file or a rule calls things', () => {
  it('is tried with two hundred hostile texts and more, each once', () => {
    expect(hostileTexts.length).toBeGreaterThanOrEqual(200)
    expect(new Set(hostileTexts).size).toBe(hostileTexts.length)
    expect(hostileTexts.some((text) => text.length >= 10_000)).toBe(true)
  })

  it('the verdict is the same', () => {
    for (const { text, office } of offices) expect([text, office.recommendation]).toEqual([text, harmlessOffice.recommendation])
  })

  it('no byte of what a language model is asked changes', () => {
    const prompt = buildPrompt(harmlessOffice.packet)
    for (const { text, office } of offices) expect([text, buildPrompt(office.packet)]).toEqual([text, prompt])
  })

  it('the sentences\' own words are the same, and the text stands in them only as marked facts', () => {
    const own = (text: string, { packet, recommendation }: Weighed) =>
      renderNarrative(templateNarrative(packet, recommendation), packet, { USER: text, ENT: text, APP: text }, englishWriter)
    const words = (text: string, office: Weighed) => own(text, office).claims.map(({ pieces }) => pieces.filter(({ isFact }) => !isFact))
    const harmless = words('Accounts payable', harmlessOffice)
    for (const { text, office } of offices) {
      expect([text, words(text, office)]).toEqual([text, harmless])
      expect(plainText(own(text, office))).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  })
})
