// keys/crl.pem: certificates that stand for nobody any more, and from when on (RFC 5280). One list, signed by whoever certifies people here; where
// that is the organisation's own authority, the lists it publishes, one per issuer.
import { X509Certificate, createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { libraryKey, x509 } from './certificate-library.ts'
import { certificateFromPem } from './certificates.ts'
import { readIntermediates } from './chain.ts'
import { readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import { signatureAlgorithmOf } from './key-pair.ts'
import { retiredFolder } from './retired.ts'
import { unlockRoot, type UnlockFailure } from './unlock-key.ts'

export type RevocationWhy = 'replaced' | 'lost' | 'compromised' | 'left'

/** `serial` in lower-case hex without leading zeros; `issuer` as the list spells its name. */
export type RevokedCertificate = { readonly serial: string; readonly issuer: string; readonly at: Date; readonly why: RevocationWhy }

// X.509 has no word for a lost key. `superseded` would say that nothing is wrong with it, `keyCompromise` that somebody else has it.
const REASONS = {
  replaced: x509.X509CrlReason.superseded, lost: x509.X509CrlReason.cessationOfOperation,
  compromised: x509.X509CrlReason.keyCompromise, left: x509.X509CrlReason.affiliationChanged,
} as const satisfies Record<RevocationWhy, x509.X509CrlReason>

/** A list stands until the next one replaces it: bundles are verified against it for ten years, as long as the root is valid. */
const YEARS = 10

export function revocationListPath(keysFolder: string): string {
  return join(keysFolder, 'crl.pem')
}

/** The revocation list as it goes into bundles; undefined while nothing was ever revoked. */
export async function revocationListPem(keysFolder: string): Promise<string | undefined> {
  return readTextIfThere(revocationListPath(keysFolder))
}

/** Entries of the lists in a file, in order. Undefined when one of them is not a list signed by one of these authorities: roots, and authorities under them. */
export async function readRevocationList(pem: string, authorities: readonly Uint8Array[]): Promise<readonly RevokedCertificate[] | undefined> {
  const lists = listsIn(pem)
  if (lists.length === 0) return undefined
  const entries: RevokedCertificate[] = []
  for (const list of lists) {
    if ((await signerOf(list, authorities)) === undefined) return undefined
    entries.push(...list.entries.map(({ serialNumber, revocationDate, reason }) => ({
      serial: plainSerial(serialNumber), issuer: list.issuer, at: revocationDate,
      why: (Object.keys(REASONS) as RevocationWhy[]).find((why) => REASONS[why] === reason) ?? 'lost',
    })))
  }
  return entries
}

/** What is on this workspace's list. A list that is not of the organisation's own authority is an error: somebody put it there. */
export async function revokedCertificates(keysFolder: string): Promise<readonly RevokedCertificate[]> {
  const [pem, rootPem] = [await revocationListPem(keysFolder), await readTextIfThere(rootPaths(keysFolder).certificate)]
  if (pem === undefined) return []
  const root = rootPem === undefined ? undefined : certificateFromPem(rootPem)
  const entries = root === undefined ? undefined : await readRevocationList(pem, [root, ...(await readIntermediates(keysFolder))])
  if (entries === undefined) throw new Error('keys/crl.pem is not a revocation list signed by the organisation\'s root')
  return entries
}

export async function isRevoked(keysFolder: string, certificate: Uint8Array): Promise<boolean> {
  return revocationOf(certificate, await revokedCertificates(keysFolder)) !== undefined
}

/** The entry about this certificate; undefined where it is on no list. */
export function revocationOf(certificate: Uint8Array, entries: readonly RevokedCertificate[]): RevokedCertificate | undefined {
  if (entries.length === 0) return undefined
  const { issuer, serialNumber } = new x509.X509Certificate(Uint8Array.from(certificate))
  return entries.find((entry) => entry.serial === plainSerial(serialNumber) && entry.issuer === issuer)
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
    signingAlgorithm: signatureAlgorithmOf(root.privateKey), signingKey: libraryKey(root.privateKey),
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey)],
  })
  await writeFileAtomically(revocationListPath(keysFolder), listToPem(new Uint8Array(list.rawData)))
  return { ok: true, entries: entries.length }
}

/** The whole list as the log records it; null while there is none. `sha256`: over the DER of all lists, in order. */
export async function revocationListState(keysFolder: string): Promise<{ readonly entries: number; readonly sha256: string } | null> {
  const pem = await revocationListPem(keysFolder)
  return pem === undefined ? null : stateOfLists(pem)
}

/** `sha256`: over the DER of all lists in the file, in order; what is no list counts as none. */
export function stateOfLists(pem: string): { readonly entries: number; readonly sha256: string } {
  const lists = listsIn(pem)
  const hash = createHash('sha256')
  for (const list of lists) hash.update(new Uint8Array(list.rawData))
  return { entries: lists.reduce((sum, list) => sum + list.entries.length, 0), sha256: hash.digest('hex') }
}

/** What a root had revoked before it was replaced. `root`: its fingerprint; `entries`, `sha256` as above. */
export type FormerRevocationList = { readonly root: string; readonly pem: string; readonly entries: number; readonly sha256: string }

/** keys/retired/crl-<fingerprint of the root>.pem: signatures under a former root are judged by its list. By fingerprint, so that the order is the same each time. */
export async function formerRevocationLists(keysFolder: string): Promise<readonly FormerRevocationList[]> {
  const roots = (await readdir(retiredFolder(keysFolder)).catch(() => [])).flatMap((name) => /^crl-([0-9a-f]{64})\.pem$/.exec(name)?.[1] ?? []).sort()
  const lists = await Promise.all(roots.map(async (root) => ({ root, pem: (await readTextIfThere(join(retiredFolder(keysFolder), `crl-${root}.pem`))) ?? '' })))
  return lists.map(({ root, pem }) => ({ root, pem, ...stateOfLists(pem) }))
}

export type ListFault = 'not-a-list' | 'other-authority' | 'older'

/**
 * Takes in a list the organisation's own authority published, PEM or DER, in the place of the former one of the same issuer. One that is older than
 * the one that is here is refused: it would make revoked certificates stand again.
 */
export async function importRevocationList(keysFolder: string, content: Uint8Array): Promise<{ ok: true; issuer: string } | { ok: false; reason: ListFault }> {
  const [list, ...more] = listsIn(content)
  const rootPem = await readTextIfThere(rootPaths(keysFolder).certificate)
  const root = rootPem === undefined ? undefined : certificateFromPem(rootPem)
  if (list === undefined || more.length > 0) return { ok: false, reason: 'not-a-list' }
  if (root === undefined || (await signerOf(list, [root, ...(await readIntermediates(keysFolder))])) === undefined) return { ok: false, reason: 'other-authority' }
  const before = listsIn((await revocationListPem(keysFolder)) ?? '')
  const former = before.find(({ issuer }) => issuer === list.issuer)
  if (former !== undefined && former.thisUpdate > list.thisUpdate) return { ok: false, reason: 'older' }
  const others = before.filter((one) => one !== former)
  await writeFileAtomically(revocationListPath(keysFolder), [...others, list].map(({ rawData }) => listToPem(new Uint8Array(rawData))).join(''))
  return { ok: true, issuer: list.issuer }
}

function listsIn(content: Uint8Array | string): readonly x509.X509Crl[] {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1')
  const pem = [...text.matchAll(/-----BEGIN (X509 )?CRL-----([A-Za-z0-9+/=\s]*)-----END (?:X509 )?CRL-----/g)].map(([, , body = '']) => Buffer.from(body, 'base64'))
  try {
    return (pem.length > 0 ? pem : typeof content === 'string' ? [] : [content]).map((der) => new x509.X509Crl(Uint8Array.from(der)))
  } catch {
    return []
  }
}

async function signerOf(list: x509.X509Crl, authorities: readonly Uint8Array[]): Promise<Uint8Array | undefined> {
  for (const authority of authorities) {
    const read = new x509.X509Certificate(Uint8Array.from(authority))
    const isItsOwn = read.subject === list.issuer && (await list.verify({ publicKey: read }).catch(() => false))
    if (isItsOwn) return authority
  }
  return undefined
}

/** The label is the one openssl looks for (RFC 7468, section 6). */
function listToPem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN X509 CRL-----', ...lines, '-----END X509 CRL-----', ''].join('\n')
}

function plainSerial(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/, '')
}
