import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openPacket } from '../../../src/main/app.ts'
import type { EvidenceEvent } from '../../../src/shared/model/evidence.ts'
import type { PacketContent, ResponseContent } from '../../../src/shared/model/packet.ts'
import { mostPacketDepth } from '../../../src/shared/model/packet.ts'
import { depthOf, readExchangeFile } from '../../../src/main/exchange/read-file.ts'
import { encrypt } from '../../../src/main/exchange/envelope.ts'
import { requestCertificate } from '../../../src/main/reports/signing/enrolment.ts'
import { createOrganisationRoot, enrolPerson, unlockSigner, type Signer } from '../../../src/main/reports/signing/signer.ts'
import { ada, mia, olga, passphrase } from '../../support/workspace-builder.ts'
import { contentOf, forge, identityIn, retold } from './forge.ts'
import { managerAnswers, managerOpens, managersPassphrase, packetStage, refusedAs, type Managers, type Stage } from './packet-stage.ts'

let stage: Stage
let manager: Managers
let response: string
let content: ResponseContent
let packet: PacketContent
let reviewer: Signer
let eventsBefore: number
let files = 0

const cheap = { passphrase: 'of somebody else', now: new Date(), cost: 2 ** 15 }

async function signerIn(keys: string, email: string, secret: string): Promise<Signer> {
  const unlocked = await unlockSigner(keys, email, secret)
  if (!unlocked.ok) throw new Error(unlocked.reason)
  return unlocked.signer
}

const eventsHere = async (): Promise<number> => (await stage.officer.officer.workspace.status()).events
const nextFile = (): string => join(stage.place, `forged-${files++}`)

beforeAll(async () => {
  stage = await packetStage()
  manager = await managerOpens(stage)
  response = await managerAnswers(manager, join(stage.place, 'answer'))
  await stage.officer.officer.packets.acceptKey({ file: response, spoken: manager.opened.keySpoken ?? '', passphrase })
  content = await contentOf<ResponseContent>(response, { identity: await identityIn(stage.officer.folder, passphrase) })
  packet = await contentOf<PacketContent>(stage.packet, { passphrase: stage.packetPassphrase })
  reviewer = await signerIn(join(manager.folder, 'keys'), mia, managersPassphrase)
  eventsBefore = await eventsHere()
}, 120_000)
afterAll(async () => {
  await manager.workspace.close()
  await stage.close()
})

async function importing(forged: ResponseContent, signer = reviewer): Promise<string> {
  const file = await forge(nextFile(), forged, signer, { recipient: packet.replyTo })
  const refused = await refusedAs(stage.officer.officer.packets.import({ file, passphrase }))
  expect(await eventsHere()).toBe(eventsBefore)
  return refused
}

const each = (change: (event: EvidenceEvent) => EvidenceEvent) => (events: EvidenceEvent[]): EvidenceEvent[] => events.map(change)

test('an answer for an item that was not sent is refused', async () => {
  // Told anew without a change it is the same log: what is refused below is refused for the change.
  expect((await retold(content, reviewer, (events) => events)).events).toEqual(content.events)
  const forged = await retold(content, reviewer, each((event) => {
    if (event.kind === 'campaign-launched') return { ...event, body: { ...event.body, inReview: event.body.inReview + 1, population: event.body.population + 1 } }
    if (event.kind === 'items-frozen') {
      const [first] = event.body.items
      return { ...event, body: { ...event.body, items: [...event.body.items, { ...first, item: 999 }] } } as EvidenceEvent
    }
    return event
  }))
  expect(await importing(forged)).toMatch(/^INVALID: .*answers item 999, which was not sent/)
})

test('an item that was sent may not be left out', async () => {
  const left = packet.items[0]?.id ?? 0
  const forged = await retold(content, reviewer, (events) => events.flatMap((event): EvidenceEvent[] => {
    if (event.kind === 'decision-made' && event.body.item === left) return []
    if (event.kind === 'campaign-launched') return [{ ...event, body: { ...event.body, inReview: event.body.inReview - 1, population: event.body.population - 1 } }]
    if (event.kind === 'items-frozen') return [{ ...event, body: { ...event.body, items: event.body.items.filter(({ item }) => item !== left) } }]
    if (event.kind === 'sign-off') return [{ ...event, body: { ...event.body, items: event.body.items.filter((item) => item !== left) } }]
    return [event]
  }))
  expect(await importing(forged)).toMatch(new RegExp(`^INVALID: .*item ${left}, which was sent, is missing`))
})

test('an answer about the reviewer\'s own access is refused', async () => {
  const forged = await retold(content, reviewer, each((event) => (event.kind === 'items-frozen'
    ? { ...event, body: { ...event.body, items: event.body.items.map((item, index) => (index === 0 ? { ...item, subject: mia.toUpperCase() } : item)) } } : event)))
  expect(await importing(forged)).toMatch(/^INVALID: .*own access/)
})

test('work done after the packet expired is refused, and so is an answer that comes too late', async () => {
  const late = await retold(content, reviewer, each((event) => (event.kind === 'response-written' ? { ...event, ts: '2100-01-01T00:00:00.000Z' } : event)))
  expect(await importing(late)).toMatch(/^INVALID: .*after 2099-12-31, when the packet had expired/)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2100-01-02T00:00:00Z') })
  try {
    expect(await refusedAs(stage.officer.officer.packets.import({ file: response, passphrase }))).toMatch(/^CONFLICT: The packet was valid until 2099-12-31/)
  } finally {
    vi.useRealTimers()
  }
})

test('a decision on other evidence, by somebody else, or against the campaign\'s rules is refused', async () => {
  const other = await retold(content, reviewer, each((event) => (event.kind === 'decision-made' ? { ...event, body: { ...event.body, packet: 'a'.repeat(64) } } : event)))
  expect(await importing(other)).toMatch(/^INVALID: .*other evidence/)
  const swapped = await retold(content, reviewer, each((event) => (event.kind === 'items-frozen'
    ? { ...event, body: { ...event.body, items: event.body.items.map((item) => ({ ...item, packet: 'b'.repeat(64) })) } }
    : event.kind === 'decision-made' ? { ...event, body: { ...event.body, packet: 'b'.repeat(64) } } : event)))
  expect(await importing(swapped)).toMatch(/^INVALID: .*other evidence than was sent/)
  const foreign = await retold(content, reviewer, each((event) => (event.kind === 'decision-made' ? { ...event, actor: ada } : event)))
  expect(await importing(foreign)).toMatch(/^INVALID: .*somebody else than mia/)
  const endless = await retold(content, reviewer, each((event) => (event.kind === 'decision-made'
    ? { ...event, body: { ...event.body, outcome: 'keep-until', until: '2199-01-01', reasonCode: 'needed-until-date' } } : event)))
  expect(await importing(endless)).toMatch(/^INVALID: .*must not be after/)
})

test('a decision changed after it was signed is refused, with or without a mended log, and so is a cut one', async () => {
  const flip = each((event) => (event.kind === 'decision-made' ? { ...event, body: { ...event.body, outcome: event.body.outcome === 'keep' ? 'revoke' : 'keep' } } : event))
  expect(await importing(await retold(content, reviewer, flip, { keepsSignatures: true }))).toMatch(/^NOT_ALLOWED: Sign-off \d+ of the response is refused/)
  const edited = content.events.map((line) => line.replace('"outcome":"revoke"', '"outcome":"keep"'))
  expect(await importing({ ...content, events: edited })).toMatch(/^INVALID: .*log is broken/)
  expect(await importing({ ...content, events: content.events.slice(0, -1) })).toMatch(/^INVALID: .*checkpoint/)
  expect(await importing({ ...content, signOffs: content.signOffs.map((one) => ({ ...one, cms: Buffer.from('none').toString('base64') })) })).toMatch(/^NOT_ALLOWED: Sign-off/)
})

test('a key nobody certified, and a look-alike organisation\'s, are refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-lookalike-'))
  try {
    await createOrganisationRoot(folder, 'Test & Sons', cheap)
    await enrolPerson(folder, { email: mia, name: mia, role: 'reviewer' }, cheap.passphrase, cheap)
    const lookAlike = await signerIn(folder, mia, cheap.passphrase)
    expect(await importing(content, lookAlike)).toMatch(/^NOT_ALLOWED: The response's signature is not right/)
    await requestCertificate(folder, { email: ada, name: ada, role: 'reviewer' }, cheap)
    expect(await importing(content, await signerIn(folder, ada, cheap.passphrase))).toMatch(/^NOT_ALLOWED: The response's signature is not right/)
    // The packet the other way: signed by the look-alike's officer, or by a reviewer of the true organisation.
    await enrolPerson(folder, { email: olga, name: 'Olga Officer', role: 'officer' }, cheap.passphrase, cheap)
    const open = async (signer: Signer, change: Partial<PacketContent> = {}, rootFingerprint: string | null = null): Promise<string> => refusedAs(openPacket(nextFile(), {
      file: await forge(nextFile(), { ...packet, ...change }, signer, { passphrase: 'told' }), packetPassphrase: 'told', email: null, passphrase: managersPassphrase, rootFingerprint, keys: null,
    }))
    const theirs = await signerIn(folder, olga, cheap.passphrase)
    expect(await open(theirs)).toMatch(/^not-allowed: The packet's signature is not right/)
    const theirRoot = await readFile(join(folder, 'root.pem'), 'utf8')
    const officersRoot = (await stage.officer.officer.workspace.session()).workspace.rootFingerprint
    expect(await open(theirs, { root: theirRoot }, officersRoot)).toMatch(/^not-allowed: The packet is not from the organisation/)
    const officer = await signerIn(join(stage.officer.folder, 'keys'), olga, passphrase)
    expect(await open(officer, { expiresAt: '2020-01-01T00:00:00.000Z' })).toMatch(/^invalid: .*valid until 2020-01-01/)
    expect(await open(officer, { items: packet.items.map((item) => ({ ...item, packet: item.packet.replace('{', '{ ') })) })).toMatch(/^invalid: .*not what was frozen/)
    expect(await open(officer, { items: packet.items.map((item) => ({ ...item, subject_email: mia })) })).toMatch(/^invalid: .*own access/)
    expect(await open(officer, { campaign: { ...packet.campaign, specHash: 'c'.repeat(64) } })).toMatch(/^invalid: .*rules/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)

test('a response for another workspace, of an unknown packet, or damaged on the way is refused', async () => {
  expect(await importing({ ...content, to: 'muster.local/elsewhere' })).toMatch(/^NOT_FOUND: .*not written here/)
  expect(await importing({ ...content, packet: '00000000-0000-4000-8000-000000000000' })).toMatch(/^NOT_FOUND/)
  const damaged = await readFile(response)
  damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1
  const file = nextFile()
  await writeFile(file, damaged)
  expect(await refusedAs(stage.officer.officer.packets.import({ file, passphrase }))).toMatch(/^INVALID: The response cannot be read: it was damaged/)
  expect(await refusedAs(stage.officer.officer.packets.import({ file: response, passphrase: 'not the officer\'s' }))).toMatch(/^WRONG_PASSPHRASE/)
  expect(await refusedAs((await stage.officer.as(mia)).packets.import({ file: response, passphrase }))).toMatch(/^NOT_ALLOWED/)
})

test('what is nested too deeply, not signed, or not canonical is not read at all', async () => {
  const deep = `${'['.repeat(mostPacketDepth + 1)}${']'.repeat(mostPacketDepth + 1)}`
  expect([depthOf(deep), depthOf('{"a":"[[[\\"[["}')]).toEqual([mostPacketDepth + 1, 1])
  const plain = await encrypt(new TextEncoder().encode(deep), { passphrase: 'told' })
  expect(await readExchangeFile('packet', plain, { passphrase: 'told' })).toMatchObject({ ok: false, fault: 'not-signed' })
  expect(await readExchangeFile('packet', plain, { passphrase: 'other' })).toMatchObject({ ok: false, fault: 'not-opened' })
  const file = await forge(nextFile(), deepObject() as unknown as PacketContent, reviewer, { passphrase: 'told' })
  expect(await readExchangeFile('packet', await readFile(file), { passphrase: 'told' })).toMatchObject({ ok: false, fault: 'not-readable', detail: expect.stringContaining('deeply') as string })
})

function deepObject(): unknown {
  let value: unknown = 1
  for (let depth = 0; depth < mostPacketDepth + 1; depth += 1) value = [value]
  return value
}

test('what changed hands or was decided here meanwhile stays, the rest is merged, and another answer to the same packet is refused', async () => {
  const { officer } = stage.officer
  const [moved, decided] = packet.items.map(({ id }) => id)
  if (moved === undefined || decided === undefined) throw new Error('too few items')
  await officer.campaigns.reassign({ campaign: 1, items: [moved], to: ada, reason: 'Ada knows' })
  await (await stage.officer.as(mia)).review.decide({ itemId: decided, outcome: 'keep', reasonCode: 'still-needed' })
  const merged = await officer.packets.import({ file: response, passphrase })
  expect(merged.conflicts).toMatchObject([{ itemId: moved, reason: 'reassigned' }, { itemId: decided, reason: 'decided-here' }].sort((left, right) => left.itemId - right.itemId))
  expect(merged.merged).toBe(packet.items.length - 2)
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  eventsBefore = await eventsHere()
  const another = await manager.client.packets.respond({ out: nextFile(), passphrase: managersPassphrase })
  expect(await refusedAs(officer.packets.import({ file: another.path, passphrase }))).toMatch(/^CONFLICT: This packet was answered on/)
  expect(await eventsHere()).toBe(eventsBefore)
}, 60_000)
