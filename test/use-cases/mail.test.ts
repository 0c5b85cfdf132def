import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { EvidenceEvent } from '../../src/shared/model/evidence.ts'
import { mailSettings, type MailSettings } from '../../src/shared/model/mail.ts'
import { mailUser, startMailServer, type MailServer } from '../support/mail-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { ada, buildWorkspace, copyWorkspace, finish, launch, mia, olga, openWorkspace, passphrase, specOf, type Client, type TestWorkspace } from '../support/workspace-builder.ts'

const passwordVariable = 'MUSTER_SECRET_MAIL_SMTP_PASSWORD'
let home: string
let built: string

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  on('2026-03-31')
  home = await mkdtemp(join(tmpdir(), 'muster-mail-'))
  built = join(home, 'built')
  await (await buildWorkspace(built, { enrolled: [mia] })).close()
}, 60_000)
afterAll(() => rm(home, { recursive: true, force: true }))
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  on('2026-04-01')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const on = (day: string, hour = 9): void => { vi.setSystemTime(`${day}T${String(hour).padStart(2, '0')}:00:00Z`) }

async function opened(): Promise<TestWorkspace> {
  const workspace = await openWorkspace(await copyWorkspace(built, join(await temporaryFolder(), 'own')))
  onTestFinished(workspace.close)
  return workspace
}

async function serverOf(): Promise<MailServer> {
  const server = await startMailServer({ security: 'tls', asksForUser: true })
  onTestFinished(() => server.close())
  return server
}

const settingsOf = ({ port, ca }: MailServer, change: Partial<MailSettings> = {}): MailSettings => mailSettings.parse({
  host: '127.0.0.1', port, security: 'tls', userName: mailUser.name, sender: 'muster@acme.example', replyTo: null, caPem: ca, perMinute: 6_000, ...change,
})

/** The password comes from the environment, as a machine may bring it along: quicker than opening the secrets. */
async function setUp(officer: Client, server: MailServer, change: Partial<MailSettings> = {}, password: string = mailUser.password): Promise<void> {
  vi.stubEnv(passwordVariable, password)
  await officer.mail.set({ settings: settingsOf(server, change) })
}

const events = ({ folder }: Pick<TestWorkspace, 'folder'>): EvidenceEvent[] => {
  const db = new Database(join(folder, 'muster.db'), { readonly: true })
  try {
    return db.prepare<[], { line: string }>('SELECT line FROM evidence_event ORDER BY seq').all().map(({ line }) => JSON.parse(line) as EvidenceEvent)
  } finally {
    db.close()
  }
}
const mailEvents = (workspace: Pick<TestWorkspace, 'folder'>) => events(workspace).flatMap((event) => {
  if (event.kind === 'reviewers-reminded' && event.body.channel === 'smtp') return [`reminded ${event.body.people.map(({ person }) => person).join()} (${event.actor})`]
  return event.kind === 'letter-settled' ? [`${event.body.about} ${event.body.outcome} ${event.body.person} (${event.actor})`] : []
})
const receivers = ({ received }: MailServer): string[] => received.map(({ to }) => to.join())

async function signedOff(workspace: TestWorkspace, campaign: number): Promise<void> {
  const client = await workspace.as(mia)
  for (const { itemId } of (await client.review.queue({ campaign })).items) await client.review.decide({ itemId, outcome: 'keep', reasonCode: 'still-needed' })
  await client.review.signOff({ campaign, passphrase })
}

test('mail is off until an officer names a server: one beyond this machine by name, one in plain text nowhere else; its password is in no table, event or file and never goes to another server', async () => {
  const workspace = await opened()
  const { officer } = workspace
  const server = await serverOf()
  expect(await officer.mail.settings()).toEqual({ settings: null, hasPassword: false, isBeyondThisMachine: false, authorities: [] })
  const campaign = await launch(officer, specOf('Quarter'))
  await expect(finish(await officer.mail.send({ campaign }))).rejects.toThrow('Mail is not set up')
  await expect(officer.mail.test()).rejects.toThrow('Mail is not set up')
  expect((await officer.calendar.tick()).failed).toEqual([])

  const beyond = { ...settingsOf(server), host: 'mail.acme.example' }
  await expect(officer.mail.set({ settings: { ...beyond, security: 'none' }, mayLeave: true })).rejects.toThrow('has to be encrypted')
  await expect(officer.mail.set({ settings: beyond, password: 'x' })).rejects.toThrow('beyond this machine')
  await expect(officer.mail.set({ settings: { ...beyond, caPem: 'no certificate' }, mayLeave: true })).rejects.toThrow('no certificate')
  await expect(officer.mail.set({ settings: settingsOf(server) })).rejects.toThrow('The password of muster is missing')
  await expect(officer.mail.set({ settings: settingsOf(server), password: 'x' })).rejects.toThrow('No passphrase was chosen')
  expect(server.connections()).toBe(0)

  await officer.sources.openSecrets({ passphrase })
  await officer.mail.set({ settings: settingsOf(server), password: mailUser.password })
  const shown = await officer.mail.settings()
  expect(shown).toMatchObject({ hasPassword: true, isBeyondThisMachine: false, authorities: [{ name: 'Muster test authority' }], settings: { host: '127.0.0.1', remindsBySelf: false } })
  await expect(officer.mail.set({ settings: beyond, mayLeave: true })).rejects.toThrow('Enter the password again')
  await expect((await workspace.as(mia)).mail.set({ settings: settingsOf(server) })).rejects.toThrow('Only compliance officers')

  expect(await officer.mail.test()).toEqual({ to: olga, outcome: 'sent', fault: null, answer: '250 2.0.0 Ok: queued as 1' })
  server.mood.refuses.set(olga, { code: 550, text: '5.1.1 Unknown' })
  expect(await officer.mail.test()).toEqual({ to: olga, outcome: 'refused', fault: 'recipient', answer: '550 5.1.1 Unknown' })

  const texts = readdirSync(workspace.folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'utf8')] : []))
  expect(texts.some((text) => text.includes('muster@acme.example'))).toBe(true)
  expect(texts.filter((text) => text.includes(mailUser.password))).toEqual([])

  expect(await officer.mail.off()).toMatchObject({ settings: null, hasPassword: false })
  await expect(officer.mail.test()).rejects.toThrow('Mail is not set up')
  const [set, , , off] = events(workspace).filter(({ kind }) => kind.startsWith('mail-'))
  expect(set?.body).toMatchObject({ host: '127.0.0.1', security: 'tls', userName: 'muster', changesPassword: true, isBeyondThisMachine: false, authorities: [expect.stringMatching(/^[0-9a-f]{64}$/)] })
  expect(off?.body).toMatchObject({ host: null })
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
})

test('only who owes an answer is mailed, nobody twice, and a sent reminder is an event with its id and the server’s answer', async () => {
  const workspace = await opened()
  const { officer } = workspace
  const server = await serverOf()
  await setUp(officer, server)
  const campaign = await launch(officer, specOf('Über “alles”\r\nBcc: eve@evil.example'))
  await signedOff(workspace, campaign)
  const done = await finish(await officer.mail.send({ campaign }))
  expect(done).toMatchObject({ sent: 2, refused: 0, unknown: 0, dropped: 0, left: 0, fault: null })
  expect(receivers(server).sort()).toEqual([ada, olga])
  await officer.calendar.tick()
  on('2026-04-02')
  await officer.calendar.tick()
  expect(server.received).toHaveLength(2)
  const [event] = events(workspace).filter(({ kind, actor }) => kind === 'reviewers-reminded' && actor === olga)
  expect(event?.body).toMatchObject({
    campaign, channel: 'smtp', people: [{ person: expect.any(String), open: expect.any(Number) }],
    mail: { messageId: expect.stringMatching(/^<[0-9a-f]{40}@acme\.example>$/), answer: expect.stringMatching(/^250 2\.0\.0 Ok/) },
  })
  const [one] = server.received
  expect(one?.raw).toMatch(/^Message-ID: <[0-9a-f]{40}@acme\.example>/m)
  expect(one?.raw).not.toMatch(/^Bcc:/m)
  // How many and until when, and nothing of whose access it is.
  expect(one?.raw).toMatch(/items? waits? for your decision/)
  expect(one?.raw).not.toMatch(/Tom|Post invoices|Release payments|ERP/)
  expect((await officer.campaigns.figures({ campaign })).reviewers.find(({ person }) => person === ada)).toMatchObject({ reminders: 1 })
  expect((await officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
})

test('a refused address is shown, tried again by the next daily work and then less and less often, and never after it was taken', async () => {
  const workspace = await opened()
  const { officer } = workspace
  const server = await serverOf()
  await setUp(officer, server)
  const campaign = await launch(officer, specOf('Quarter'))
  server.mood.refuses.set(ada, { code: 550, text: '5.1.1 No such mailbox' })
  const done = await finish(await officer.mail.send({ campaign }))
  expect(done).toMatchObject({ sent: 2, refused: 1 })
  const standing = async () => (await officer.mail.letters({ campaign, latest: true })).find(({ person }) => person === ada)
  expect(await standing()).toMatchObject({ state: 'refused', fault: 'recipient', answer: '550 5.1.1 No such mailbox', attempts: 1, name: 'Ada Above' })
  expect((await officer.calendar.tick()).letters).toEqual({ sent: 0, refused: 1, unknown: 0 })
  expect((await officer.calendar.tick()).letters).toEqual({ sent: 0, refused: 0, unknown: 0 })
  on('2026-04-01', 10)
  server.mood.refuses.clear()
  expect((await officer.calendar.tick()).letters).toEqual({ sent: 1, refused: 0, unknown: 0 })
  expect(await standing()).toMatchObject({ state: 'sent', attempts: 3 })
  on('2026-04-20')
  await officer.calendar.tick()
  expect(receivers(server).filter((person) => person === ada)).toHaveLength(1)
  expect(mailEvents(workspace).filter((line) => line.includes(ada))).toEqual([`reminder refused ${ada} (${olga})`, `reminder refused ${ada} (${olga})`, `reminded ${ada} (${olga})`])
})

test('a server that cannot be used stops the round at once, says why, and the letters go when it can be used again', async () => {
  const workspace = await opened()
  const { officer } = workspace
  const server = await serverOf()
  await setUp(officer, server, {}, 'not the one')
  const campaign = await launch(officer, specOf('Quarter'))
  const done = await finish(await officer.mail.send({ campaign }))
  expect(done).toMatchObject({ sent: 0, refused: 0, left: 3, fault: { fault: 'sign-in', answer: '535 5.7.8 … is wrong' } })
  expect(server.connections()).toBe(1)
  expect((await officer.calendar.tick()).failed).toMatchObject([{ step: 'letters', reason: expect.stringMatching(/^The server does not accept this user name and password/) }])
  vi.stubEnv(passwordVariable, mailUser.password)
  // Asked again by hand instead of waiting: what was waiting does not come on top.
  on('2026-04-01', 11)
  expect(await finish(await officer.mail.send({ campaign, only: [ada] }))).toMatchObject({ sent: 1 })
  expect((await officer.calendar.tick()).letters).toEqual({ sent: 2, refused: 0, unknown: 0 })
  expect(receivers(server).sort()).toEqual([ada, mia, olga])
})

test('whoever stops the sending keeps what is sent; the rest does not go later', async () => {
  const workspace = await opened()
  const { officer } = workspace
  const server = await serverOf()
  await setUp(officer, server)
  const campaign = await launch(officer, specOf('Quarter'))
  const stop = new AbortController()
  const steps = await officer.mail.send({ campaign }, { signal: stop.signal })
  await expect((async () => {
    for await (const step of steps) if (step.state === 'working' && server.received.length >= 1) stop.abort()
  })()).resolves.toBeUndefined()
  const letters = await officer.mail.letters({ campaign })
  const sent = letters.filter(({ state }) => state === 'sent')
  expect(sent.length).toBe(server.received.length)
  expect(letters.filter(({ state }) => state === 'waiting')).toEqual([])
  await officer.calendar.tick()
  expect(server.received).toHaveLength(sent.length)
})

test('killed between sending and noting it: the letter has an unknown fate, is not sent again by itself, and the others go', { timeout: 60_000 }, async () => {
  vi.useRealTimers()
  const first = await opened()
  const server = await serverOf()
  await setUp(first.officer, server)
  const campaign = await launch(first.officer, specOf('Quarter'))
  await first.close()
  server.mood.silentOn = ada
  const script = new URL('../support/mail-until-killed.ts', import.meta.url)
  const child = spawn(process.execPath, ['--import', script.href, '--eval', ''], { env: { ...process.env, MAIL_FOLDER: first.folder, MAIL_CAMPAIGN: String(campaign) }, stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = new Promise((resolve) => { child.on('exit', (_code, signal) => resolve(signal)) })
  await vi.waitFor(() => expect(receivers(server)).toContain(ada), { timeout: 50_000, interval: 20 })
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')

  server.mood.silentOn = null
  const again = await openWorkspace(first.folder)
  onTestFinished(again.close)
  const before = server.received.length
  const standing = new Map((await again.officer.mail.letters({ campaign })).map(({ person, state }) => [person, state]))
  expect(standing.get(ada)).toBe('unknown')
  const waiting = [...standing.values()].filter((state) => state === 'waiting').length
  expect((await again.officer.calendar.tick()).letters).toEqual({ sent: waiting, refused: 0, unknown: 0 })
  expect(server.received).toHaveLength(before + waiting)
  expect(receivers(server).sort()).toEqual([ada, mia, olga])
  expect(mailEvents(again)).toContain(`reminder unknown ${ada} (${olga})`)
  expect((await again.officer.evidence.checkLog()).checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
})

test('by itself, where the officer lets it: the launch, the ladder’s reminder once, and whoever items came to; in the organisation’s language', async () => {
  const workspace = await opened()
  const { officer } = workspace
  const server = await serverOf()
  await setUp(officer, server, { remindsBySelf: true, language: 'de' })
  const spec = { ...specOf('Quartal'), escalation: [{ day: -3, action: 'remind' as const }, { day: 1, action: 'add-manager' as const }] }
  const campaign = await launch(officer, spec)
  expect(server.received).toEqual([])
  expect((await officer.calendar.tick()).letters).toEqual({ sent: 3, refused: 0, unknown: 0 })
  expect(receivers(server).sort()).toEqual([ada, mia, olga])
  expect(server.received[0]?.raw).toMatch(/die Zugriffspr=C3=BCfung|ZGllIFp1Z3JpZmZz|die Zugriffsprüfung/)
  await officer.calendar.tick()
  expect(server.received).toHaveLength(3)

  // Three working days before Thursday the 30th.
  on('2026-04-27')
  await officer.calendar.tick()
  await officer.calendar.tick()
  expect(receivers(server).slice(3).sort()).toEqual([ada, mia, olga])
  expect(await officer.calendar.lettersWaiting()).toEqual([])

  on('2026-05-01')
  const done = await officer.calendar.tick()
  expect(done.steps).toEqual([{ campaign, day: 1, action: 'add-manager' }])
  const escalated = mailEvents(workspace).filter((line) => line.startsWith('escalation'))
  expect(escalated.length).toBeGreaterThan(0)
  // Mia's items came to her manager; to herself came nothing.
  expect(escalated).toContain(`escalation sent ${ada} (system)`)
  expect(escalated).not.toContain(`escalation sent ${mia} (system)`)
  expect(server.received).toHaveLength(6 + escalated.length)
  await officer.calendar.tick()
  expect(server.received).toHaveLength(6 + escalated.length)
})

test('without mail, whoever items came to by the ladder has a letter that can be taken along', async () => {
  const { officer } = await opened()
  const spec = { ...specOf('Quarter'), escalation: [{ day: 1, action: 'add-manager' as const }] }
  const campaign = await launch(officer, spec)
  expect(await officer.calendar.lettersWaiting()).toEqual([])
  on('2026-05-04')
  await officer.calendar.tick()
  expect(await officer.calendar.lettersWaiting()).toEqual([campaign])
  const letters = await officer.calendar.takeLetters({})
  expect(letters.length).toBeGreaterThan(0)
  expect(letters.every(({ text }) => text.includes('items came to you because nobody had answered'))).toBe(true)
  expect(await officer.calendar.lettersWaiting()).toEqual([])
  expect(await officer.calendar.takeLetters({})).toEqual([])
})
