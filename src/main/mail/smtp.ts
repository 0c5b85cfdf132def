import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCACertificates } from 'node:tls'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailSettings } from '../../shared/model/mail.ts'
import { answerOf, faultOf, type PostError } from './post-faults.ts'
import type { Delivery, OutgoingMail, Post } from './post.ts'

/** How long a server may say nothing. */
const patienceMs = 20_000
/** Servers tire of a connection; a new one costs a handshake. */
const mostOnOneConnection = 100
const minuteMs = 60_000

export interface SmtpTiming {
  readonly patienceMs: number
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
}

const ownTiming: SmtpTiming = {
  patienceMs, now: () => performance.now(),
  pause: async (ms, signal) => { await sleep(ms, undefined, { signal }) },
}

interface Line {
  readonly connection: SMTPConnection
  sent: number
  isOpen: boolean
}

/**
 * Letters over SMTP, one after the other on one connection. nodemailer is loaded when it is used. Its connection is driven directly, because whether
 * the text was handed over has to be known to the byte: what fails before that was not sent, what fails after it nobody knows.
 */
export async function smtpPost(settings: MailSettings, password: string | null, timing: SmtpTiming = ownTiming): Promise<Post> {
  const [{ default: Connection }, { default: Composer }] = await Promise.all([import('nodemailer/lib/smtp-connection'), import('nodemailer/lib/mail-composer')])
  let line: Line | null = null
  const gone: number[] = []

  const notSent = (error: PostError, wasConnected: boolean): Delivery => {
    const { fault, isWhole } = faultOf(error, wasConnected)
    return { outcome: 'refused', fault, isWhole, answer: answerOf(error.response || error.message, password) }
  }

  function hangUp(): void {
    line?.connection.close()
    line = null
  }

  async function dial(signal: AbortSignal): Promise<Line> {
    if (line?.isOpen === true && line.sent < mostOnOneConnection) return line
    line?.connection.quit()
    const connection = new Connection(connectionOptions(settings, timing.patienceMs))
    const opened: Line = { connection, sent: 0, isOpen: true }
    // Errors of a connection nobody is using at the moment arrive here, and only here.
    connection.on('error', () => { opened.isOpen = false })
    connection.on('end', () => { opened.isOpen = false })
    line = opened
    await orStopped(signal, () => connection.close(), (resolve, reject) => {
      connection.once('error', reject)
      connection.connect((error) => (error === undefined ? resolve() : reject(error)))
    })
    if (settings.userName !== null) {
      await orStopped(signal, () => connection.close(), (resolve, reject) => {
        connection.once('error', reject)
        connection.login({ user: settings.userName ?? '', pass: password ?? '' }, (error) => (error === null ? resolve() : reject(error)))
      })
    }
    return opened
  }

  async function hand(opened: Line, mail: OutgoingMail, bytes: Buffer, signal: AbortSignal): Promise<Delivery> {
    let isHandedOver = false
    const text = Readable.from((function* () {
      // Read for the first time only after the server has asked for the text.
      isHandedOver = true
      yield bytes
    })())
    const stop = (): void => { if (!isHandedOver) opened.connection.close() }
    signal.addEventListener('abort', stop)
    const [error, answer] = await new Promise<readonly [PostError | null, string]>((resolve) => {
      opened.connection.send({ from: settings.sender, to: [mail.to.address], size: bytes.length }, text, (failure, info) => resolve([failure, info?.response ?? '']))
    })
    signal.removeEventListener('abort', stop)
    opened.sent += 1
    if (error === null) return { outcome: 'sent', answer: answerOf(answer, password), isWhole: false }
    text.destroy()
    if (isHandedOver && typeof error.responseCode !== 'number') {
      return { outcome: 'unknown', fault: faultOf(error, true).fault, answer: answerOf(error.message, password), isWhole: false }
    }
    if (signal.aborted && typeof error.responseCode !== 'number') return stopped
    return notSent(error, true)
  }

  /** The connection is clean for the next letter, or hung up. */
  async function settle(opened: Line): Promise<void> {
    if (!opened.isOpen) return hangUp()
    const isClean = await new Promise<boolean>((resolve) => { opened.connection.reset((error) => resolve(error === null)) })
    if (!isClean) hangUp()
  }

  async function send(mail: OutgoingMail, signal: AbortSignal): Promise<Delivery> {
    const { messageId, to, subject, text, at } = mail
    // Made whole beforehand: a text that cannot be made is never half handed over.
    const bytes = await new Composer({
      from: settings.sender, to, subject, text, messageId, date: new Date(at), disableFileAccess: true, disableUrlAccess: true, xMailer: false,
      // RFC 3834: nobody's absence note comes back to it.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      ...(settings.replyTo === null ? {} : { replyTo: settings.replyTo }),
    }).compile().build()
    for (let again = true; ; again = false) {
      const isUsedAgain = line !== null && line.sent > 0 && line.isOpen
      let opened: Line
      try {
        opened = await dial(signal)
      } catch (error) {
        hangUp()
        return signal.aborted ? stopped : notSent(error as PostError, false)
      }
      const delivery = await hand(opened, mail, bytes, signal)
      if (delivery.outcome !== 'sent') await settle(opened)
      // A server may end a connection it has had enough of between two letters; the letter is not to blame.
      const wasDropped = delivery.outcome === 'refused' && (delivery.fault === 'lost' || delivery.fault === 'server')
      if (!(again && isUsedAgain && wasDropped)) return delivery
      hangUp()
    }
  }

  return {
    turn: async (signal) => {
      signal.throwIfAborted()
      const oldest = gone.length >= settings.perMinute ? gone.shift() : undefined
      const wait = oldest === undefined ? 0 : oldest + minuteMs - timing.now()
      if (wait > 0) await timing.pause(wait, signal)
      gone.push(timing.now())
    },
    send,
    close: () => {
      line?.connection.quit()
      line = null
    },
  }
}

const stopped: Delivery = { outcome: 'refused', fault: 'stopped', answer: '', isWhole: true }

function connectionOptions({ host, port, security, caPem }: MailSettings, patience: number): SMTPConnection.Options {
  return {
    host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none', logger: false,
    connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience, dnsTimeout: patience, socketCloseTimeout: 1_000, maxResponseSize: 64_000,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(caPem === null ? {} : { ca: [...getCACertificates('default'), caPem] }) },
  }
}

/** One step of a conversation; stopped, it hangs up, which ends the step. */
async function orStopped(signal: AbortSignal, hangUp: () => void, step: (resolve: () => void, reject: (error: Error) => void) => void): Promise<void> {
  signal.throwIfAborted()
  let stop = hangUp
  try {
    await new Promise<void>((resolve, reject) => {
      stop = () => {
        hangUp()
        reject(new Error('stopped'))
      }
      signal.addEventListener('abort', stop)
      step(resolve, reject)
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
