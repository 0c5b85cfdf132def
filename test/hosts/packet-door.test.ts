import { existsSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, openPacket, opensKeyOf, requestEnrolment } from '../../src/main/app.ts'
import { answerAtDoor } from '../../src/main/hosts/packet-door.ts'
import type { DoorAnswer, DoorRequest } from '../../src/shared/model/packet-door.ts'
import { mia, passphrase } from '../support/workspace-builder.ts'
import { managersPassphrase, packetStage, write } from '../use-cases/packets/packet-stage.ts'

const own = managersPassphrase
const work = { openPacket, opensKeyOf, requestEnrolment }

async function door() {
  const stage = await packetStage()
  onTestFinished(stage.close)
  const home = join(stage.place, 'home')
  return { stage, home, ask: (request: DoorRequest): Promise<DoorAnswer> => answerAtDoor(home, work, request) }
}

const opening = (file: string, packetPassphrase: string | null, more: { email?: string; passphrase?: string } = {}): DoorRequest =>
  ({ kind: 'packet-open', file, packetPassphrase, email: more.email ?? null, passphrase: more.passphrase ?? own, rootFingerprint: null })

test('a packet is looked at, opened once with what was told, entered again without, and its key opens the next one', async () => {
  const { stage, ask } = await door()
  expect(await ask({ kind: 'packet-look', file: stage.packet })).toMatchObject({ kind: 'looked', way: 'passphrase', isOpened: false, isEncrypted: false, keys: [] })
  expect(await ask(opening(stage.packet, 'not-what-was-told'))).toMatchObject({ kind: 'refused', why: 'wrong-passphrase' })
  const opened = await ask(opening(stage.packet, stage.packetPassphrase))
  expect(opened, JSON.stringify(opened)).toMatchObject({ kind: 'opened', person: mia, campaign: 'By packet' })
  expect(await ask({ kind: 'packet-look', file: stage.packet })).toMatchObject({ isOpened: true, isEncrypted: true, keys: [{ email: mia }] })
  const entered = await ask({ kind: 'packet-enter', file: stage.packet, passphrase: own })
  if (entered.kind !== 'entered' || opened.kind !== 'opened') throw new Error('not entered')
  const again = (passphrase: string | null) => createApp({ folder: entered.folder, asOf: null, host: 'web', threads: false, env: {}, ...(passphrase === null ? {} : { passphrase }) })
  await expect(again(null)).rejects.toMatchObject({ code: 'passphrase-needed' })
  await expect(again('not what was chosen')).rejects.toMatchObject({ code: 'wrong-passphrase' })
  const app = await again(own)
  expect(await app.officer()).toMatchObject({ email: mia, roles: ['reviewer'] })
  await app.close()

  const asked = await ask({ kind: 'key-request', email: mia, name: 'Mia', passphrase: own })
  expect(asked).toMatchObject({ kind: 'refused', why: 'other' })
}, 60_000)

const isPlain = (folder: string): boolean => readFileSync(join(folder, 'muster.db')).toString('latin1', 0, 6) === 'SQLite'

test('a packet an earlier version left unencrypted is encrypted as it is entered, but never under a mistyped passphrase', async () => {
  const { stage, home, ask } = await door()
  const asBefore = { ...work, openPacket: (folder: string, input: Parameters<typeof openPacket>[1]) => openPacket(folder, input, null) }
  expect((await answerAtDoor(home, asBefore, opening(stage.packet, stage.packetPassphrase))).kind).toBe('opened')
  expect(await ask({ kind: 'packet-look', file: stage.packet })).toMatchObject({ isOpened: true, isEncrypted: false })
  expect(await ask({ kind: 'packet-enter', file: stage.packet, passphrase: `${own} ` })).toMatchObject({ kind: 'refused', why: 'wrong-passphrase' })
  const entered = await ask({ kind: 'packet-enter', file: stage.packet, passphrase: own })
  if (entered.kind !== 'entered') throw new Error('not entered')
  expect(isPlain(entered.folder)).toBe(true)
  const app = await createApp({ folder: entered.folder, asOf: null, host: 'web', threads: false, env: {}, passphrase: own })
  await app.close()
  expect(isPlain(entered.folder)).toBe(false)
  expect(await ask({ kind: 'packet-look', file: stage.packet })).toMatchObject({ isOpened: true, isEncrypted: true })
  expect(existsSync(join(home, 'my keys', 'keys', 'people'))).toBe(true)
  expect(existsSync(join(home, 'my keys', 'keys', 'workspace-key.json'))).toBe(false)
}, 90_000)

test('a key asked for beforehand is certified, opens a packet written to it, and nobody else’s', async () => {
  const { stage, home, ask } = await door()
  const { officer } = stage.officer
  const asked = await ask({ kind: 'key-request', email: mia, name: 'Mia Manager', passphrase: own })
  if (asked.kind !== 'requested') throw new Error('no request')
  expect(JSON.parse(asked.text)).toMatchObject({ type: 'muster-enrolment', email: mia })
  const seen = await officer.packets.lookAtKey({ file: asked.path })
  expect(seen).toMatchObject({ person: mia, from: 'request', spoken: asked.spoken, standing: 'new' })
  await officer.packets.acceptKey({ file: asked.path, spoken: seen.spoken, passphrase })
  expect((await officer.packets.lookAtKey({ file: asked.path })).standing).toBe('enrolled')

  const { written } = await write(officer, join(stage.place, 'second'), [mia], { again: true })
  const file = written[0]?.path ?? ''
  expect(await ask({ kind: 'packet-look', file })).toMatchObject({ way: 'key', isOpened: false, keys: [{ email: mia, name: 'Mia Manager' }] })
  expect(await ask(opening(file, null, { email: mia, passphrase: 'another one' }))).toMatchObject({ kind: 'refused', why: 'wrong-passphrase' })
  const elsewhere = await answerAtDoor(join(home, 'elsewhere'), work, { kind: 'key-request', email: 'eve@test.example', name: 'Eve', passphrase: own })
  expect(elsewhere.kind).toBe('requested')
  expect(await answerAtDoor(join(home, 'elsewhere'), work, opening(file, null, { email: 'eve@test.example' }))).toMatchObject({ kind: 'refused', why: 'not-for-you' })

  const damaged = join(stage.place, 'damaged.musterpack')
  const bytes = await readFile(file)
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
  await writeFile(damaged, bytes)
  expect(await ask(opening(damaged, null, { email: mia }))).toMatchObject({ kind: 'refused', why: 'damaged' })
  expect(await ask(opening(file, null, { email: mia }))).toMatchObject({ kind: 'opened', keySpoken: null })
  await writeFile(damaged, 'not a packet at all')
  expect(await ask({ kind: 'packet-look', file: damaged })).toMatchObject({ way: 'unknown' })
  expect(await ask({ kind: 'packet-look', file: join(stage.place, 'none') })).toMatchObject({ kind: 'refused', why: 'other' })
}, 60_000)
