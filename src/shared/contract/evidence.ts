import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure, progressOf } from './base.ts'

export const verification = z.object({
  bundle: z.string(),
  isValid: z.boolean(),
  checks: z.array(z.object({ code: z.string(), title: z.string(), outcome: z.enum(['passed', 'failed', 'not-checked']), detail: z.string() })),
})

export const sealed = z.object({
  campaign: z.int(), version: z.int(), path: z.string(), at: z.string(), by: z.string(), exceptions: z.array(z.string()), pages: z.int(), items: z.int(),
})

export const evidenceContract = {
  seal: procedure
    .input(z.object({ campaign: z.int(), out: z.string().nullable().default(null), passphrase: z.string().min(1) }))
    .output(eventIterator(progressOf(sealed))),
  bundles: procedure.output(z.array(z.object({ campaign: z.int(), name: z.string(), version: z.int(), at: z.string(), by: z.string(), path: z.string(), exceptions: z.int() }))),
  verify: procedure.input(z.object({ bundle: z.string(), root: z.string().nullable().default(null), seen: z.array(z.string()).default([]) })).output(verification),
  /** Recomputes the whole log: hashes, order, Merkle root against the last checkpoint, decisions against their events. */
  checkLog: procedure.output(verification),
}
