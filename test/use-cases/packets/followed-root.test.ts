import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openPacket } from '../../../src/main/app.ts'
import type { RootHandover } from '../../../src/shared/model/root-handover.ts'
import { isHandedOver } from '../../../src/main/reports/signing/root-handover.ts'
import { mia, openWorkspace, passphrase } from '../../support/workspace-builder.ts'
import { managerAnswers, managerOpens, managersPassphrase, packetStage, passphraseOf, refusedAs, write, type Stage } from './packet-stage.ts'

let stage: Stage
let reviewers: string
let open: number
let packet: string
let roots: { readonly first: string; readonly last: string }
let handovers: RootHandover[]

// Mia's key was certified under the first root, which is pinned with it; the root was replaced twice since, and a packet is out under the third.
beforeAll(async () => {
  stage = await packetStage()
  const { officer } = stage.officer
  const manager = await managerOpens(stage)
  open = (await manager.client.review.queue({ campaign: 1 })).items.length - 2
  const response = await managerAnswers(manager, join(stage.place, 'first'), { limit: 2 })
  await manager.workspace.close()
  reviewers = manager.folder
  await officer.packets.acceptKey({ file: response, spoken: manager.opened.keySpoken ?? '', passphrase })
  await officer.packets.import({ file: response, passphrase })
  const pem = (): Promise<string> => readFile(join(stage.officer.folder, 'keys', 'root.pem'), 'utf8')
  const first = await pem()
  for (const reason of ['a drill', 'another drill']) await officer.keys.renewRoot({ passphrase, rootPassphrase: 'the new root alone', reason })
  roots = { first, last: await pem() }
  handovers = JSON.parse(await readFile(join(stage.officer.folder, 'keys', 'handovers.json'), 'utf8')) as RootHandover[]
  packet = (await write(officer, join(stage.place, 'second'), [mia])).written[0]?.path ?? ''
}, 120_000)
afterAll(() => stage.close())

let folders = 0
const opening = (followRoot: string | null, keys = reviewers, file = packet): Promise<Awaited<ReturnType<typeof openPacket>> & { folder: string }> => {
  const folder = join(stage.place, `followed-${folders++}`)
  return openPacket(folder, { file, packetPassphrase: null, email: mia, passphrase: managersPassphrase, rootFingerprint: null, keys, followRoot }).then((opened) => ({ ...opened, folder }))
}

test('a reviewer follows a replaced root after seeing both fingerprints, and their answer under it is merged', async () => {
  const last = handovers[1]?.root ?? ''
  expect(await refusedAs(opening(null))).toMatch(new RegExp(`^conflict: .*${handovers[0]?.former ?? ''}.*handed over to ${last}`))
  expect(await refusedAs(opening(handovers[0]?.root ?? ''))).toMatch(/^conflict: .*replaced its root/)
  const { folder, ...opened } = await opening(last)
  const workspace = await openWorkspace(folder, { passphrase: managersPassphrase })
  const answer = await managerAnswers({ folder, opened, workspace, client: await workspace.as(mia) }, join(stage.place, 'last'))
  await workspace.close()
  expect(await stage.officer.officer.packets.import({ file: answer, passphrase })).toMatchObject({ merged: open, undecided: 0 })
}, 60_000)

test('a root that nobody handed over is refused, whatever the reviewer says', async () => {
  const stranger = await packetStage()
  onTestFinished(stranger.close)
  const { officer, folder } = stranger.officer
  const { rootFingerprint } = await officer.keys.renewRoot({ passphrase, rootPassphrase: 'the new root alone', reason: 'a drill' })
  await rm(join(folder, 'keys', 'handovers.json'))
  const { written, passphrases } = await write(officer, join(stranger.place, 'again'), [mia], { again: true })
  const refused = await refusedAs(openPacket(join(stage.place, 'foreign'), {
    file: written[0]?.path ?? '', packetPassphrase: await passphraseOf(passphrases ?? '', mia), email: mia, passphrase: managersPassphrase, rootFingerprint: null, keys: reviewers,
    followRoot: rootFingerprint,
  }))
  expect(refused).toMatch(/^not-allowed: .*another organisation's root/)
}, 60_000)

test('a handover counts only if an officer signed the very sentence under both roots, and the row is unbroken', () => {
  const now = new Date()
  const [one, two] = handovers
  if (one === undefined || two === undefined) throw new Error('there are no two handovers')
  expect(isHandedOver(roots.first, roots.last, handovers, now)).toBe(true)
  expect(isHandedOver(roots.first, roots.last, [two, one], now)).toBe(true)
  const broken: readonly (readonly [string, readonly RootHandover[]])[] = [
    ['none', []], ['the first alone', [one]], ['the second alone', [two]],
    ['signed by the other side only', [{ ...one, underFormer: one.underNew }, two]],
    ['signed by the former side only', [one, { ...two, underNew: two.underFormer }]],
    ['another day', [{ ...one, at: '2020-01-01T00:00:00.000Z' }, two]],
    ['another root named', [{ ...one, root: two.root, rootPem: two.rootPem }]],
    ['another certificate beside the name', [one, { ...two, rootPem: one.rootPem }]],
  ]
  for (const [name, all] of broken) expect(isHandedOver(roots.first, roots.last, all, now), name).toBe(false)
  expect(isHandedOver(roots.last, roots.first, handovers, now)).toBe(false)
  expect(isHandedOver(roots.first, roots.first, [], now)).toBe(false)
})
