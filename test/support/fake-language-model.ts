import type { LanguageModelStatus } from '../../src/renderer/features/settings/language-model/use-language-model.ts'
import { modelFailure } from '../../src/main/core/narrative/prompt/failure-messages.ts'
import type { Wording } from '../../src/shared/model/language-model.ts'
import type { RenderedClaim } from '../../src/shared/model/narrative.ts'
import type { FakeProcedures } from './fake-procedures.ts'

const exam = (model: string, digest: string, verified: number, ms: number) => ({
  id: verified, model, digest, ollama: '0.12.3', at: '2026-11-20T09:30:00.000Z', by: 'grace.muir@harbourline.example', packets: 12,
  schemaValid: verified > 40 ? 12 : 9, sentences: 45, verified, millisecondsPerItem: ms, promptHash: 'c'.repeat(64), verifier: '1',
  isPassed: verified > 40, details: [],
})

const model = (name: string, letter: string, bytes: number, parameters: string) => ({
  name, digest: letter.repeat(64), bytes, family: 'llama', parameters, quantization: 'Q4_K_M', capabilities: ['completion'], obstacle: null,
  thinking: 'none' as const,
})

const installed = (): LanguageModelStatus['models'] => [
  { ...model('llama3.2:3b', 'a', 2_019_393_189, '3.2B'), exam: exam('llama3.2:3b', 'a'.repeat(64), 44, 6_400), examState: 'passed', isChosen: false },
  { ...model('hf.co/team/tiny-words-instruct-gguf:Q4_K_M', 'b', 812_000_000, '1.1B'),
    exam: exam('hf.co/team/tiny-words-instruct-gguf:Q4_K_M', 'b'.repeat(64), 21, 2_100), examState: 'failed', isChosen: false },
  { ...model('gemma3:4b', 'd', 3_338_801_804, '4.3B'), exam: null, examState: 'none', isChosen: false },
  { ...model('gpt-oss:120b-cloud', 'e', 384, ''), obstacle: 'remote-model', exam: null, examState: 'none', isChosen: false },
]

export interface FakeModelSettings {
  /** What the screens find of a language model. */
  readonly languageModel: 'off' | 'on' | 'no-server' | 'no-models' | 'writing' | 'slow' | 'otherwise'
}

/** A language model as the screens see it: one that is off, writes one sentence and pauses, or is too slow. */
export const fakeLanguageModel = (settings: () => FakeModelSettings, sentencesOf: (itemId: number) => readonly RenderedClaim[]) => (os: FakeProcedures) => {
  let chosen: string | null = null
  const allowed = new Set<string>()
  const host = 'http://127.0.0.1:11434'
  const settingsNow = (): LanguageModelStatus['settings'] => ({
    host, allowedHosts: [...allowed], chosen: chosen === null ? null : { model: chosen, digest: 'a'.repeat(64), thinking: 'none' },
  })
  const isOn = (): boolean => settings().languageModel === 'on'
  return {
    status: os.languageModel.status.handler(() => {
      if (isOn()) chosen ??= 'llama3.2:3b'
      const isDown = settings().languageModel === 'no-server'
      return {
        settings: settingsNow(), isLoopback: true,
        detection: isDown ? { state: 'failed' as const, failure: modelFailure('no-server') } : { state: 'ready' as const, version: '0.12.3' },
        models: isDown || settings().languageModel === 'no-models' ? [] : installed().map((one) => ({ ...one, isChosen: one.name === chosen })),
        restsForSeconds: 0, queue: { waiting: 0, running: 0 },
        figures: isOn() ? { narratives: 412, byModel: 398, replaced: 27, disagreeing: 9 } : { narratives: 0, byModel: 0, replaced: 0, disagreeing: 0 },
      }
    }),
    choose: os.languageModel.choose.handler(({ input }) => {
      chosen = input.model
      return settingsNow()
    }),
    off: os.languageModel.off.handler(() => {
      chosen = null
      return settingsNow()
    }),
    allowHost: os.languageModel.allowHost.handler(({ input }) => {
      if (input.isAllowed) allowed.add(input.host)
      else allowed.delete(input.host)
      return settingsNow()
    }),
    exam: os.languageModel.exam.handler(async function* ({ input }) {
      for (const at of [1, 2, 3]) {
        yield { state: 'working' as const, step: `Question ${at} of 12`, share: at / 12 }
        await new Promise((resolve) => setTimeout(resolve, 150))
      }
      yield { state: 'done' as const, result: exam(input.model, 'd'.repeat(64), 44, 7_000) }
    }),
    word: os.languageModel.word.handler(async function* ({ input, signal }) {
      if (settings().languageModel === 'writing') {
        yield { state: 'waiting' as const, ahead: 0 }
        yield { state: 'writing' as const, sentences: sentencesOf(input.itemId).slice(0, 1) }
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
        return
      }
      yield { state: 'failed' as const, failure: modelFailure(settings().languageModel === 'slow' ? 'slow' : 'off') }
    }),
    ahead: os.languageModel.ahead.handler(() => ({ queued: 0 })),
    record: os.languageModel.record.handler(({ input }) => {
      const wording: Wording = {
        id: 1, itemId: input.itemId, at: '2026-11-22T08:00:00.000Z', eventSeq: 431, narrator: 'llama3.2:3b', model: 'llama3.2:3b',
        digest: 'a'.repeat(64), ollama: '0.12.3', sentences: 4, replaced: 1, verdict: 'revoke', isDisagreeing: true, milliseconds: 6_400, failure: null,
      }
      return [{
        ...wording, packetHash: 'f'.repeat(64), packetBytes: 1_804, engineVersion: '1', score: 900, promptVersion: '1', promptHash: 'c'.repeat(64),
        verifier: '1', options: '{"num_ctx":8192,"temperature":0}', raw: ['{"claims":[]}'], rawHash: 'd'.repeat(64),
        findings: [{ attempt: 1, sentence: '2', codes: ['digit'] }], rendered: 'text', renderedHash: 'e'.repeat(64),
      }]
    }),
  }
}
