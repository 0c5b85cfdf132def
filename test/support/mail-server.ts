import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { makeTestCertificates, type TestCertificates } from './fake-graph/certificates.ts'

export interface Received { readonly from: string; readonly to: readonly string[]; readonly raw: string; readonly isEncrypted: boolean; readonly user: string | null }

/** What the server does out of the ordinary; may be changed while it runs. */
export interface MailServerMood {
  /** Refused at RCPT with this line. */
  readonly refuses: Map<string, { readonly code: number; readonly text: string }>
  /** Senders it lets in nobody's name. */
  readonly badSenders: Set<string>
  /** After the whole text arrived: hangs up without a word. */
  hangsUpOn: string | null
  /** After the text arrived: says nothing. */
  silentOn: string | null
  /** Refuses the text itself. */
  refusesText: boolean
  /** Ends the connection politely after so many messages. */
  mostPerConnection: number
}

export interface MailServer {
  readonly port: number
  readonly ca: string
  readonly received: Received[]
  readonly mood: MailServerMood
  readonly connections: () => number
  readonly close: () => Promise<void>
}

export const mailUser = { name: 'muster', password: 'let mail out, p4ss=wörd' } as const

let certificates: Promise<TestCertificates> | undefined

/** A real SMTP server on 127.0.0.1 that keeps what it is given. */
export async function startMailServer(options: { readonly security: 'tls' | 'starttls' | 'none'; readonly asksForUser?: boolean }): Promise<MailServer> {
  const { ca, certificate, key } = await (certificates ??= makeTestCertificates())
  const received: Received[] = []
  const mood: MailServerMood = { refuses: new Map(), badSenders: new Set(), hangsUpOn: null, silentOn: null, refusesText: false, mostPerConnection: Infinity }
  let connections = 0
  const perSession = new Map<string, number>()
  const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })
  const sockets = new Set<Socket>()
  const server: SMTPServer = new SMTPServer({
    secure: options.security === 'tls', key, cert: certificate, logger: false, disabledCommands: options.security === 'starttls' ? [] : ['STARTTLS'],
    authOptional: options.asksForUser !== true, hideSTARTTLS: false, allowInsecureAuth: options.security === 'none', closeTimeout: 100,
    onAuth: (auth, _session, done) => {
      if (auth.username === mailUser.name && auth.password === mailUser.password) done(null, { user: auth.username })
      else done(refusal(535, `5.7.8 ${auth.password} is wrong`))
    },
    onConnect: (_session, done) => {
      connections += 1
      done()
    },
    onMailFrom: ({ address }, session, done) => {
      if (mood.badSenders.has(address)) return done(refusal(550, '5.7.1 Sender not allowed'))
      if ((perSession.get(session.id) ?? 0) >= mood.mostPerConnection) return done(refusal(421, '4.7.0 Enough on this connection'))
      done()
    },
    onRcptTo: ({ address }, _session, done) => {
      const refused = mood.refuses.get(address)
      done(refused === undefined ? null : refusal(refused.code, refused.text))
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => { parts.push(part) })
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        if (mood.refusesText) return done(refusal(554, '5.6.0 No such texts here'))
        received.push({ from: mailFrom === false ? '' : mailFrom.address, to, raw: Buffer.concat(parts).toString('utf8'), isEncrypted: session.secure, user: typeof session.user === 'string' ? session.user : null })
        perSession.set(session.id, (perSession.get(session.id) ?? 0) + 1)
        if (to.includes(mood.silentOn ?? '')) return
        if (to.includes(mood.hangsUpOn ?? '')) {
          for (const socket of sockets) socket.destroy()
          return
        }
        done(null, `2.0.0 Ok: queued as ${received.length}`)
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return {
    port: (server.server.address() as AddressInfo).port, ca, received, mood, connections: () => connections,
    close: () => new Promise((resolve) => { server.close(() => resolve()) }),
  }
}
