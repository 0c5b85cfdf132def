import { z } from 'zod'
import { isoTime } from './time.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * What is known of the authority that is asked for the time. `rootsPem`: the certificates it is believed under; empty where nobody was ever named.
 * `formerRootsPem`: those of authorities that were named before, whose stamps still stand.
 */
export const timeAuthority = z.object({
  url: z.string().max(500).nullable().default(null), rootsPem: z.string().max(100_000).default(''), formerRootsPem: z.string().max(1_000_000).default(''),
})

export type TimeAuthority = z.infer<typeof timeAuthority>

/** Who says what time it is: the only calls that leave this machine when a report is sealed. */
export const timeEvents = [
  /** `host` null: from now on nobody is asked. `roots`: SHA-256 of the certificates it is believed under. */
  z.object({ kind: z.literal('time-authority-set'), body: z.object({ host: z.string().nullable(), isBeyondThisMachine: z.boolean(), roots: z.array(sha256Hex) }) }),
  /** Right before a seal, or for a bundle that is there: hashes go to this host, and nothing else does. */
  z.object({ kind: z.literal('time-authority-asked'), body: z.object({ campaign: z.int(), host: z.string() }) }),
  /** Asked once about nothing, to see whether it answers; recorded before the hash leaves. */
  z.object({ kind: z.literal('time-authority-tested'), body: z.object({ host: z.string(), isBeyondThisMachine: z.boolean() }) }),
  /** A stamp over the signed list of files; `from` says whether it was asked for while sealing or brought later as a file. `stampSha256`: of manifest.tsr. */
  z.object({
    kind: z.literal('bundle-time-stamped'),
    body: z.object({ campaign: z.int(), version: z.int(), from: z.enum(['authority', 'file']), authority: z.string(), at: isoTime, stampSha256: sha256Hex }),
  }),
] as const
