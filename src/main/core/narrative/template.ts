import type { Claim, Narrative } from '../../../shared/model/narrative.ts'
import type { EvidencePacket, Recommendation } from '../../../shared/model/recommendation.ts'
import type { Signal } from '../../../shared/model/signal.ts'
import { isStrong } from '../recommendation/score.ts'
import { mixed } from '../signals/pair-counts.ts'
import { wordingsOf } from './kind-words.ts'
import { counterSignals, heaviestFirst, leanOf, stanceOf } from './sides.ts'

export const TEMPLATE_NARRATOR = { name: 'template', version: '3' } as const

/** A reader in a hurry reads three sentences; more appear only where more strong evidence exists. */
const SENTENCES = 3

/**
 * Words a packet from fixed sentences: what decides or speaks loudest for the advice first, then every other strong signal, and the
 * heaviest evidence against it as the counter. Same packet, same words; the wording varies from grant to grant.
 */
export function templateNarrative(packet: EvidencePacket, recommendation: Recommendation): Narrative {
  const counter = counterSignals(packet, recommendation)[0] ?? null
  const told = tellingSignals(packet, recommendation).filter((signal) => signal !== counter)
  // Somebody who left, or a login that is switched off, has no work that could be interrupted or that a right could fit.
  const hasWork = !packet.signals.some(({ kind }) => kind === 'leaver' || kind === 'account-disabled')
  const meansMuch = (signal: Signal): boolean => hasWork || signal.direction !== 'keep'
  const shown = told.length > 0 ? told : packet.signals.filter((signal) => signal !== counter).slice(0, 1)
  return {
    claims: shown.map((signal, at) => claimFor(signal, packet.access.grantId, at === 0 && meansMuch(signal))),
    counter: counter === null ? null : claimFor(counter, packet.access.grantId, meansMuch(counter)),
    narrator: { ...TEMPLATE_NARRATOR },
  }
}

/** The sentence that stands for one signal. `withMeaning` adds what keeping or removing would do. */
export function claimFor(signal: Signal, grantId: number, withMeaning: boolean): Claim {
  const wordings = wordingsOf(signal)
  const wording = wordings[mixed(grantId, Number(signal.id.slice(1))) % wordings.length]
  if (wording === undefined) throw new Error(`There is no sentence for ${signal.kind}`)
  const text = withMeaning && wording.meaning !== undefined ? `${wording.fact}; ${wording.meaning}` : wording.fact
  return {
    evidence: [signal.id],
    stance: stanceOf(signal.direction),
    text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replaceAll('{{.', `{{${signal.id}.`),
  }
}

function tellingSignals(packet: EvidencePacket, recommendation: Recommendation): readonly Signal[] {
  const lean = leanOf(recommendation)
  const deciding = packet.signals.filter((signal) => decidingKinds.has(signal.kind))
  const rest = heaviestFirst(packet.signals.filter((signal) => !decidingKinds.has(signal.kind)))
  const strong = [
    ...deciding, ...rest.filter(
      (signal) => isStrong(signal) && signal.direction === lean,
    ), ...rest.filter((signal) => isStrong(signal) && signal.direction !== lean),
  ]
  const supporting = rest.filter((signal) => !isStrong(signal) && signal.direction === lean)
  // What nobody knows is worth a sentence before what hardly matters.
  const unknown = packet.signals.filter(
    (signal) => signal.kind === 'no-peer-group' || (signal.kind === 'data-gap' && signal.facts.about === 'usage' && signal.weight === 0),
  )
  const gaps = recommendation.rules.includes('no-evidence-look-closer') ? unknown : []
  const others = recommendation.rules.includes('no-evidence-look-closer') ? [] : unknown
  const filler = [...gaps, ...supporting, ...others].slice(0, Math.max(0, SENTENCES - strong.length))
  return [...strong, ...filler]
}

const decidingKinds: ReadonlySet<Signal['kind']> = new Set(['leaver', 'orphan-account', 'service-account', 'sod-conflict'])
