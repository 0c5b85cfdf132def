// Keys that are made on one machine and certified on another: a request goes one way, a certificate the other, no private key ever.
import { X509Certificate, webcrypto } from 'node:crypto'
import { certificateFromPem, certificateToPem, fingerprint, issuePersonCertificate, selfIssuedCertificate, type CertifiedPerson } from './certificates.ts'
import { isOwnIssuer } from './chain.ts'
import { decryptKey, encryptKey, keyEnvelope } from './key-envelope.ts'
import { personPaths, readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import { KEY_ALGORITHM, createKeyPair, exportPrivateKey } from './key-pair.ts'
import type { Enrolled, NewKey } from './signer.ts'
import { unlockRoot } from './unlock-key.ts'

/** Makes a person's key under their own passphrase, with a certificate only they vouch for. A key that is there is never overwritten. */
export async function requestCertificate(keysFolder: string, person: CertifiedPerson, options: NewKey): Promise<Enrolled> {
  const paths = personPaths(keysFolder, person.email)
  if ((await readTextIfThere(paths.key)) !== undefined) return { ok: false, reason: 'already-enrolled' }
  const keys = await createKeyPair()
  const certificate = await selfIssuedCertificate(person, keys, options.now)
  const envelope = await encryptKey(await exportPrivateKey(keys.privateKey), options.passphrase, options.cost)
  const certificatePem = certificateToPem(certificate)
  await writeFileAtomically(paths.key, `${JSON.stringify(envelope, null, 2)}\n`)
  await writeFileAtomically(paths.certificate, certificatePem)
  return { ok: true, certificatePem, fingerprint: fingerprint(certificate) }
}

/** Certifies the key of a request. The request has to be signed by that key, and of the kind that is used throughout. */
export async function acceptRequest(
  keysFolder: string, person: CertifiedPerson, requestPem: string, rootPassphrase: string, now: Date,
): Promise<Enrolled | { ok: false; reason: 'not-a-request' }> {
  const paths = personPaths(keysFolder, person.email)
  const key = requestedKey(requestPem, person.email)
  if (key === undefined) return { ok: false, reason: 'not-a-request' }
  const there = await readTextIfThere(paths.certificate)
  if (there !== undefined) {
    // Certified by an earlier attempt that was cut off before it was recorded.
    const certificate = isSameKey(there, requestPem) ? certificateFromPem(there) : undefined
    return certificate === undefined ? { ok: false, reason: 'already-enrolled' } : { ok: true, certificatePem: there, fingerprint: fingerprint(certificate) }
  }
  const root = await unlockRoot(keysFolder, rootPassphrase)
  if (!root.ok) return root
  const publicKey = await webcrypto.subtle.importKey('spki', key, KEY_ALGORITHM, true, ['verify'])
  const certificate = await issuePersonCertificate(person, publicKey, root, now)
  const certificatePem = certificateToPem(certificate)
  await writeFileAtomically(paths.certificate, certificatePem)
  return { ok: true, certificatePem, fingerprint: fingerprint(certificate) }
}

function requestedKey(pem: string, email: string): Uint8Array | undefined {
  try {
    const certificate = new X509Certificate(pem)
    if (certificate.ca || !isOwnIssuer(certificate)) return undefined
    if (certificate.subjectAltName !== undefined && certificate.checkEmail(email) === undefined) return undefined
    if (certificate.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined
    return new Uint8Array(certificate.publicKey.export({ type: 'spki', format: 'der' }))
  } catch {
    return undefined
  }
}

/** The organisation's root as a packet named it; one that was pinned before stays. False = it is another one. */
export async function pinRoot(keysFolder: string, pem: string): Promise<boolean> {
  const path = rootPaths(keysFolder).certificate
  const pinned = await readTextIfThere(path)
  const [named, kept] = [certificateFromPem(pem), pinned === undefined ? undefined : certificateFromPem(pinned)]
  if (named === undefined) return false
  if (pinned !== undefined) return kept !== undefined && fingerprint(kept) === fingerprint(named)
  await writeFileAtomically(path, certificateToPem(named))
  return true
}

/** Puts the issued certificate in the place of the one only its owner vouched for; only for the very same key. */
export async function installCertificate(keysFolder: string, email: string, pem: string): Promise<boolean> {
  const path = personPaths(keysFolder, email).certificate
  const own = await readTextIfThere(path)
  if (own === undefined || !isSameKey(own, pem)) return false
  await writeFileAtomically(path, pem)
  return true
}

export interface DescribedCertificate {
  readonly der: Uint8Array
  readonly fingerprint: string
  readonly role: string | undefined
  readonly isSelfIssued: boolean
  readonly isFor: (email: string) => boolean
}

/** Undefined where it is no certificate. */
export function describeCertificate(certificate: string | Uint8Array): DescribedCertificate | undefined {
  try {
    const read = new X509Certificate(certificate)
    const der = new Uint8Array(read.raw)
    return {
      der, fingerprint: fingerprint(der), role: /^OU=(.*)$/m.exec(read.subject)?.[1], isSelfIssued: isOwnIssuer(read),
      isFor: (email) => read.subjectAltName === undefined || read.checkEmail(email) !== undefined,
    }
  } catch {
    return undefined
  }
}

export function isSameKey(left: string | Uint8Array, right: string | Uint8Array): boolean {
  const [one, other] = [left, right].map((certificate) => {
    try {
      return new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }).toString('hex')
    } catch {
      return undefined
    }
  })
  return one !== undefined && one === other
}

/** A short secret at rest, protected as private keys are. */
export async function lockSecret(secret: string, passphrase: string): Promise<unknown> {
  return encryptKey(Buffer.from(secret), passphrase)
}

export async function openSecret(stored: unknown, passphrase: string): Promise<string | undefined> {
  const opened = await decryptKey(keyEnvelope.safeParse(stored).data, passphrase)
  return opened.ok ? Buffer.from(opened.key).toString('utf8') : undefined
}
