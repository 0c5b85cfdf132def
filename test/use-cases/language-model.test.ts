import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isCap } from '../../src/main/core/recommendation/hard-rules.ts'
import type { ModelAnswer } from '../../src/shared/model/language-model.ts'
import type { ChatCall, ChatScript } from '../support/fake-ollama/server.ts'
import { digestB, localModel, obedient, obedientAnswer } from '../support/fake-ollama/scripted-model.ts'
import { ada, finish, mia, olga } from '../support/workspace-builder.ts'
import { campaign, decided, eventsIn, expectSoundLog, openItem, refusal, setting, steps, withLaunchedCampaign } from '../support/worded-workspace.ts'

withLaunchedCampaign()

describe('choosing a model', () => {
  it('needs a passed exam of just this digest; both are in the log', async () => {
    const { officer, ollama, folder } = await setting(false)
    expect(await refusal(officer.languageModel.choose({ model: localModel.name }))).toContain('has not passed the exam')
    const exam = await finish(await officer.languageModel.exam({ model: localModel.name }))
    expect(exam).toMatchObject({ packets: 12, schemaValid: 12, isPassed: true, digest: localModel.digest, by: olga })
    expect(exam.verified).toBe(exam.sentences)
    expect((await officer.languageModel.choose({ model: localModel.name })).chosen?.digest).toBe(localModel.digest)
    expect(eventsIn(folder, 'model-examined')).toHaveLength(1)
    expect(eventsIn(folder, 'model-chosen')[0]?.body).toMatchObject({ model: localModel.name, digest: localModel.digest, exam: exam.id })
    ollama.setModels([{ ...localModel, digest: digestB }])
    expect((await officer.languageModel.status()).models[0]).toMatchObject({ examState: 'outdated', isChosen: false })
    expect(await refusal(officer.languageModel.choose({ model: localModel.name }))).toContain('out of date')
  })

  it('below 90 % supported it is refused, and the exam says which rules were broken', async () => {
    const { officer, ollama } = await setting(false)
    ollama.setReply((call, nth) => nth % 3 === 0 ? { kind: 'answer', text: 'I think so.' } : obedient()(call))
    const exam = await finish(await officer.languageModel.exam({ model: localModel.name }))
    expect([exam.isPassed, exam.schemaValid]).toEqual([false, 8])
    expect(exam.details.filter(({ problem }) => problem === 'format-ignored')).toHaveLength(4)
    expect(await refusal(officer.languageModel.choose({ model: localModel.name }))).toContain('failed its exam')
  })

  it('an exam the server breaks off has no result; a model that runs elsewhere sits none', async () => {
    const { officer, ollama } = await setting(false)
    ollama.setReply((_, nth) => (nth === 5 ? { kind: 'status', status: 503, body: '{"error":"server busy"}' } : { kind: 'answer', text: '' }))
    expect(await refusal(finish(await officer.languageModel.exam({ model: localModel.name })))).toContain('has no result')
    ollama.setModels([{ ...localModel, remoteHost: 'https://ollama.com' }])
    expect(await refusal(finish(await officer.languageModel.exam({ model: localModel.name })))).toContain('leave this machine')
    expect((await officer.languageModel.status()).models[0]?.exam).toBeNull()
  })

  it('a host beyond this machine has to be allowed by name, which is an event; taking it back switches the model off', async () => {
    const { officer, folder } = await setting()
    expect(await refusal(officer.languageModel.setHost({ host: 'gpu-box.invalid' }))).toContain('Allow gpu-box.invalid by name first')
    await officer.languageModel.allowHost({ host: 'gpu-box.invalid', isAllowed: true })
    expect(await officer.languageModel.setHost({ host: 'gpu-box.invalid' })).toMatchObject({ host: 'http://gpu-box.invalid:11434', chosen: null })
    await officer.languageModel.allowHost({ host: 'gpu-box.invalid', isAllowed: false })
    expect((await officer.languageModel.status()).detection).toMatchObject({ state: 'failed', failure: { code: 'host-refused' } })
    expect(eventsIn(folder, 'model-host-allowed').map(({ body }) => body['isAllowed'])).toEqual([true, false])
    expect(eventsIn(folder, 'model-switched-off')).toHaveLength(1)
    expect(await refusal(officer.languageModel.setHost({ host: 'http://me:secret@127.0.0.1' }))).toContain('not the address')
  })

  it('is the officer\'s alone', async () => {
    const { as } = await setting(false)
    const client = await as(mia)
    for (const work of [client.languageModel.off(), client.languageModel.status(), client.languageModel.choose({ model: localModel.name })]) {
      expect(await refusal(work)).toContain('Only')
    }
  })
})

describe('wording the open item', () => {
  it('tells each sentence as it comes, then stores the narrative with its origin; the item shows it, and the log binds it', async () => {
    const { as, ollama, folder, officer } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client, 'keep')
    ollama.setReply((call) => ({ kind: 'answer', text: JSON.stringify(obedientAnswer(call)), chunk: 30, pauseMs: 2 }))
    const told = await steps(client, itemId)
    expect(told[0]).toEqual({ state: 'waiting', ahead: 0 })
    expect(told.filter(({ state }) => state === 'writing').length).toBeGreaterThan(0)
    const last = told.at(-1)
    if (last?.state !== 'done') throw new Error(`ended with ${JSON.stringify(last)}`)
    const item = await client.review.item({ itemId })
    expect([item.wordedBy, item.wording?.id, item.wording?.digest]).toEqual([localModel.name, last.wording.id, localModel.digest])
    expect(item.claims.length).toBeGreaterThan(0)

    const [record] = await officer.languageModel.record({ itemId })
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
    expect(record).toMatchObject({ narrator: localModel.name, ollama: '0.12.3', packetHash: item.packetHash, promptVersion: '1' })
    expect(record?.raw).toEqual([JSON.stringify(obedientAnswer(ollama.chats.at(-1) as ChatCall))])
    expect(record?.rawHash).toBe(sha256(JSON.stringify(record?.raw)))
    expect(record?.renderedHash).toBe(sha256(record?.rendered ?? ''))
    const [event] = eventsIn(folder, 'narrative-worded')
    expect(event).toMatchObject({
      seq: record?.eventSeq,
      body: { campaign, item: itemId, packet: item.packetHash, digest: localModel.digest, raw: record?.rawHash, rendered: record?.renderedHash, promptHash: record?.promptHash },
    })
    await expectSoundLog(officer)
  })

  it('asks the model once for the same evidence, model and prompt; another digest is another question', async () => {
    const { as, ollama, officer } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client)
    await steps(client, itemId)
    const asked = ollama.chats.length
    expect((await steps(client, itemId)).map(({ state }) => state)).toEqual(['done'])
    expect(ollama.chats.length).toBe(asked)
    ollama.setModels([{ ...localModel, digest: digestB }])
    await finish(await officer.languageModel.exam({ model: localModel.name }))
    await officer.languageModel.choose({ model: localModel.name })
    const before = ollama.chats.length
    await steps(client, itemId)
    expect(ollama.chats.length).toBe(before + 1)
    expect(await officer.languageModel.record({ itemId })).toHaveLength(2)
  })

  it('whatever goes wrong is told and the template\'s words stay; useless answers are kept for the record, and asked for anew only when told to', async () => {
    const { as, ollama, officer } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client)
    const frozen = await client.review.item({ itemId })
    ollama.setReply(() => ({ kind: 'cut', text: '{"claims"' }))
    expect((await steps(client, itemId)).at(-1)).toMatchObject({ state: 'failed', failure: { code: 'cut-stream' } })
    expect(await client.review.item({ itemId })).toEqual(frozen)
    ollama.setReply(() => ({ kind: 'answer', text: 'Certainly!' }))
    expect((await steps(client, itemId)).at(-1)).toMatchObject({ state: 'done', wording: { narrator: 'template', failure: { code: 'format-ignored' }, verdict: null } })
    const shown = await client.review.item({ itemId })
    expect([shown.claims, shown.counter, shown.wordedBy]).toEqual([frozen.claims, frozen.counter, 'template'])
    expect((await officer.languageModel.record({ itemId }))[0]?.raw).toEqual(['Certainly!', 'Certainly!'])
    ollama.setReply(obedient())
    expect((await steps(client, itemId)).map(({ state }) => state)).toEqual(['done'])
    expect((await steps(client, itemId, true)).at(-1)).toMatchObject({ state: 'done', wording: { narrator: localModel.name } })
  })

  it('never blocks a decision: one is taken while the model is silent, and recorded as made on the frozen words', async () => {
    const { as, ollama, folder } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client)
    ollama.setReply(() => ({ kind: 'silence' }))
    const stop = new AbortController()
    const words = (await client.languageModel.word({ itemId }, { signal: stop.signal }))[Symbol.asyncIterator]()
    expect((await words.next()).value).toMatchObject({ state: 'waiting' })
    const { progress } = await client.review.decide({ itemId, ...decided })
    expect(progress.kept).toBe(1)
    expect(eventsIn(folder, 'decision-made')[0]?.body).not.toHaveProperty('words')
    await words.return?.(undefined)
    stop.abort()
  })

  it('a decision says whose words stood on the screen; words of another item are refused', async () => {
    const { as, folder, officer } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client, 'keep')
    await steps(client, itemId)
    const { wording } = await client.review.item({ itemId })
    const other = (await client.review.queue({ campaign })).items.find((line) => line.itemId !== itemId)?.itemId ?? 0
    expect(await refusal(client.review.decide({ itemId: other, ...decided, wordingId: wording?.id ?? 0 }))).toContain('not this item')
    await client.review.decide({ itemId, ...decided, wordingId: wording?.id ?? 0 })
    expect(eventsIn(folder, 'decision-made')[0]?.body['words']).toEqual({
      narrative: wording?.eventSeq, rendered: (await officer.languageModel.record({ itemId }))[0]?.renderedHash, modelDisagreed: false,
    })
    await expectSoundLog(officer)
  })

  it('switched off, the frozen words are back at once; the record stays', async () => {
    const { as, officer } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client)
    const frozen = await client.review.item({ itemId })
    await steps(client, itemId)
    await officer.languageModel.off()
    expect(await client.review.item({ itemId })).toEqual(frozen)
    expect((await steps(client, itemId)).at(-1)).toMatchObject({ state: 'failed', failure: { code: 'off' } })
    expect(await officer.languageModel.record({ itemId })).toHaveLength(1)
  })

  it('somebody else\'s item is nobody\'s to word', async () => {
    const { as } = await setting()
    const itemId = await openItem(await as(mia))
    expect(await refusal(steps(await as(ada), itemId))).toContain('There is no review item')
  })
})

describe('another opinion', () => {
  const verdict = (recommendation: ModelAnswer['recommendation']) => (call: ChatCall): ChatScript => obedient(recommendation)(call)

  it('marks the item, sends it to a closer look in queue and on screen, asks for a reason, is an event, and leaves the engine\'s advice as it was', async () => {
    const { as, ollama, folder, officer } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client, 'keep')
    ollama.setReply(verdict('revoke'))
    await steps(client, itemId)
    const line = (await client.review.queue({ campaign })).items.find((one) => one.itemId === itemId)
    expect(line).toMatchObject({ modelDisagrees: true, advice: 'look-closer' })
    const item = await client.review.item({ itemId })
    expect([item.wording?.verdict, item.wording?.isDisagreeing, item.advice?.action, item.advice?.routed, item.reasonRequired.keep])
      .toEqual(['revoke', true, 'keep', 'look-closer', true])
    expect(item.otherOpinion).toEqual({ model: localModel.name, verdict: 'revoke' })
    expect(eventsIn(folder, 'model-disagreed')[0]?.body).toMatchObject({ item: itemId, advice: 'keep', verdict: 'revoke', narrative: item.wording?.eventSeq })
    expect(await refusal(client.review.decide({ itemId, outcome: 'keep', wordingId: item.wording?.id ?? 0 }))).toMatch(/reason/i)
    // One who never saw it is not held up by it.
    await client.review.decide({ itemId, outcome: 'keep' })
    await client.review.decide({ itemId, ...decided, wordingId: item.wording?.id ?? 0 })
    const made = eventsIn(folder, 'decision-made').map(({ body }) => [body['advice'], (body['words'] as { modelDisagreed: boolean } | undefined)?.modelDisagreed])
    expect(made).toEqual([['keep', undefined], ['keep', true]])
    await expectSoundLog(officer)
  })

  it('stands until a model has another answer: words that came to nothing later take nothing back', async () => {
    const { as, ollama, officer, folder } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client, 'keep')
    const routed = async (): Promise<unknown> => {
      const line = (await client.review.queue({ campaign })).items.find((one) => one.itemId === itemId)
      const { advice, otherOpinion } = await client.review.item({ itemId })
      expect([line?.advice, line?.modelDisagrees]).toEqual([advice?.routed, otherOpinion !== null])
      return advice?.routed
    }
    const replacedBy = async (digest: string): Promise<void> => {
      ollama.setReply(obedient())
      ollama.setModels([{ ...localModel, digest }])
      await finish(await officer.languageModel.exam({ model: localModel.name }))
      await officer.languageModel.choose({ model: localModel.name })
    }
    ollama.setReply(verdict('revoke'))
    await steps(client, itemId)
    await replacedBy(digestB)
    ollama.setReply(() => ({ kind: 'answer', text: 'Certainly!' }))
    expect((await steps(client, itemId)).at(-1)).toMatchObject({ wording: { narrator: 'template', verdict: null } })
    expect(await routed()).toBe('look-closer')
    const { wording } = await client.review.item({ itemId })
    expect(await refusal(client.review.decide({ itemId, outcome: 'keep', wordingId: wording?.id ?? 0 }))).toMatch(/reason/i)
    ollama.setReply(verdict('keep'))
    await steps(client, itemId, true)
    expect(await routed()).toBe('keep')
    await client.review.decide({ itemId, outcome: 'keep', wordingId: (await client.review.item({ itemId })).wording?.id ?? 0 })
    expect(eventsIn(folder, 'decision-made')[0]?.body['words']).toMatchObject({ modelDisagreed: false })
  })

  it('switched off, no item is marked any more; the record stays', async () => {
    const { as, ollama, officer, folder } = await setting()
    const client = await as(mia)
    const itemId = await openItem(client, 'keep')
    ollama.setReply(verdict('look-closer'))
    await steps(client, itemId)
    await officer.languageModel.off()
    expect((await client.review.queue({ campaign })).items.some((one) => one.modelDisagrees)).toBe(false)
    expect(await client.review.item({ itemId })).toMatchObject({ advice: { routed: 'keep' }, otherOpinion: null, reasonRequired: { keep: false } })
    expect(eventsIn(folder, 'model-disagreed')).toHaveLength(1)
  })

  it('is not told while the advice is hidden, in words, verdict, queue or record', async () => {
    const { as, ollama } = await setting()
    ollama.setReply(verdict('look-closer'))
    for (const email of [mia, ada, olga]) {
      const client = await as(email)
      for (const { itemId, advice } of (await client.review.queue({ campaign })).items) {
        if (advice !== null) continue
        const told = (await steps(client, itemId)).at(-1)
        expect(told).toMatchObject({ state: 'done', wording: { verdict: null, isDisagreeing: false } })
        const item = await client.review.item({ itemId })
        expect([item.counter, item.wording?.verdict, item.wording?.isDisagreeing, item.otherOpinion]).toEqual([null, null, false, null])
        expect((await client.review.queue({ campaign })).items.find((one) => one.itemId === itemId)?.modelDisagrees).toBe(false)
        if (email !== olga) expect(await refusal(client.languageModel.record({ itemId }))).toContain('once you have chosen')
      }
    }
  })

  it('is dropped where a fixed rule decided', async () => {
    const { as, ollama, folder } = await setting()
    ollama.setReply(verdict('keep'))
    const client = await as(mia)
    for (const { itemId } of (await client.review.queue({ campaign })).items) {
      const { advice } = await client.review.item({ itemId })
      if (advice === null || !advice.rules.some((rule) => !isCap(rule))) continue
      await steps(client, itemId)
      const item = await client.review.item({ itemId })
      expect([item.wording?.isDisagreeing, item.otherOpinion, item.advice?.routed]).toEqual([false, null, advice.action])
    }
    expect(eventsIn(folder, 'model-disagreed')).toEqual([])
  })
})
