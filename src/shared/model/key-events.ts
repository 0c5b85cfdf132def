import { z } from 'zod'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const person = z.string()

/** Why a certificate no longer stands for its person. `lost`: nobody can open the key; `compromised`: somebody else might; `left`: the person went. */
export const revocationReason = z.enum(['replaced', 'lost', 'compromised', 'left'])

/** Where the organisation's root comes from, and with it who certifies people. */
export const rootWay = z.enum(['made', 'imported', 'elsewhere'])

/** A head of the log: root in base64 after `size` events. */
export const logHead = z.object({ size: z.int().min(0), root: z.string() })

/** What happened to keys, certificates and copies of the store: the custody log is these events. */
export const keyEvents = [
  /** A person has a new certificate; the former one is on the revocation list from this moment. */
  z.object({
    kind: z.literal('key-replaced'),
    body: z.object({ person, retired: sha256Hex, certificateFingerprint: sha256Hex, why: revocationReason, reason: z.string() }),
  }),
  /** The person cannot sign any more until they are enrolled again. */
  z.object({ kind: z.literal('key-revoked'), body: z.object({ person, certificateFingerprint: sha256Hex, why: revocationReason, reason: z.string() }) }),
  z.object({ kind: z.literal('passphrase-changed'), body: z.object({ person, certificateFingerprint: sha256Hex }) }),
  /** A request for the organisation's own authority to certify; `requestSha256` is over its DER. */
  z.object({ kind: z.literal('certificate-requested'), body: z.object({ person, requestSha256: sha256Hex }) }),
  /** A certificate in the place of the former one: sent by the organisation's own authority, or issued for the same key under a new root. */
  z.object({
    kind: z.literal('certificate-imported'),
    body: z.object({ person, roles: z.array(z.string()), retired: sha256Hex.nullable(), certificateFingerprint: sha256Hex }),
  }),
  /**
   * From here on certificates lead to this root. `way`: made here, brought with its key, or that of the organisation's own authority elsewhere.
   * `retired` null: there was none before. Right behind it a checkpoint is signed under the new root.
   */
  z.object({
    kind: z.literal('root-adopted'),
    body: z.object({
      rootFingerprint: sha256Hex, retired: sha256Hex.nullable(), intermediates: z.array(sha256Hex), way: rootWay, reason: z.string(),
      /** What the retired root had revoked, as `revocation-list-changed` tells it; null = nothing. Not told before Muster put such lists into bundles. */
      revocationList: z.object({ entries: z.int(), sha256: sha256Hex }).nullable().exactOptional(),
    }),
  }),
  /** `isImported`: published by the organisation's own authority. `sha256` is over the DER of every list in it. */
  z.object({ kind: z.literal('revocation-list-changed'), body: z.object({ entries: z.int(), sha256: sha256Hex, isImported: z.boolean() }) }),
  /**
   * A backup took the database's place; right after it a checkpoint is signed with the certificate it names. `events`: how many the backup
   * held; `replaced`: the log that was set aside, null where it could not be read; `abandoned`: signed heads of it that this log does not lead to.
   */
  z.object({
    kind: z.literal('restored'),
    body: z.object({
      fileName: z.string(), sha256: sha256Hex, events: z.int(), checkpoint: logHead.nullable(), replaced: logHead.nullable(), abandoned: z.array(logHead),
      reason: z.string(), certificateFingerprint: sha256Hex,
    }),
  }),
] as const
