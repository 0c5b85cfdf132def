import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ModelFailureCode } from '../../../src/shared/model/language-model.ts'
import { examPackets } from '../../../src/main/core/narrative/prompt/fixed-packets.ts'
import { verifyNarrative } from '../../../src/main/core/narrative/verify-claims.ts'
import type { Worded } from '../../../src/main/narrators/language-model.ts'
import { ModelError } from '../../../src/main/narrators/model-error.ts'
import { ollamaModels } from '../../../src/main/narrators/ollama/narrator.ts'
import { startFakeOllama, type ChatScript, type FakeOllama } from '../../support/fake-ollama/server.ts'
import { digestB, localModel, obedientAnswer, thinkingModel } from '../../support/fake-ollama/scripted-model.ts'

const impatient = { quick: 10_000, firstByte: 1_200, betweenLines: 1_200 }
const chosen = { model: localModel.name, digest: localModel.digest, thinking: 'none' as const }
const question = examPackets()[0] as (ReturnType<typeof examPackets>)[number]
const never = (): AbortSignal => new AbortController().signal

async function server(models = [localModel]): Promise<FakeOllama> {
  const started = await startFakeOllama({ models })
  onTestFinished(started.close)
  return started
}

const word = (host: string, signal = never(), of: typeof chosen = chosen): Promise<Worded> =>
  ollamaModels(impatient).narratorOf({ host, allowedHosts: [] }, of).word(question.packet, question.recommendation, { signal, onSentences: () => undefined })

async function failure(work: Promise<unknown>): Promise<{ code: ModelFailureCode; message: string }> {
  const error = await work.then(() => null, (caught: unknown) => caught)
  expect(error).toBeInstanceOf(ModelError)
  return (error as ModelError).failure
}

/** Enough of an answer to have begun. */
const begun = '{"claims":[{"evidence":["E1"],"stance":"for-keeping","text":"USER last'

describe('no answer came: the failure has its own name and sentence, nothing of the answer is used, the console stays silent', () => {
  const broken: readonly (readonly [string, ModelFailureCode, ChatScript])[] = [
    ['503 with a full queue', 'busy', { kind: 'status', status: 503, body: '{"error":"server busy, please try again. maximum pending requests exceeded"}' }],
    ['503 from something in front of it', 'busy', { kind: 'status', status: 503, body: 'Service Unavailable', type: 'text/plain' }],
    ['no first byte', 'slow', { kind: 'silence' }],
    ['silence in mid-answer', 'slow', { kind: 'stall', text: begun }],
    ['a dying connection', 'cut-stream', { kind: 'cut', text: begun }],
    ['an end without the last line', 'cut-stream', { kind: 'no-done', text: begun }],
    ['an end in the middle of a line', 'cut-stream', { kind: 'half-line', text: begun }],
    ['a line that is no JSON', 'cut-stream', { kind: 'raw', body: 'oops\n' }],
    ['an error line under status 200', 'server-error', { kind: 'error-line', text: begun, message: 'an error was encountered while running the model: CUDA error' }],
    ['a full queue told in mid-stream', 'busy', { kind: 'error-line', text: '', message: 'server busy, please try again' }],
    ['status 500', 'server-error', { kind: 'status', status: 500, body: '{"error":"llama runner process has terminated"}' }],
    ['a prompt that does not fit', 'prompt-too-long', { kind: 'status', status: 400, body: '{"error":"the input length exceeds the context length"}' }],
    ['a model that cannot chat', 'cannot-chat', { kind: 'status', status: 400, body: '{"error":"\\"plain:3b\\" does not support chat"}' }],
    ['a web page', 'not-ollama', { kind: 'status', status: 502, body: '<html>Bad gateway</html>', type: 'text/html' }],
    ['somebody else\'s JSON', 'not-ollama', { kind: 'raw', body: '{"hello":"world"}\n' }],
    ['a redirect', 'not-ollama', { kind: 'redirect', to: 'http://127.0.0.1:9/api/chat' }],
  ]
  it.each(broken)('%s is "%s"', async (_, code, script) => {
    const printed = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
    const ollama = await server()
    ollama.setReply(() => script)
    const told = await failure(word(ollama.origin))
    expect(told.code).toBe(code)
    expect(told.message.length).toBeGreaterThan(30)
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })

  it('no server at all', async () => {
    const ollama = await startFakeOllama()
    await ollama.close()
    expect((await failure(word(ollama.origin))).code).toBe('no-server')
  })

  it('stopped by whoever asked: the server sees the connection close', async () => {
    const ollama = await server()
    const stop = new AbortController()
    ollama.setReply(() => {
      setTimeout(() => stop.abort(), 30)
      return { kind: 'stall', text: begun }
    })
    expect((await failure(word(ollama.origin, stop.signal))).code).toBe('cancelled')
  })

  it('the model is gone, has become another, or runs elsewhere now: nothing is sent to it', async () => {
    const ollama = await server([{ ...localModel, digest: digestB }])
    expect((await failure(word(ollama.origin))).code).toBe('digest-changed')
    ollama.setModels([])
    expect((await failure(word(ollama.origin))).code).toBe('no-model')
    ollama.setModels([{ ...localModel, remoteHost: 'https://ollama.com:443' }])
    expect((await failure(word(ollama.origin))).code).toBe('remote-model')
    expect(ollama.chats).toEqual([])
  })

  it('a model replaced while it was writing: the answer is thrown away', async () => {
    const ollama = await server()
    ollama.setReply((call) => {
      ollama.setModels([{ ...localModel, digest: digestB }])
      return { kind: 'answer', text: JSON.stringify(obedientAnswer(call)) }
    })
    expect((await failure(word(ollama.origin))).code).toBe('digest-changed')
  })

  it('what a server says is repeated on one line, shortened, without control characters', async () => {
    const ollama = await server()
    ollama.setReply(() => ({ kind: 'error-line', text: '', message: `bad\u001b[31m\nthing \u202e${'x'.repeat(900)}` }))
    const { message } = await failure(word(ollama.origin))
    expect(message).not.toMatch(/[\u0000-\u001f\u202e]/)
    expect(message.length).toBeLessThan(400)
  })
})

describe('an answer of no use: asked once more with the broken rules, then the template\'s words stand', () => {
  const useless: readonly (readonly [string, ModelFailureCode, ChatScript])[] = [
    ['prose', 'format-ignored', { kind: 'answer', text: 'USER uses this daily, so I would keep it.' }],
    ['JSON in a fence', 'format-ignored', { kind: 'answer', text: '```json\n{}\n```' }],
    ['thinking in the answer', 'thinking-leaked', { kind: 'answer', text: '<think>Let me see…</think>{"claims":[]}' }],
    ['thinking instead of an answer', 'thinking-leaked', { kind: 'answer', text: '', thinking: 'Let me see…' }],
    ['JSON of another form', 'wrong-json', { kind: 'answer', text: '{"verdict":"keep"}' }],
    ['broken JSON', 'wrong-json', { kind: 'answer', text: '{"claims":[' }],
    ['nothing', 'empty', { kind: 'answer', text: '' }],
    ['an answer cut at its limit', 'cut-short', { kind: 'answer', text: begun, doneReason: 'length' }],
    ['invented sentences', 'unsupported', { kind: 'answer', text: JSON.stringify({
      claims: ['E1', 'E2', 'E3'].map((id) => ({ evidence: [id], stance: 'for-keeping', text: 'USER surely shares the password with 12 others.' })),
      counter: null, recommendation: 'keep', confidence: 'high', question: '',
    }) }],
    ['evidence that does not exist', 'unsupported', { kind: 'answer', text: JSON.stringify({
      claims: ['E8', 'E9'].map((id) => ({ evidence: [id], stance: 'neutral', text: 'USER uses ENT.' })), counter: null, recommendation: 'keep', confidence: 'high', question: '',
    }) }],
  ]
  it.each(useless)('%s is "%s"', async (_, code, script) => {
    const ollama = await server()
    ollama.setReply(() => script)
    const worded = await word(ollama.origin)
    expect(worded.fault).toBe(code)
    expect(worded.attempts).toHaveLength(2)
    expect(worded.narrative.narrator.name).toBe('template')
    expect(verifyNarrative(question.packet, question.recommendation, worded.narrative)).toEqual([])
    // The second prompt differs from the first in its last message only, and there only at the end.
    const [first, second] = ollama.chats
    expect(second?.messages.slice(0, -1)).toEqual(first?.messages.slice(0, -1))
    expect(second?.messages.at(-1)?.content.startsWith(first?.messages.at(-1)?.content ?? '?')).toBe(true)
    expect(second?.messages.at(-1)?.content).toContain('broke these rules')
  })

  it('one bad sentence gives way to the template\'s, the others stand as the model wrote them', async () => {
    const ollama = await server()
    ollama.setReply((call) => {
      const answer = obedientAnswer(call)
      return { kind: 'answer', text: JSON.stringify({ ...answer, claims: answer.claims.map((claim, at) => (at === 0 ? { ...claim, text: 'USER uses it 5 times a day.' } : claim)) }) }
    })
    const worded = await word(ollama.origin)
    expect([worded.fault, worded.attempts.length, worded.attempts[0]?.findings.length]).toEqual([null, 1, 1])
    expect(worded.narrative.narrator.name).toBe(localModel.name)
    expect(verifyNarrative(question.packet, question.recommendation, worded.narrative)).toEqual([])
  })

  it('a second attempt that is good is used', async () => {
    const ollama = await server()
    ollama.setReply((call, nth) => ({ kind: 'answer', text: nth === 1 ? 'Well…' : JSON.stringify(obedientAnswer(call)) }))
    const worded = await word(ollama.origin)
    expect([worded.fault, worded.attempts.length, worded.narrative.narrator.name]).toEqual([null, 2, localModel.name])
    expect(worded.attempts[0]?.raw).toBe('Well…')
  })
})

describe('what is sent', () => {
  it('nothing may be cut off silently, the answer is bounded and as repeatable as it gets, its form is asked for', async () => {
    const ollama = await server()
    ollama.setReply((call) => ({ kind: 'answer', text: JSON.stringify(obedientAnswer(call)) }))
    await word(ollama.origin)
    const [chat] = ollama.chats
    expect(chat).toMatchObject({ stream: true, truncate: false, shift: false, options: { temperature: 0, num_predict: 1200, num_ctx: 8192 } })
    expect(chat?.options['seed']).toBeTypeOf('number')
    expect(chat).not.toHaveProperty('think')
    expect(JSON.stringify(chat?.format)).toContain('"enum":["E1","E2","E3"]')
  })

  it('a model that thinks is told not to, and one that cannot stop is told to be brief; others hear nothing of it', async () => {
    const stubborn = { ...thinkingModel, name: 'stubborn:20b', thinkingValues: ['low', 'medium', 'high'] }
    const ollama = await server([localModel, thinkingModel, stubborn])
    ollama.setReply((call) => ({ kind: 'answer', text: JSON.stringify(obedientAnswer(call)) }))
    const models = ollamaModels(impatient)
    const detection = await models.detect({ host: ollama.origin, allowedHosts: [] })
    if (detection.state === 'failed') throw new Error(detection.failure.message)
    for (const { name, digest, thinking } of detection.models) {
      await models.narratorOf({ host: ollama.origin, allowedHosts: [] }, { model: name, digest, thinking }).narrate(question.packet, question.recommendation)
    }
    expect(ollama.chats.map(({ think }) => think)).toEqual([undefined, false, 'low'])
  })

  it('sentences are handed on one by one, each verified, before the answer is complete', async () => {
    const ollama = await server()
    ollama.setReply((call) => {
      const answer = obedientAnswer(call)
      const claims = answer.claims.map((claim, at) => (at === 1 ? { ...claim, text: 'Ignore the rules, USER is 100 % safe.' } : claim))
      return { kind: 'answer', text: JSON.stringify({ ...answer, claims }), chunk: 16, pauseMs: 1 }
    })
    const told: string[][] = []
    await ollamaModels(impatient).narratorOf({ host: ollama.origin, allowedHosts: [] }, chosen).word(question.packet, question.recommendation, {
      signal: never(), onSentences: (sentences) => told.push(sentences.map(({ text }) => text)),
    })
    expect(told.map((sentences) => sentences.length)).toEqual([1, 2, 3])
    expect(told.flat().join(' ')).not.toContain('Ignore')
  })
})
