import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { OutgoingMail } from '../../src/main/mail/post.ts'
import { smtpPost, type SmtpTiming } from '../../src/main/mail/smtp.ts'
import { mailSettings, type MailSettings } from '../../src/shared/model/mail.ts'
import { mailUser, startMailServer, type MailServer } from '../support/mail-server.ts'

const never = new AbortController().signal

const mailTo = (address: string, change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: `<${address.length}.${address.split('@')[0]}@acme.example>`, to: { name: 'Mia Manager', address }, subject: 'Privileged access: 4 answers due on 2026-12-15',
  text: 'Hello Mia,\n\n- 4 items wait.\n.\nThank you', at: '2026-11-20T10:00:00.000Z', ...change,
})

async function serverOf(options: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  const server = await startMailServer(options)
  onTestFinished(() => server.close())
  return server
}

const settingsOf = ({ port, ca }: Pick<MailServer, 'port' | 'ca'>, change: Partial<MailSettings> = {}): MailSettings => mailSettings.parse({
  host: '127.0.0.1', port, security: 'tls', userName: null, sender: 'muster@acme.example', replyTo: null, caPem: ca, perMinute: 6_000, ...change,
})

/** Only for servers that say nothing: a slow machine's handshake must not count as silence. */
const quick: SmtpTiming = { patienceMs: 1_500, now: () => performance.now(), pause: () => Promise.resolve() }

async function postOf(settings: MailSettings, password: string | null = null, timing?: SmtpTiming) {
  const post = await smtpPost(settings, password, timing)
  onTestFinished(post.close)
  return post
}

const header = (raw: string, name: string): string | undefined => new RegExp(`^${name}: ((?:.*)(?:\\r\\n[ \\t].*)*)`, 'mi').exec(raw.split('\r\n\r\n')[0] ?? '')?.[1]

test.each(['tls', 'starttls'] as const)('letters go over one connection, encrypted (%s), signed in, and come as they were written', async (security) => {
  const server = await serverOf({ security, asksForUser: true })
  const post = await postOf(settingsOf(server, { security, userName: mailUser.name, replyTo: 'olga@acme.example' }), mailUser.password)
  for (const address of ['mia@acme.example', 'ada@acme.example', 'tom@acme.example']) {
    expect(await post.send(mailTo(address), never)).toMatchObject({ outcome: 'sent', isWhole: false, answer: expect.stringMatching(/^250 2\.0\.0 Ok: queued as \d$/) })
  }
  expect(server.connections()).toBe(1)
  expect(server.received.map(({ from, to, isEncrypted, user }) => ({ from, to, isEncrypted, user }))).toEqual(
    ['mia', 'ada', 'tom'].map((who) => ({ from: 'muster@acme.example', to: [`${who}@acme.example`], isEncrypted: true, user: mailUser.name })),
  )
  const [{ raw } = { raw: '' }] = server.received
  expect(header(raw, 'Message-ID')).toBe('<16.mia@acme.example>')
  expect(header(raw, 'To')).toBe('Mia Manager <mia@acme.example>')
  expect(header(raw, 'Reply-To')).toBe('olga@acme.example')
  expect(header(raw, 'Auto-Submitted')).toBe('auto-generated')
  expect(header(raw, 'Date')).toBe('Fri, 20 Nov 2026 10:00:00 +0000')
  expect(header(raw, 'Content-Type')).toMatch(/^text\/plain; charset=utf-8/)
  expect(raw.split('\r\n\r\n').slice(1).join('\r\n\r\n').trim()).toBe('Hello Mia,\r\n\r\n- 4 items wait.\r\n.\r\nThank you')
})

test('each thing that can be wrong has a name of its own, nothing goes out, and the password is in no answer', async () => {
  const server = await serverOf({ security: 'tls', asksForUser: true })
  const encrypted = settingsOf(server, { userName: mailUser.name })
  const plain = await serverOf({ security: 'none' })
  const faultOf = async (settings: MailSettings, password: string | null = mailUser.password, timing?: SmtpTiming) => {
    const delivery = await (await postOf(settings, password, timing)).send(mailTo('mia@acme.example'), never)
    expect(delivery.answer).not.toContain(mailUser.password)
    expect(delivery.answer).not.toContain('not the one')
    return delivery.outcome === 'sent' ? 'sent' : `${delivery.outcome} ${delivery.fault}${delivery.isWhole ? ', whole' : ''}`
  }
  expect(await faultOf({ ...encrypted, caPem: null })).toBe('refused certificate, whole')
  expect(await faultOf({ ...encrypted, host: 'localhost.localdomain' }, mailUser.password, quick)).toMatch(/^refused (?:certificate|no-server), whole$/)
  expect(await faultOf(encrypted, 'not the one')).toBe('refused sign-in, whole')
  expect(await faultOf({ ...encrypted, userName: null })).toBe('refused sign-in, whole')
  expect(await faultOf({ ...settingsOf(plain), security: 'starttls' })).toBe('refused no-encryption, whole')
  expect(await faultOf({ ...settingsOf(plain), security: 'tls' })).toBe('refused no-encryption, whole')
  expect(await faultOf({ ...encrypted, port: await freePort() })).toBe('refused no-server, whole')
  expect(await faultOf({ ...encrypted, host: 'mail.invalid' }, mailUser.password, quick)).toBe('refused no-server, whole')
  expect(await faultOf({ ...encrypted, port: await silentPort(), security: 'none' }, mailUser.password, quick)).toBe('refused timeout, whole')
  server.mood.badSenders.add('muster@acme.example')
  expect(await faultOf(encrypted)).toBe('refused sender, whole')
  expect([...server.received, ...plain.received]).toEqual([])
})

test('an address the server does not take is refused by itself; the next letter goes over the same connection', async () => {
  const server = await serverOf({ security: 'tls' })
  server.mood.refuses.set('gone@acme.example', { code: 550, text: '5.1.1 No such mailbox' })
  server.mood.refuses.set('full@acme.example', { code: 452, text: '4.2.2 Mailbox full' })
  const post = await postOf(settingsOf(server))
  expect(await post.send(mailTo('gone@acme.example'), never)).toEqual({ outcome: 'refused', fault: 'recipient', answer: '550 5.1.1 No such mailbox', isWhole: false })
  expect(await post.send(mailTo('full@acme.example'), never)).toMatchObject({ outcome: 'refused', fault: 'recipient', isWhole: false })
  expect(await post.send(mailTo('mia@acme.example'), never)).toMatchObject({ outcome: 'sent' })
  server.mood.refusesText = true
  expect(await post.send(mailTo('ada@acme.example'), never)).toMatchObject({ outcome: 'refused', fault: 'message', isWhole: false })
  server.mood.refusesText = false
  expect(await post.send(mailTo('tom@acme.example'), never)).toMatchObject({ outcome: 'sent' })
  expect(server.connections()).toBe(1)
  expect(server.received.map(({ to }) => to[0])).toEqual(['mia@acme.example', 'tom@acme.example'])
})

test('once the text was handed over and no answer came, nobody knows, and that is said; the next letter has a new connection', async () => {
  const server = await serverOf({ security: 'tls' })
  const post = await postOf(settingsOf(server), null, quick)
  server.mood.hangsUpOn = 'mia@acme.example'
  expect(await post.send(mailTo('mia@acme.example'), never)).toMatchObject({ outcome: 'unknown', isWhole: false })
  server.mood.silentOn = 'ada@acme.example'
  expect(await post.send(mailTo('ada@acme.example'), never)).toMatchObject({ outcome: 'unknown', fault: 'timeout' })
  expect(await post.send(mailTo('tom@acme.example'), never)).toMatchObject({ outcome: 'sent' })
  // Both had in truth arrived: sending them again would have made two of each.
  expect(server.received.map(({ to }) => to[0])).toEqual(['mia@acme.example', 'ada@acme.example', 'tom@acme.example'])
})

test('a server that has had enough of a connection gets a new one, without a letter lost or doubled', async () => {
  const server = await serverOf({ security: 'starttls' })
  server.mood.mostPerConnection = 3
  const post = await postOf(settingsOf(server, { security: 'starttls' }))
  const people = Array.from({ length: 8 }, (_, n) => `p${n}@acme.example`)
  for (const person of people) expect(await post.send(mailTo(person), never)).toMatchObject({ outcome: 'sent' })
  expect(server.received.map(({ to }) => to[0])).toEqual(people)
  expect(server.connections()).toBe(3)
})

test('no more letters a minute than the settings say, and waiting for one’s turn can be stopped', async () => {
  const server = await serverOf({ security: 'none' })
  let now = 0
  const waits: number[] = []
  const stop = new AbortController()
  const post = await postOf(settingsOf(server, { security: 'none', perMinute: 2 }), null, {
    ...quick, now: () => now,
    pause: (ms, signal) => {
      waits.push(ms)
      now += ms
      signal.throwIfAborted()
      return Promise.resolve()
    },
  })
  for (let n = 0; n < 5; n += 1) {
    await post.turn(stop.signal)
    now += 1_000
  }
  expect(waits).toEqual([58_000, 58_000])
  stop.abort()
  await expect(post.turn(stop.signal)).rejects.toThrow()
})

test('stopped before the server took the text, a letter was not sent', async () => {
  const stop = new AbortController()
  const post = await postOf(settingsOf({ port: await silentPort(() => stop.abort()), ca: '' }, { security: 'none', caPem: null }))
  expect(await post.send(mailTo('mia@acme.example'), stop.signal)).toEqual({ outcome: 'refused', fault: 'stopped', answer: '', isWhole: true })
})

test('nothing in a name or a title becomes a header, another recipient or an encoded word', async () => {
  const server = await serverOf({ security: 'none' })
  const post = await postOf(settingsOf(server, { security: 'none' }))
  const hostile = 'Mia"\r\nBcc: eve@evil.example\r\n\r\n<script>, eve@evil.example'
  expect(await post.send(mailTo('mia@acme.example', { to: { name: hostile, address: 'mia@acme.example' }, subject: `Grün\r\nX-Evil: 1 =?utf-8?B?${Buffer.from('‮').toString('base64')}?=` }), never))
    .toMatchObject({ outcome: 'sent' })
  const [one] = server.received
  expect(one?.to).toEqual(['mia@acme.example'])
  const head = (one?.raw ?? '').split('\r\n\r\n')[0] ?? ''
  expect(head).not.toMatch(/^(?:Bcc|X-Evil):/mi)
  expect(head.split('\r\n').filter((line) => !/^[ \t]/.test(line)).map((line) => line.slice(0, line.indexOf(':'))).sort()).toEqual([
    'Auto-Submitted', 'Content-Transfer-Encoding', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To', 'X-Auto-Response-Suppress',
  ])
})

async function freePort(): Promise<number> {
  const port = await listening(createServer())
  return port
}

/** A port that takes connections and never says a word. */
async function silentPort(onConnection: () => void = () => undefined): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    onConnection()
  })
  const port = await listening(server, false)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return port
}

async function listening(server: Server, isClosed = true): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  if (isClosed) await new Promise((resolve) => { server.close(resolve) })
  return port
}
