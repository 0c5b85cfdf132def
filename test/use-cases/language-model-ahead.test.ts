import { describe, expect, it } from 'vitest'
import { digestB, localModel, obedient } from '../support/fake-ollama/scripted-model.ts'
import { ada, finish, mia, olga, passphrase } from '../support/workspace-builder.ts'
import { campaign, decided, expectSoundLog, openItem, setting, steps, withLaunchedCampaign } from '../support/worded-workspace.ts'

withLaunchedCampaign()

describe('wording ahead', () => {
  it('words the riskiest undecided items, one at a time; what is there already is not asked for again', async () => {
    const { officer, ollama } = await setting()
    const done = await finish(await officer.languageModel.wordRiskiest({ campaign, most: 6 }))
    expect(done).toMatchObject({ asked: 6, worded: 6, alreadyThere: 0, unsupported: 0, stopped: null })
    expect(ollama.mostAtOnce()).toBe(1)
    expect(await finish(await officer.languageModel.wordRiskiest({ campaign, most: 8 }))).toMatchObject({ worded: 2, alreadyThere: 6 })
  })

  it('a model replaced in the middle of a batch ends it with a message; what was worded before is kept', async () => {
    const { officer, ollama } = await setting()
    const from = ollama.chats.length
    ollama.setReply((call, nth) => {
      if (nth - from === 3) ollama.setModels([{ ...localModel, digest: digestB }])
      return obedient()(call)
    })
    const done = await finish(await officer.languageModel.wordRiskiest({ campaign, most: 10 }))
    expect(done).toMatchObject({ worded: 2, stopped: { code: 'digest-changed' } })
    expect((await officer.languageModel.status()).figures.narratives).toBe(2)
  })

  it('a server that fails three times in a row is left alone', async () => {
    const { officer, ollama, as } = await setting()
    ollama.setReply(() => ({ kind: 'error-line', text: '', message: 'out of memory' }))
    const from = ollama.chats.length
    expect(await finish(await officer.languageModel.wordRiskiest({ campaign, most: 10 }))).toMatchObject({ worded: 0, stopped: { code: 'paused' } })
    expect(ollama.chats.length - from).toBe(3)
    expect((await officer.languageModel.status()).restsForSeconds).toBeGreaterThan(0)
    const client = await as(mia)
    expect((await steps(client, await openItem(client))).at(-1)).toMatchObject({ state: 'failed', failure: { code: 'paused' } })
  })

  it('the next items wait behind the open one, and are forgotten when others come next', async () => {
    const { as, ollama } = await setting()
    const client = await as(mia)
    const items = (await client.review.queue({ campaign })).items.map(({ itemId }) => itemId)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => { release = resolve })
    const from = ollama.chats.length
    ollama.setReply(async (call, nth) => {
      if (nth === from + 1) await held
      return obedient()(call)
    })
    expect(await client.languageModel.ahead({ itemIds: items.slice(1, 4) })).toEqual({ queued: 3 })
    while (ollama.chats.length === from) await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await steps(client, items[0] ?? 0)).at(-1)?.state).toBe('done')
    release()
    expect(await client.languageModel.ahead({ itemIds: items.slice(4, 5) })).toEqual({ queued: 1 })
    while ((await (await as(olga)).languageModel.status()).queue.running > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const worded = await Promise.all(items.slice(0, 5).map(async (itemId) => (await client.review.item({ itemId })).wording !== null))
    expect([worded[0], worded[4]]).toEqual([true, true])
  })
})

it('a campaign worded by a model is signed, sealed and verified like any other', async () => {
  const { officer, as, ollama } = await setting()
  ollama.setReply(obedient('look-closer'))
  for (const email of [mia, ada, olga]) {
    const client = await as(email)
    for (const { itemId } of (await client.review.queue({ campaign })).items) {
      await steps(client, itemId)
      const { wording } = await client.review.item({ itemId })
      await client.review.decide({ itemId, ...decided, wordingId: wording?.id ?? null })
    }
    await client.review.signOff({ campaign, passphrase })
  }
  await officer.campaigns.close({ campaign })
  const sealed = await finish(await officer.evidence.seal({ campaign, passphrase }))
  expect(sealed.exceptions).toEqual([])
  expect((await officer.evidence.verify({ bundle: sealed.path })).checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  await expectSoundLog(officer)
})
