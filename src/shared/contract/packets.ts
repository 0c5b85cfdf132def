import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { isoDate } from '../model/time.ts'
import { packetConflict } from '../model/packet.ts'
import { procedure, progressOf } from './base.ts'

const secret = z.string().min(1)

export const writtenPackets = z.object({
  written: z.array(z.object({
    packet: z.string(), person: z.string(), name: z.string(), items: z.int(), path: z.string(), way: z.enum(['recipient', 'passphrase']),
  })),
  skipped: z.array(z.object({ person: z.string(), reason: z.string() })),
  /** File with the passphrases of those without a key of their own. They go another way than the packets. */
  passphrases: z.string().nullable(),
})

export const importedResponse = z.object({
  packet: z.string(), person: z.string(), campaign: z.int(), merged: z.int(), undecided: z.int(), conflicts: z.array(packetConflict), wasThere: z.boolean(),
})

export const packetsContract = {
  /** One encrypted, signed file per reviewer (null = everybody who owes an answer but the officer). */
  write: procedure
    .input(z.object({
      campaign: z.int(), reviewers: z.array(z.string()).nullable().default(null), out: z.string().min(1), expiresOn: isoDate, again: z.boolean().default(false), passphrase: secret,
    }))
    .output(eventIterator(progressOf(writtenPackets))),
  list: procedure.input(z.object({ campaign: z.int() })).output(z.array(z.object({
    packet: z.string(), person: z.string(), name: z.string(), items: z.int(), way: z.string(), path: z.string(), at: z.string(), expiresAt: z.string(),
    mergedAt: z.string().nullable(), merged: z.int().nullable(), conflicts: z.int().nullable(),
  }))),
  /** In a workspace made from a packet: the signed answer as a file. */
  respond: procedure.input(z.object({ out: z.string().min(1), passphrase: secret })).output(z.object({
    path: z.string(), signedOff: z.int(), undecided: z.int(), sha256: z.string(),
  })),
  import: procedure.input(z.object({ file: z.string().min(1), passphrase: secret })).output(importedResponse),
  /** Certifies a key made elsewhere, from a request or a first response, once its owner has told the fingerprint by voice. */
  acceptKey: procedure.input(z.object({ file: z.string().min(1), spoken: z.string().min(1), passphrase: secret }))
    .output(z.object({ person: z.string(), fingerprint: z.string() })),
}
