import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { isoDate, isoTime } from '../model/time.ts'
import { openedPacket, packetConflict } from '../model/packet.ts'
import { procedure, progressOf } from './base.ts'

const secret = z.string().min(1)

export const writtenPackets = z.object({
  written: z.array(z.object({
    packet: z.string(), person: z.string(), name: z.string(), items: z.int(), path: z.string(), way: z.enum(['recipient', 'passphrase']),
  })),
  /** Nothing to write, or not possible. */
  skipped: z.array(z.object({ person: z.string(), reason: z.string() })),
  /** Writing failed; writing again goes on with these. */
  failed: z.array(z.object({ person: z.string(), reason: z.string() })),
  /** Reviewers that were not tried any more after several failures in a row. */
  notTried: z.int(),
  /** File with the passphrases of those without a key of their own. They go another way than the packets. */
  passphrases: z.string().nullable(),
})

export const importedResponse = z.object({
  packet: z.string(), person: z.string(), campaign: z.int(), merged: z.int(), undecided: z.int(),
  conflicts: z.array(packetConflict.extend({ subject: z.string(), entitlement: z.string() })), wasThere: z.boolean(),
})

export const ownPacket = openedPacket.extend({
  isExpired: z.boolean(),
  /** Forty digits each, to be compared by voice; `keySpoken` null: the officer has certified the key. */
  rootSpoken: z.string(), keySpoken: z.string().nullable(),
  decided: z.int(), signedOff: z.int(), undecided: z.int(),
  /** Responses that were written, the oldest first. The officer takes one. */
  responses: z.array(z.object({ at: isoTime, signedOff: z.int(), undecided: z.int() })),
})

export const keyToAccept = z.object({
  person: z.string(), name: z.string(), from: z.enum(['request', 'response']), spoken: z.string(), fingerprint: z.string(),
  /** `enrolled`: this very key is certified already; `other-key`: the person has another one; `unknown`: nobody of this workspace. */
  standing: z.enum(['new', 'enrolled', 'other-key', 'unknown']),
})

export const packetsContract = {
  /** One encrypted, signed file per reviewer (null = everybody who owes an answer but the officer). */
  write: procedure
    .input(z.object({
      campaign: z.int(), reviewers: z.array(z.string()).nullable().default(null),
      /** Folder; null = the workspace's own for this campaign. */
      out: z.string().min(1).nullable().default(null), expiresOn: isoDate, again: z.boolean().default(false), passphrase: secret,
    }))
    .output(eventIterator(progressOf(writtenPackets))),
  /** What was put into a list of passphrases when packets were written, for telling each apart from the file. Kept nowhere but in that list. */
  passphrases: procedure.input(z.object({ campaign: z.int(), list: z.string().min(1).max(4_000) })).output(z.array(z.object({
    packet: z.string(), person: z.string(), name: z.string(), items: z.int(), file: z.string(), expiresAt: z.string(), passphrase: z.string(),
  }))),
  /** Who reviews in the campaign's open stage, and what would open a packet of theirs. */
  addressees: procedure.input(z.object({ campaign: z.int() })).output(z.array(z.object({
    person: z.string(), name: z.string(), items: z.int(), undecided: z.int(), signedOff: z.int(), hasKey: z.boolean(),
  }))),
  list: procedure.input(z.object({ campaign: z.int() })).output(z.array(z.object({
    packet: z.string(), person: z.string(), name: z.string(), items: z.int(), way: z.string(), path: z.string(), at: z.string(), expiresAt: z.string(),
    mergedAt: z.string().nullable(), merged: z.int().nullable(), conflicts: z.int().nullable(),
  }))),
  /** In a workspace made from a packet: the signed answer as a file. */
  respond: procedure
    .input(z.object({
      /** File; null = in the workspace's own folder for responses. */
      out: z.string().min(1).nullable().default(null), passphrase: secret,
      /** Brings the file's bytes along, for a browser to save where its person wants it. */
      withContent: z.boolean().default(false),
    }))
    .output(z.object({ path: z.string(), name: z.string(), signedOff: z.int(), undecided: z.int(), sha256: z.string(), content: z.base64().nullable() })),
  /** The packet this workspace was made from, and what was answered so far; null in any other workspace. */
  own: procedure.output(ownPacket.nullable()),
  import: procedure.input(z.object({ file: z.string().min(1), passphrase: secret })).output(importedResponse),
  /** Whose key a request or a first response asks to be certified, and its digits. Certifies nothing. */
  lookAtKey: procedure.input(z.object({ file: z.string().min(1), /** Needed for a response only. */ passphrase: z.string().default('') })).output(keyToAccept),
  /** Certifies a key made elsewhere, from a request or a first response, once its owner has told the fingerprint by voice. */
  acceptKey: procedure.input(z.object({ file: z.string().min(1), spoken: z.string().min(1), passphrase: secret }))
    .output(z.object({ person: z.string(), fingerprint: z.string() })),
}
