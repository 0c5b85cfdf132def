import fc from 'fast-check'
import { templateNarrative } from '../../../src/main/core/narrative/template.ts'
import { verifyNarrative } from '../../../src/main/core/narrative/verify-claims.ts'
import { mutations } from '../../core/narrative/mutations.ts'
import { claimOf, packetOf, soundSentences, unsoundSentences } from '../../core/narrative/sentences.ts'
import { checkClaim } from '../../../src/main/core/narrative/check-claim.ts'
import { packets } from '../../support/packets.ts'
import { numberOf, type Step } from '../result.ts'

const CHUNK = 5_000
/** Every so many packets is mutated, with so many variants of each class drawn from all it can make. */
const MUTATED_SHARE = 20
const VARIANTS = 4

/** Input: `packets`. The template's narrative of every packet must pass; what is made of it by mutation must not. */
export const faithfulness: Step = async (input) => {
  const total = numberOf(input, 'packets')
  const figures: Record<string, number> = { packets: 0, rejected: 0, wordings: 0 }
  const made = new Map<string, number>()
  const missed = new Map<string, number>()
  const examples: string[] = []
  let seconds = 0
  for (let seed = 1; (figures['packets'] ?? 0) < total; seed++) {
    const chunk = fc.sample(packets, { numRuns: Math.min(CHUNK, total - (figures['packets'] ?? 0)), seed })
    const start = performance.now()
    for (const { packet, recommendation } of chunk) {
      const found = verifyNarrative(packet, recommendation, templateNarrative(packet, recommendation))
      if (found.length > 0) figures['rejected'] = (figures['rejected'] ?? 0) + 1
    }
    seconds += (performance.now() - start) / 1000
    chunk.forEach(({ packet, recommendation }, index) => {
      if (index % MUTATED_SHARE !== 0) return
      const narrative = templateNarrative(packet, recommendation)
      for (const [name, mutate] of Object.entries(mutations)) {
        const variants = mutate(narrative, packet)
        const step = Math.max(1, Math.floor(variants.length / VARIANTS))
        for (let at = index % step; at < variants.length; at += step) {
          const variant = variants[at]
          if (variant === undefined) continue
          made.set(name, (made.get(name) ?? 0) + 1)
          if (verifyNarrative(packet, recommendation, variant).length > 0) continue
          missed.set(name, (missed.get(name) ?? 0) + 1)
          if (examples.length === 0) examples.push(`${name}: ${variant.claims[0]?.text ?? ''}`)
        }
      }
    })
    figures['packets'] = (figures['packets'] ?? 0) + chunk.length
  }
  for (const name of Object.keys(mutations)) {
    figures[`made ${name}`] = made.get(name) ?? 0
    figures[`missed ${name}`] = missed.get(name) ?? 0
  }
  figures['sound'] = soundSentences.length
  figures['sound refused'] = soundSentences.filter((sentence) => checkClaim(claimOf(sentence), packetOf(sentence[0])).length > 0).length
  figures['unsound'] = unsoundSentences.length
  figures['unsound passed'] = unsoundSentences.filter((sentence) => checkClaim(claimOf(sentence), packetOf(sentence[0])).length === 0).length
  return Promise.resolve({ figures: { ...figures, seconds }, notes: examples })
}
