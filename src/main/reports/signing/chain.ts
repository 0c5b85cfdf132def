// The way from a person's certificate to the organisation's root, over whatever authorities stand between.
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { certificatesIn } from './certificate-files.ts'
import { certificateToPem } from './certificates.ts'
import { readTextIfThere, writeFileAtomically } from './key-files.ts'

const longest = 4

/**
 * The authorities between a certificate and the root, in the order they issued each other, the certificate's own issuer first; empty when
 * the root issued it. Undefined where no way leads there. Says nothing about dates.
 */
export function wayToRoot(certificate: Uint8Array, root: Uint8Array, intermediates: readonly Uint8Array[]): readonly Uint8Array[] | undefined {
  const authority = new X509Certificate(root)
  const others = intermediates.map((der) => ({ der, read: new X509Certificate(der) }))
  const way: Uint8Array[] = []
  let current = new X509Certificate(certificate)
  while (!isIssuedBy(current, authority)) {
    const next = others.find(({ der, read }) => !way.includes(der) && isIssuedBy(current, read))
    if (next === undefined || way.length >= longest) return undefined
    way.push(next.der)
    current = next.read
  }
  return way
}

/** A person's certificate that leads to this root, every certificate on the way valid then. */
export function leadsTo(certificate: Uint8Array, root: Uint8Array, intermediates: readonly Uint8Array[], at: Date): boolean {
  const way = wayToRoot(certificate, root, intermediates)
  if (way === undefined || new X509Certificate(certificate).ca) return false
  return [certificate, ...way].map((der) => new X509Certificate(der)).every((one) => at >= one.validFromDate && at <= one.validToDate)
}

/** Signed by its own key. `checkIssued` says no to a person's certificate that is, since it may issue none. */
export function isOwnIssuer(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
}

/** A certificate only its owner vouches for. */
export function isSelfIssued(certificate: Uint8Array): boolean {
  try {
    return isOwnIssuer(new X509Certificate(certificate))
  } catch {
    return false
  }
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
}

/** keys/intermediates.pem: authorities between the root and people; there is no such file where the root issues certificates itself. */
export function intermediatesPath(keysFolder: string): string {
  return join(keysFolder, 'intermediates.pem')
}

export async function readIntermediates(keysFolder: string): Promise<readonly Uint8Array[]> {
  return certificatesIn((await readTextIfThere(intermediatesPath(keysFolder))) ?? '')
}

/** The same as text for a bundle; undefined where there are none. */
export async function intermediatesPem(keysFolder: string): Promise<string | undefined> {
  const all = await readIntermediates(keysFolder)
  return all.length === 0 ? undefined : certificatesToPem(all)
}

export function certificatesToPem(certificates: readonly Uint8Array[]): string {
  return certificates.map(certificateToPem).join('')
}

/** Adds to those that are there: people certified by another authority of the same organisation keep theirs. */
export async function keepIntermediates(keysFolder: string, added: readonly Uint8Array[]): Promise<void> {
  const there = await readIntermediates(keysFolder)
  const fresh = added.filter((der) => !there.some((one) => Buffer.compare(one, der) === 0))
  if (fresh.length > 0) await writeFileAtomically(intermediatesPath(keysFolder), certificatesToPem([...there, ...fresh]))
}
