import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { narrative } from '../../src/shared/model/narrative.ts'
import { englishWriter } from '../../src/main/core/narrative/plain-text.ts'
import { renderNarrative } from '../../src/main/core/narrative/render.ts'
import { verifyNarrative } from '../../src/main/core/narrative/verify-claims.ts'
import type { Narrator } from '../../src/main/narrators/narrator.ts'
import { packets } from '../support/packets.ts'

interface Case {
  readonly name: string
  readonly narrator: () => Promise<Narrator>
  readonly runs: number
}

/** What every narrator promises, whoever it is: on any evidence, words of the agreed form that their evidence supports. */
export const narratorContract = ({ name, narrator, runs }: Case): void => {
  describe(`${name} keeps a narrator's promises`, () => {
    it('words any packet so that the verifier finds nothing, with no unfilled placeholder left', async () => {
      const one = await narrator()
      await fc.assert(fc.asyncProperty(packets, async ({ packet, recommendation }) => {
        const text = narrative.parse(await one.narrate(packet, recommendation))
        expect(verifyNarrative(packet, recommendation, text)).toEqual([])
        const { claims, counter } = renderNarrative(text, packet, { USER: 'Ann', ENT: 'Right', APP: 'App' }, englishWriter)
        const own = [...claims, ...(counter === null ? [] : [counter])].flatMap(({ pieces }) => pieces.filter(({ isFact }) => !isFact))
        expect(own.filter((piece) => piece.text.includes('{{'))).toEqual([])
      }), { numRuns: runs })
    })

    it('signs its words with a name and a version', async () => {
      const one = await narrator()
      expect(one.name).not.toBe('')
      expect(one.version).not.toBe('')
    })
  })
}
