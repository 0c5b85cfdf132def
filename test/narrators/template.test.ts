import { describe, expect, it } from 'vitest'
import { narrative } from '../../src/shared/model/narrative.ts'
import { templateNarrator } from '../../src/main/narrators/template.ts'
import { verifyNarrative } from '../../src/main/core/narrative/verify-claims.ts'
import { organisation } from '../support/population-builder.ts'

describe('the template narrator', () => {
  it('words a packet as the contract says, under its own name, and passes the verifier', async () => {
    const { packet, recommendation } = organisation().person('anna', { status: 'gone' })
      .right('PAY', { privilege: 'admin' }).grant('anna', 'PAY').weigh('anna', 'PAY')
    const text = await templateNarrator.narrate(packet, recommendation)
    expect(narrative.parse(text).narrator).toEqual({ name: templateNarrator.name, version: templateNarrator.version })
    expect(verifyNarrative(packet, recommendation, text)).toEqual([])
  })
})
