// What a bundle is made of. The folder's name ends in .muster; every path inside is written with forward slashes.
import { z } from 'zod'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)

export const NAMES = {
  report: 'report.pdf', evidence: 'evidence.json', items: 'items.csv', events: 'events.jsonl', checkpoint: 'checkpoint',
  checkpointSignature: 'checkpoint.p7s', instructions: 'VERIFY.txt', verifier: 'verify.mjs', manifest: 'manifest.json',
  manifestSignature: 'manifest.p7s', rootCertificate: 'certs/root.pem',
  formerRoots: 'certs/former-roots.pem', intermediates: 'certs/intermediates.pem', revocationList: 'crl.pem', timeAuthority: 'certs/time-authority.pem',
  checkpointStamp: 'checkpoint.tsr', manifestStamp: 'manifest.tsr', oscal: 'oscal-assessment-results.json',
} as const

/** Relative, without parent steps, and spelled in characters that every file system keeps as they are. */
export const bundlePath = z.string().max(240).regex(/^(?!.*(?:^|\/)\.)[A-Za-z0-9@._-]+(?:\/[A-Za-z0-9@._-]+)*$/)

/**
 * `sha256` and `bytes` of a raw extract are those of the file as it was read from the source; inside the bundle it may be packed.
 * `path` null: the extract stays with the organisation and is bound by its hash only.
 */
export const manifestRaw = z.object({
  run: z.int(), path: bundlePath.nullable(), packing: z.enum(['none', 'gzip']), sha256: sha256Hex, bytes: count,
})

export const manifest = z.object({
  format: z.literal('muster-bundle-1'),
  product: z.object({ name: z.literal('Muster'), version: z.string() }),
  campaign: z.object({ id: z.int(), name: z.string(), version: z.int() }),
  sealedAt: z.iso.datetime(),
  rootFingerprint: sha256Hex,
  log: z.object({ origin: z.string(), size: count, root: z.string() }),
  counts: z.object({ items: count, events: count, signOffs: count, rawFiles: count }),
  raw: z.array(manifestRaw),
  files: z.array(z.object({ path: bundlePath, bytes: count, sha256: sha256Hex })),
})

export type Manifest = z.infer<typeof manifest>
export type ManifestRaw = z.infer<typeof manifestRaw>

/** Where the list of what a former root had revoked lies; `root`: that root's fingerprint. */
export function formerListFile(root: string): string {
  return `certs/former-crl/${root}.pem`
}

/** Where the sign-off made by event `eventSeq` lies in the bundle; the report's `signOffs[].file` says the same. */
export function signOffFile(eventSeq: number): string {
  return `signoffs/${eventSeq}.p7s`
}

/** Folder name for a campaign's bundle, `q4-access-review-v1.muster`. */
export function bundleName(campaign: string, version: number): string {
  const plain = campaign.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60).replace(/^-+|-+$/g, '')
  return `${plain || 'campaign'}-v${version}.muster`
}
