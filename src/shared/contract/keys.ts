import { z } from 'zod'
import { procedure } from './base.ts'
import { revocationReason, rootWay } from '../model/key-events.ts'
import { isoTime } from '../model/time.ts'
import { role } from './workspace.ts'

const certificateShown = z.object({ fingerprint: z.string(), subject: z.string(), validFrom: isoTime, validTo: isoTime })

export const standing = z.enum(['stands', 'not-certified', 'former-root', 'revoked', 'expired'])

const custodyKind = z.enum([
  'workspace-created', 'person-enrolled', 'key-replaced', 'key-revoked', 'passphrase-changed', 'certificate-requested', 'certificate-imported', 'root-adopted',
  'revocation-list-changed', 'workspace-key-changed', 'backup-made', 'restored',
])

export const keysShown = z.object({
  root: certificateShown.nullable(),
  /** Who certifies people: a root made here, one the organisation brought, or its own authority elsewhere. */
  way: rootWay,
  formerRoots: z.array(z.string()),
  people: z.array(z.object({ email: z.string(), name: z.string(), roles: z.array(role), certificate: certificateShown.extend({ standing }).nullable() })),
  /** What the organisation's own authority has not answered yet; `request` is the PKCS#10 in PEM. */
  requests: z.array(z.object({ email: z.string(), name: z.string(), at: isoTime, request: z.string(), sha256: z.string() })),
  revoked: z.array(z.object({ serial: z.string(), at: isoTime, why: revocationReason })),
  /** What happened to keys, certificates and copies, from the log, newest first. `note`: a reason somebody gave, or a file's name. */
  custody: z.array(z.object({
    seq: z.int(), at: isoTime, by: z.string(), kind: custodyKind, person: z.string().nullable(), fingerprint: z.string().nullable(), note: z.string().nullable(), detail: z.string(),
  })),
})

const secret = z.string().min(1)
const reason = z.string().trim().min(1).max(2000)
const named = z.object({ email: z.email(), why: revocationReason, reason })
/** A file's bytes in base64: certificates and keys are small. */
const fileContent = z.base64().max(200_000)
const rootChange = z.object({ passphrase: secret, rootPassphrase: secret, reason })
const changedRoot = z.object({ rootFingerprint: z.string(), certified: z.array(z.string()) })
const authorityFile = z.object({ content: fileContent, filePassphrase: z.string() })
const issuedShown = z.object({
  email: z.string(), subject: z.string(), issuer: z.string(), validTo: isoTime, fingerprint: z.string(), rootFingerprint: z.string(), rootSubject: z.string(), isOtherRoot: z.boolean(),
})

export const keysContract = {
  show: procedure.output(keysShown),
  /** A new key for somebody who has one, under a new passphrase; the former certificate goes on the revocation list. */
  replace: procedure
    .input(named.extend({ passphrase: secret, officerPassphrase: secret, formerPassphrase: secret.nullable().default(null) }))
    /** `answers`: whether those to packets that are out already can still be read; `none` = nothing was ever encrypted to this person here. */
    .output(z.object({ email: z.string(), fingerprint: z.string(), answers: z.enum(['none', 'kept', 'set-aside']) })),
  /** The person cannot sign any more until they are enrolled again. */
  revoke: procedure.input(named.extend({ officerPassphrase: secret })).output(z.object({ email: z.string(), fingerprint: z.string() })),
  /** The acting person's own key, or (officers) the organisation's root. */
  changePassphrase: procedure
    .input(z.object({ of: z.enum(['own', 'root']).default('own'), current: secret, next: secret }))
    .output(z.object({ fingerprint: z.string() })),
  /** The revocation list in PEM; null while nothing was ever revoked. */
  revocationList: procedure.output(z.object({ pem: z.string().nullable() })),
  /** Signs the log's head now, as far as it goes. */
  checkpoint: procedure.input(z.object({ passphrase: secret })).output(z.object({ size: z.int(), root: z.string() })),

  /** A new root made here; everybody who has a key gets a certificate under it. */
  renewRoot: procedure.input(rootChange).output(changedRoot),
  /** What an authority's file (PKCS#12, or PEM with key and certificates) holds; nothing is changed. */
  readAuthority: procedure.input(authorityFile)
    .output(z.object({ subject: z.string(), validTo: isoTime, rootFingerprint: z.string(), rootSubject: z.string(), intermediates: z.int() })),
  /** A root, or an authority under one, with its key; `rootFingerprint` is what the officer compared with. */
  importRoot: procedure.input(rootChange.extend(authorityFile.shape).extend({ rootFingerprint: z.string() })).output(changedRoot),

  /** A key, and the PKCS#10 request for its certificate by the organisation's own authority. */
  requestCertificate: procedure
    .input(z.object({ email: z.email(), name: z.string().trim().min(1), roles: z.array(role), passphrase: secret }))
    .output(z.object({ email: z.string(), request: z.string(), sha256: z.string() })),
  /** What that authority sent (PEM, DER or PKCS#7, with its chain), checked; nothing is changed. */
  readCertificate: procedure.input(z.object({ email: z.email(), content: fileContent })).output(issuedShown),
  /** Takes it in. `rootFingerprint`: the root to take with it, where it leads to another than the one that is here. */
  importCertificate: procedure
    .input(z.object({ email: z.email(), content: fileContent, passphrase: secret, rootFingerprint: z.string().nullable().default(null), reason: z.string().max(2000).default(''), formerPassphrase: secret.nullable().default(null) }))
    .output(issuedShown),
  /** The list that authority published, PEM or DER. */
  importRevocationList: procedure.input(z.object({ content: fileContent })).output(z.object({ entries: z.int(), sha256: z.string() })),
}
