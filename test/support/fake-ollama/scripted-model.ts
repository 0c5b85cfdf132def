import type { ModelAnswer } from '../../../src/shared/model/language-model.ts'
import type { ChatCall, ChatScript, FakeModel } from './server.ts'

export const digestA = 'a'.repeat(64)
export const digestB = 'b'.repeat(64)

export const localModel: FakeModel = { name: 'plain:3b', digest: digestA }
export const thinkingModel: FakeModel = { name: 'ponder:8b', digest: digestB, capabilities: ['completion', 'thinking'] }

type Sentence = ModelAnswer['claims'][number]

/** What an obedient model would say: for each piece of evidence in the last message the first sentence offered there. */
export function obedientAnswer(call: Pick<ChatCall, 'messages'>, verdict: ModelAnswer['recommendation'] = 'keep'): ModelAnswer {
  const blocks = (call.messages.at(-1)?.content ?? '').split('\n\n')[0]?.split(/\n(?=E\d+ )/).slice(1) ?? []
  const sentences = blocks.map((block): Sentence => ({
    evidence: [/^(E\d+) /.exec(block)?.[1] ?? 'E0'],
    stance: (/\(stance ([a-z-]+)\)/.exec(block)?.[1] ?? 'neutral') as Sentence['stance'],
    text: /\n {2}say: (.*)/.exec(block)?.[1] ?? '',
  }))
  const against = sentences.find(({ stance }) => stance === (verdict === 'keep' ? 'for-revoking' : 'for-keeping')) ?? null
  return {
    claims: sentences.filter((sentence) => sentence !== against), counter: against, recommendation: verdict, confidence: 'medium',
    question: 'Is this right still part of the work?',
  }
}

export const obedient = (verdict: ModelAnswer['recommendation'] = 'keep') => (call: ChatCall): ChatScript => (
  { kind: 'answer', text: JSON.stringify(obedientAnswer(call, verdict)) }
)
