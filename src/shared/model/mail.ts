import { z } from 'zod'
import { isoTime } from './time.ts'

/** `tls`: from the first byte (465). `starttls`: required before anything is said (587). `none`: only to this machine. */
export const mailSecurity = z.enum(['tls', 'starttls', 'none'])

/** What SMTP takes without extensions on the left of the @; nothing that could end a header or an envelope. */
const addressPattern = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?$/u
export const mailAddress = z.string().max(254).regex(addressPattern)

/** A machine's name or address, without port, path or user. */
const hostName = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$|^[0-9a-fA-F:]{2,45}$/)

/** How mail leaves the organisation's own server. The password is kept with the other secrets, never here. */
export const mailSettings = z.object({
  host: hostName,
  port: z.int().min(1).max(65_535),
  security: mailSecurity,
  /** Null: the server asks nobody to sign in. */
  userName: z.string().trim().min(1).max(200).nullable(),
  sender: mailAddress,
  replyTo: mailAddress.nullable(),
  /** Certificates the server is believed under besides those this machine trusts; null = none. */
  caPem: z.string().max(100_000).nullable(),
  /** Letters a minute at most: many servers refuse who is faster. */
  perMinute: z.int().min(1).max(6_000).default(60),
  language: z.enum(['en', 'de']).default('en'),
  /** Whether the daily work sends what is due without being told each time. */
  remindsBySelf: z.boolean().default(false),
})

/** `launch`: a review has begun. `escalation`: items came to somebody because nobody answered. */
export const letterKind = z.enum(['reminder', 'launch', 'escalation'])

/**
 * Of a letter on its way: `waiting` to be sent or taken along; `sending` reserved, being sent; `unknown`: it may have arrived and is not sent again
 * by itself; `refused` and tried again; `dropped`: not needed any more, or stopped; `taken` along as a file.
 */
export const letterState = z.enum(['waiting', 'sending', 'sent', 'refused', 'unknown', 'dropped', 'taken'])

/** What went wrong, for words of its own; `server`: it answered with something else. */
export const mailFault = z.enum([
  'no-server', 'certificate', 'no-encryption', 'sign-in', 'sender', 'recipient', 'message', 'timeout', 'lost', 'server', 'stopped',
])

/** What became of one message. `answer` is the server's own last line, or what happened instead of one. */
export const postAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('sent'), answer: z.string() }),
  z.object({ outcome: z.literal('refused'), fault: mailFault, answer: z.string() }),
  z.object({ outcome: z.literal('unknown'), fault: mailFault, answer: z.string() }),
])

/** A letter as an officer sees it. */
export const mailedLetter = z.object({
  id: z.int(), campaign: z.int(), stage: z.int(), kind: letterKind, person: z.string(), name: z.string(), state: letterState, fault: mailFault.nullable(),
  answer: z.string().nullable(), attempts: z.int(), madeAt: isoTime, changedAt: isoTime,
})

export type MailSecurity = z.infer<typeof mailSecurity>
export type MailSettings = z.infer<typeof mailSettings>
export type MailLanguage = MailSettings['language']
export type LetterKind = z.infer<typeof letterKind>
export type LetterState = z.infer<typeof letterState>
export type MailFault = z.infer<typeof mailFault>
export type PostAnswer = z.infer<typeof postAnswer>
export type MailedLetter = z.infer<typeof mailedLetter>

/** This machine and nothing else: the only place mail may go unencrypted. */
export const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** What to do about a fault, in a sentence for people; the server's own words go with it. */
export const mailFaultSentence: Readonly<Record<MailFault, string>> = {
  'no-server': 'No mail server answers at this address and port.',
  certificate: 'The server’s certificate is not trusted. Name the authority that issued it, or the host name it was issued to.',
  'no-encryption': 'The server does not speak the encryption that was asked for. Another port or the other kind of encryption may be right.',
  'sign-in': 'The server does not accept this user name and password.',
  sender: 'The server does not let this sender address send.',
  recipient: 'The server does not take mail for this address.',
  message: 'The server did not take the message.',
  timeout: 'The server did not answer in time.',
  lost: 'The connection was lost.',
  server: 'The server would not work with us right now.',
  stopped: 'It was stopped before it was sent.',
}
