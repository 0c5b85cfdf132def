import { z } from 'zod'
import { procedure } from './base.ts'
import { revocationReason } from '../model/key-events.ts'
import { isoTime } from '../model/time.ts'
import { role } from './workspace.ts'

const certificateShown = z.object({ fingerprint: z.string(), subject: z.string(), validTo: isoTime })

export const keysShown = z.object({
  root: certificateShown.nullable(),
  people: z.array(z.object({ email: z.string(), name: z.string(), roles: z.array(role), certificate: certificateShown.nullable() })),
  /** What is on the revocation list. `person` null: not of anybody known here. */
  revoked: z.array(z.object({ serial: z.string(), at: isoTime, why: revocationReason })),
  /** What happened to keys, certificates and copies, from the log, newest first. */
  custody: z.array(z.object({ seq: z.int(), at: isoTime, by: z.string(), kind: z.string(), person: z.string().nullable(), fingerprint: z.string().nullable(), detail: z.string() })),
})

const named = z.object({ email: z.email(), why: revocationReason, reason: z.string().trim().min(1) })

export const keysContract = {
  show: procedure.output(keysShown),
  /** A new key for somebody who has one, under a new passphrase; the former certificate goes on the revocation list. */
  replace: procedure.input(named.extend({ passphrase: z.string().min(1), officerPassphrase: z.string().min(1) })).output(z.object({ email: z.string(), fingerprint: z.string() })),
  /** The person cannot sign any more until they are enrolled again. */
  revoke: procedure.input(named.extend({ officerPassphrase: z.string().min(1) })).output(z.object({ email: z.string(), fingerprint: z.string() })),
  /** The acting person's own key, or (officers) the organisation's root. */
  changePassphrase: procedure
    .input(z.object({ of: z.enum(['own', 'root']).default('own'), current: z.string().min(1), next: z.string().min(1) }))
    .output(z.object({ fingerprint: z.string() })),
  /** The revocation list in PEM; null while nothing was ever revoked. */
  revocationList: procedure.output(z.object({ pem: z.string().nullable() })),
  /** Signs the log's head now, as far as it goes. */
  checkpoint: procedure.input(z.object({ passphrase: z.string().min(1) })).output(z.object({ size: z.int(), root: z.string() })),
}
