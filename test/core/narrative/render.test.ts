import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimText, englishWriter, plainText } from '../../../src/main/core/narrative/plain-text.ts'
import { renderClaim, renderNarrative } from '../../../src/main/core/narrative/render.ts'
import { templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { organisation } from '../../support/population-builder.ts'
import { packets } from '../../support/packets.ts'

const names = { USER: 'Anna Berg', ENT: 'Pay vendors', APP: 'Ledger' }

describe('a narrative for people', () => {
  it('reads as plain English with names, dates and numbers filled in', () => {
    const clerk = { department: 'Finance', title: 'Clerk' }
    const org = organisation().person('anna', clerk).people('c', 12, clerk).grantAll('c', 1, 'PAY').grantAll('c', 12, 'X')
      .grant('anna', 'PAY').watched('2025-01-01').used('anna', 'ERP', ['2025-11-01'])
    const { packet, recommendation } = org.weigh('anna', 'PAY')
    const text = plainText(renderNarrative(templateNarrative(packet, recommendation), packet, names, englishWriter))
    expect(text).toContain('1 November 2025, 241 days ago; removing Pay vendors would end access that lies idle.')
    expect(text).toContain('Pay vendors is held by only 1 of the 12 other people in the same job as Anna Berg (Clerk, Finance)')
  })

  it('leaves no placeholder or alias behind', () => {
    fc.assert(fc.property(packets, ({ packet, recommendation }) => {
      const rendered = renderNarrative(templateNarrative(packet, recommendation), packet, names, englishWriter)
      for (const claim of [...rendered.claims, ...(rendered.counter === null ? [] : [rendered.counter])]) {
        for (const piece of claim.pieces) if (!piece.isFact) expect(piece.text).not.toMatch(/\{\{|\b(USER|ENT|APP)\b/)
      }
    }), { numRuns: 2000 })
  })

  it('text of a directory stays text: one piece, marked as a fact, never read again as a placeholder or alias', () => {
    const hostile = '<img src=x onerror=alert(1)> {{E1.days}} USER'
    const { packet } = organisation().person('anna', { isEnabled: false }).grant('anna', 'PAY').weigh('anna', 'PAY')
    const rendered = renderClaim(
      {
        evidence: ['E1'], stance: 'for-revoking', text: 'The account that holds ENT is disabled.',
      }, packet, { ...names, ENT: hostile }, englishWriter,
    )
    expect(rendered.pieces.filter((piece) => piece.isFact)).toEqual([{ text: hostile, isFact: true }])
  })

  it('plain text has no control or direction-changing characters', () => {
    expect(claimText({ stance: 'neutral', evidence: [], pieces: [{ text: 'a\u202eb\nc\u0000d', isFact: true }] })).toBe('a b c d')
  })

  it.each([[1, '1 day'], [2, '2 days'], [729, '729 days'], [4789, '13 years']])(
    '%i days is written %s', (days, text) => { expect(englishWriter.days(days)).toBe(text) }
  )
})
