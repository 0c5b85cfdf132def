import { z } from 'zod'
import { letterKind, mailFault, mailSecurity } from './mail.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** What the log records of mail: where it goes, and what became of each letter that was not simply a reminder sent. Never a password or a text. */
export const mailEvents = [
  /** `host` null: nothing is sent from now on. `authorities`: SHA-256 of the certificates the server is believed under besides the machine's own. */
  z.object({
    kind: z.literal('mail-set'),
    body: z.object({
      host: z.string().nullable(), port: z.int(), security: mailSecurity, userName: z.string().nullable(), sender: z.string(), replyTo: z.string().nullable(),
      authorities: z.array(sha256Hex), perMinute: z.int(), language: z.string(), remindsBySelf: z.boolean(), isBeyondThisMachine: z.boolean(), changesPassword: z.boolean(),
    }),
  }),
  z.object({ kind: z.literal('mail-tested'), body: z.object({ to: z.string(), outcome: z.enum(['sent', 'refused', 'unknown']), fault: mailFault.nullable(), answer: z.string() }) }),
  /** A letter that is no reminder was sent, or any letter was refused or has a fate nobody knows. A reminder that was sent is a `reviewers-reminded`. */
  z.object({
    kind: z.literal('letter-settled'),
    body: z.object({
      campaign: z.int(), stage: z.int(), letter: z.int(), about: letterKind, person: z.string(), open: z.int(), messageId: z.string(),
      outcome: z.enum(['sent', 'refused', 'unknown']), fault: mailFault.nullable(), answer: z.string(),
    }),
  }),
] as const
