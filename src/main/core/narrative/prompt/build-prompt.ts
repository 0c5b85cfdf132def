import type { ModelAnswer } from '../../../../shared/model/language-model.ts'
import type { EvidencePacket, Recommendation } from '../../../../shared/model/recommendation.ts'
import { templateNarrative } from '../template.ts'
import { evidenceLines } from './evidence-lines.ts'
import { examplePackets } from './fixed-packets.ts'
import { PROMPT_VERSION, systemText } from './system-text.ts'

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What is sent for one item: the shared beginning, the item's evidence, and the form the answer must have. */
export interface Prompt {
  readonly messages: readonly PromptMessage[]
  readonly schema: object
}

/** System text and two worked examples: byte for byte the same for every item of every campaign. */
export function promptPrefix(): readonly PromptMessage[] {
  prefix ??= [
    { role: 'system', content: systemText },
    ...examplePackets().flatMap(({ packet, recommendation, question }): PromptMessage[] => [
      { role: 'user', content: evidenceLines(packet) },
      { role: 'assistant', content: JSON.stringify(exampleAnswer(packet, recommendation, question)) },
    ]),
  ]
  return prefix
}

/** Worked out when first needed: a workspace that uses no model pays nothing for it. */
let prefix: readonly PromptMessage[] | undefined

/** Everything that shapes an answer besides the packet, as text to be hashed. */
export function promptFingerprint(): string {
  return JSON.stringify({ version: PROMPT_VERSION, prefix: promptPrefix(), schema: answerSchema([]) })
}

/**
 * The prompt for one packet. `broken` names the rules an earlier answer broke, sentence by sentence; it stands at the very end, so that
 * the shared beginning stays shared.
 */
export function buildPrompt(packet: EvidencePacket, broken: readonly string[] = []): Prompt {
  const evidence = evidenceLines(packet)
  const again = broken.length === 0
    ? ''
    : `\n\nYour first answer could not be used. It broke these rules: ${[...new Set(broken)].join(', ')}. Answer again, closer to the sentences given.`
  return {
    messages: [...promptPrefix(), { role: 'user', content: `${evidence}${again}` }],
    schema: answerSchema(packet.signals.map((signal) => signal.id)),
  }
}

/** JSON schema of an answer about these pieces of evidence. */
export function answerSchema(ids: readonly string[]): object {
  const sentence = {
    type: 'object',
    properties: {
      evidence: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string', enum: [...ids] } },
      stance: { type: 'string', enum: ['for-keeping', 'for-revoking', 'neutral'] },
      text: { type: 'string' },
    },
    required: ['evidence', 'stance', 'text'],
    additionalProperties: false,
  }
  return {
    type: 'object',
    properties: {
      claims: { type: 'array', minItems: 1, maxItems: 12, items: sentence },
      counter: { anyOf: [sentence, { type: 'null' }] },
      recommendation: { type: 'string', enum: ['keep', 'revoke', 'look-closer'] },
      confidence: { type: 'string', enum: ['low', 'medium', 'high'] },
      question: { type: 'string' },
    },
    required: ['claims', 'counter', 'recommendation', 'confidence', 'question'],
    additionalProperties: false,
  }
}

/** The template's own words as a model would hand them in: examples can then never teach what the verifier refuses. */
function exampleAnswer(packet: EvidencePacket, recommendation: Recommendation, question: string): ModelAnswer {
  const { claims, counter } = templateNarrative(packet, recommendation)
  return { claims, counter, recommendation: recommendation.action, confidence: recommendation.confidence, question }
}
