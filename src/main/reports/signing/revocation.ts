// keys/crl.pem: certificates that stand for nobody any more, and from when on. Signed by the organisation's root (RFC 5280).
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { libraryKey, x509 } from './certificate-library.ts'
import { readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import { SIGNATURE_ALGORITHM } from './key-pair.ts'
import { unlockRoot, type UnlockFailure } from './signer.ts'
import { certificateFromPem } from './certificates.ts'

export type RevocationWhy = 'replaced' | 'lost' | 'compromised' | 'left'

/** `serial` in lower-case hex without leading zeros. */
export type RevokedCertificate = { readonly serial: string; readonly at: Date; readonly why: RevocationWhy }

// X.509 has no word for a lost key. `superseded` would say that nothing is wrong with it, `keyCompromise` that somebody else has it.
const REASONS = {
  replaced: x509.X509CrlReason.superseded, lost: x509.X509CrlReason.cessationOfOperation,
  compromised: x509.X509CrlReason.keyCompromise, left: x509.X509CrlReason.affiliationChanged,
} as const satisfies Record<RevocationWhy, x509.X509CrlReason>

/** A list stands until the next one replaces it: bundles are verified against it for ten years, as long as the root is valid. */
const YEARS = 10

/** The revocation list as it goes into bundles; undefined while nothing was ever revoked. */
export async function revocationListPem(keysFolder: string): Promise<string | undefined> {
  return readTextIfThere(join(keysFolder, 'crl.pem'))
}

/** Entries of a list, oldest first. Undefined when the text is not a list signed by this root. */
export async function readRevocationList(pem: string, root: Uint8Array): Promise<readonly RevokedCertificate[] | undefined> {
  try {
    const list = new x509.X509Crl(Uint8Array.from(Buffer.from(pem.replace(/-----[A-Z0-9 ]+-----/g, ''), 'base64')))
    if (!(await list.verify({ publicKey: new x509.X509Certificate(Uint8Array.from(root)) }))) return undefined
    return list.entries.map(({ serialNumber, revocationDate, reason }) => ({
      serial: plainSerial(serialNumber), at: revocationDate,
      why: (Object.keys(REASONS) as RevocationWhy[]).find((why) => REASONS[why] === reason) ?? 'lost',
    }))
  } catch {
    return undefined
  }
}

/** What is on this workspace's list. A list that is not the root's own is an error: somebody put it there. */
export async function revokedCertificates(keysFolder: string): Promise<readonly RevokedCertificate[]> {
  const [pem, rootPem] = [await revocationListPem(keysFolder), await readTextIfThere(rootPaths(keysFolder).certificate)]
  if (pem === undefined) return []
  const root = rootPem === undefined ? undefined : certificateFromPem(rootPem)
  const entries = root === undefined ? undefined : await readRevocationList(pem, root)
  if (entries === undefined) throw new Error('keys/crl.pem is not a revocation list signed by the organisation\'s root')
  return entries
}

/** Puts a certificate on the list and signs the list anew. One that is on it already stays as it is. */
export async function revokeCertificate(
  keysFolder: string, certificate: Uint8Array, revocation: { readonly why: RevocationWhy; readonly at: Date }, rootPassphrase: string,
): Promise<{ ok: true; entries: number } | UnlockFailure> {
  const root = await unlockRoot(keysFolder, rootPassphrase)
  if (!root.ok) return root
  const before = await revokedCertificates(keysFolder)
  const serial = plainSerial(new X509Certificate(certificate).serialNumber)
  if (before.some((entry) => entry.serial === serial)) return { ok: true, entries: before.length }
  const entries = [...before, { serial, ...revocation }]
  const issuer = new x509.X509Certificate(Uint8Array.from(root.certificate))
  const nextUpdate = new Date(revocation.at)
  nextUpdate.setUTCFullYear(nextUpdate.getUTCFullYear() + YEARS)
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subjectName, thisUpdate: revocation.at, nextUpdate,
    entries: entries.map((entry) => ({ serialNumber: entry.serial, revocationDate: entry.at, reason: REASONS[entry.why] })),
    signingAlgorithm: SIGNATURE_ALGORITHM, signingKey: libraryKey(root.privateKey),
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey)],
  })
  await writeFileAtomically(join(keysFolder, 'crl.pem'), listToPem(new Uint8Array(list.rawData)))
  return { ok: true, entries: entries.length }
}

/** The label is the one openssl looks for (RFC 7468, section 6). */
function listToPem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN X509 CRL-----', ...lines, '-----END X509 CRL-----', ''].join('\n')
}

function plainSerial(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/, '')
}
