import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { Decrypter } from 'age-encryption'
import { finish, mia, olga, passphrase, type TestWorkspace } from '../../support/workspace-builder.ts'
import { failed, verifyBoth } from '../../support/verify-both.ts'
import { managerAnswers, managerOpens, packetStage, refusedAs, write } from './packet-stage.ts'

const run = promisify(execFile)

async function stageOf() {
  const stage = await packetStage()
  onTestFinished(stage.close)
  return stage
}

async function sealed({ officer, folder, as }: TestWorkspace): Promise<{ path: string; rootPem: string }> {
  const { items } = await (await as(olga)).review.queue({ campaign: 1 })
  for (const { itemId } of items) await officer.review.decide({ itemId, outcome: 'keep' })
  await officer.review.signOff({ campaign: 1, passphrase })
  await officer.campaigns.close({ campaign: 1 })
  const checks = (await officer.evidence.checkLog()).checks
  expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  const bundle = await finish(await officer.evidence.seal({ campaign: 1, passphrase }))
  return { path: bundle.path, rootPem: await readFile(join(folder, 'keys', 'root.pem'), 'utf8') }
}

test('a packet is reviewed elsewhere with the very same words and evidence, its answer merged once, and both verifiers accept the bundle', async () => {
  const stage = await stageOf()
  const manager = await managerOpens(stage)
  onTestFinished(manager.workspace.close)
  const here = await stage.officer.as(mia)
  const [mine, theirs] = [await here.review.queue({ campaign: 1 }), await manager.client.review.queue({ campaign: 1 })]
  expect({ ...theirs, campaign: { ...theirs.campaign, launchedAt: mine.campaign.launchedAt } }).toEqual(mine)
  for (const { itemId } of mine.items) {
    expect(await manager.client.review.item({ itemId })).toEqual(await here.review.item({ itemId }))
    expect(await manager.client.review.effect({ itemId })).toEqual(await here.review.effect({ itemId }))
  }
  expect((await manager.client.workspace.session()).workspace.packet).toMatchObject({ campaign: 1, items: mine.items.length, organisation: 'Test & Sons' })

  const response = await managerAnswers(manager, join(stage.place, 'answer'))
  const { officer } = stage.officer
  expect(await refusedAs(officer.packets.import({ file: response, passphrase }))).toMatch(/^NOT_ALLOWED: .*nobody has certified yet/)
  const spoken = manager.opened.keySpoken ?? ''
  expect(await refusedAs(officer.packets.acceptKey({ file: response, spoken: spoken.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)), passphrase })))
    .toMatch(/^NOT_ALLOWED: What was told is not the fingerprint/)
  expect((await officer.packets.acceptKey({ file: response, spoken, passphrase })).person).toBe(mia)
  const merged = await officer.packets.import({ file: response, passphrase })
  expect(merged).toMatchObject({ person: mia, merged: mine.items.length, undecided: 0, conflicts: [], wasThere: false })
  const events = (await officer.workspace.status()).events
  expect(await officer.packets.import({ file: response, passphrase })).toMatchObject({ merged: mine.items.length, wasThere: true })
  expect((await officer.workspace.status()).events).toBe(events)
  for (const { itemId } of theirs.items) {
    const [left, right] = [(await here.review.item({ itemId })).decision, (await manager.client.review.item({ itemId })).decision]
    expect([left?.outcome, left?.reasonCode, left?.isSignedOff]).toEqual([right?.outcome, right?.reasonCode, true])
  }
  const bundle = await sealed(stage.officer)
  expect(failed(await verifyBoth(bundle.path, { rootPem: bundle.rootPem, seen: [] }))).toEqual([])
}, 60_000)

test('a reviewer with a certified key gets the next packet to that key, and signs under the root', async () => {
  const stage = await stageOf()
  const { officer } = stage.officer
  const first = await managerOpens(stage)
  const items = (await first.client.review.queue({ campaign: 1 })).items.length
  const response = await managerAnswers(first, join(stage.place, 'first'), { limit: 2 })
  await first.workspace.close()
  await officer.packets.acceptKey({ file: response, spoken: first.opened.keySpoken ?? '', passphrase })
  expect(await officer.packets.import({ file: response, passphrase })).toMatchObject({ merged: 2, undecided: items - 2 })
  const second = await write(officer, join(stage.place, 'second'), [mia])
  expect([second.passphrases, second.written[0]?.way, second.written[0]?.items]).toEqual([null, 'recipient', items - 2])
  const again = await managerOpens({ ...stage, packet: second.written[0]?.path ?? '' }, { keys: first.folder })
  expect(again.opened.keySpoken).toBeNull()
  const answer = await managerAnswers(again, join(stage.place, 'last'))
  await again.workspace.close()
  expect(await officer.packets.import({ file: answer, passphrase })).toMatchObject({ merged: items - 2, undecided: 0 })
  const bundle = await sealed(stage.officer)
  expect(failed(await verifyBoth(bundle.path, { rootPem: bundle.rootPem, seen: [] }))).toEqual([])
}, 60_000)

test('the age command-line tool opens the envelope of a packet, and openssl accepts the signature inside', async () => {
  const stage = await stageOf()
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption')
  const { encrypt } = await import('../../../src/main/exchange/envelope.ts')
  const plain = await (async () => {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(stage.packetPassphrase)
    return decrypter.decrypt(await readFile(stage.packet))
  })()
  const identity = await generateX25519Identity()
  const [key, file, inside, content] = ['key.txt', 'again.age', 'inside.der', 'content.json'].map((name) => join(stage.place, name)) as [string, string, string, string]
  await writeFile(key, `${identity}\n`, { mode: 0o600 })
  await writeFile(file, await encrypt(plain, { recipient: await identityToRecipient(identity) }))
  await run('age', ['--decrypt', '-i', key, '-o', inside, file])
  await run('openssl', ['cms', '-verify', '-cades', '-inform', 'DER', '-in', inside, '-CAfile', join(stage.officer.folder, 'keys', 'root.pem'), '-binary', '-out', content])
  expect(JSON.parse(await readFile(content, 'utf8'))).toMatchObject({ type: 'muster-packet', to: { email: mia } })
  expect((await readFile(stage.packet)).subarray(0, 22).toString()).toBe('age-encryption.org/v1\n')
}, 60_000)
