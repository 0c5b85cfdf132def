import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { letterKind, mailedLetter, mailFault, mailSettings } from '../model/mail.ts'
import { procedure, progressOf } from './base.ts'

export const mailShown = z.object({
  /** Null: mail is off, and nothing is ever sent. */
  settings: mailSettings.nullable(),
  hasPassword: z.boolean(),
  isBeyondThisMachine: z.boolean(),
  /** The certificates the server is believed under besides those this machine trusts. */
  authorities: z.array(z.object({ name: z.string(), fingerprint: z.string() })),
})

/** What a round of sending came to. `left`: still waiting, because it was stopped or the server could not be used. */
export const lettersSent = z.object({
  sent: z.int(), refused: z.int(), unknown: z.int(), dropped: z.int(), left: z.int(),
  /** What stopped the round, if the server as a whole could not be used. */
  fault: z.object({ fault: mailFault, answer: z.string() }).nullable(),
  letters: z.array(mailedLetter),
})

export const mailContract = {
  settings: procedure.output(mailShown),
  /**
   * Names the server letters go through. `password` null leaves the kept one. A server beyond this machine needs the officer's leave by name
   * (`mayLeave`): names, addresses and a campaign's title go there.
   */
  set: procedure.input(z.object({ settings: mailSettings, password: z.string().min(1).max(4_000).nullable().default(null), mayLeave: z.boolean().default(false) })).output(mailShown),
  off: procedure.output(mailShown),
  /** A message to oneself. */
  test: procedure.output(z.object({ to: z.string(), outcome: z.enum(['sent', 'refused', 'unknown']), fault: mailFault.nullable(), answer: z.string() })),
  /** Sends letters to those who still owe an answer (of `only`, where named), each once; stopping keeps what is sent. */
  send: procedure.input(z.object({ campaign: z.int(), only: z.array(z.string()).max(10_000).nullable().default(null), kind: letterKind.exclude(['escalation']).default('reminder') }))
    .output(eventIterator(progressOf(lettersSent))),
  /** What was sent, refused or lost in a campaign, the newest first; the latest letter of each person where `latest` says so. */
  letters: procedure.input(z.object({ campaign: z.int(), latest: z.boolean().default(false) })).output(z.array(mailedLetter)),
}
