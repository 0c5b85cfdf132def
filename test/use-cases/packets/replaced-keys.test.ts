import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { copyWorkspace, mia, olga, openWorkspace, passphrase, type Client } from '../../support/workspace-builder.ts'
import { managerAnswers, managerOpens, packetStage, refusedAs, write, type Stage } from './packet-stage.ts'

const changed = { why: 'replaced', reason: 'two years old', email: olga, passphrase: 'another of hers', officerPassphrase: 'the root alone' } as const

let stage: Stage
let answer: string
let open: number
let copies = 0

// Mia's key is certified, two of her items are merged, a packet with the others is out, and her answer to it is on its way.
beforeAll(async () => {
  stage = await packetStage()
  const { officer } = stage.officer
  const first = await managerOpens(stage)
  open = (await first.client.review.queue({ campaign: 1 })).items.length - 2
  const response = await managerAnswers(first, join(stage.place, 'first'), { limit: 2 })
  await first.workspace.close()
  await officer.packets.acceptKey({ file: response, spoken: first.opened.keySpoken ?? '', passphrase })
  await officer.packets.import({ file: response, passphrase })
  const { written } = await write(officer, join(stage.place, 'second'), [mia])
  await officer.keys.changePassphrase({ of: 'root', current: passphrase, next: changed.officerPassphrase })
  await stage.officer.close()
  const second = await managerOpens({ ...stage, packet: written[0]?.path ?? '' }, { keys: first.folder })
  answer = await managerAnswers(second, join(stage.place, 'last'))
  await second.workspace.close()
}, 120_000)
afterAll(() => stage.close())

async function officer(): Promise<Client> {
  const opened = await openWorkspace(await copyWorkspace(stage.officer.folder, join(stage.place, `copy-${copies++}`)))
  onTestFinished(opened.close)
  return opened.officer
}

for (const why of ['replaced', 'compromised'] as const) {
  test(`an officer's key is replaced (${why}) while a packet is out: its answer opens with the new passphrase`, async () => {
    const client = await officer()
    expect(await client.keys.replace({ ...changed, why, formerPassphrase: passphrase })).toMatchObject({ answers: 'kept' })
    expect(await refusedAs(client.packets.import({ file: answer, passphrase }))).toMatch(/^WRONG_PASSPHRASE/)
    expect(await client.packets.import({ file: answer, passphrase: changed.passphrase })).toMatchObject({ merged: open, undecided: 0 })
  })
}

test('without the former passphrase the answers that are on their way are told as lost, and what to do; the next packets are written as ever', async () => {
  const client = await officer()
  expect(await client.keys.replace({ ...changed, why: 'lost' })).toMatchObject({ answers: 'set-aside' })
  expect(await refusedAs(client.packets.import({ file: answer, passphrase: changed.passphrase }))).toMatch(/^CONFLICT: .*Write the packet again/)
})

test('a reviewer whose key was replaced here gets the next packet under a passphrase: nothing is encrypted to a key nobody certified', async () => {
  const client = await officer()
  expect(await client.keys.replace({ ...changed, email: mia })).toMatchObject({ answers: 'none' })
  expect((await write(client, join(stage.place, 'third'), [mia], { again: true })).written).toMatchObject([{ way: 'passphrase' }])
})
