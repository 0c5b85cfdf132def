import { X509Certificate, createHash, randomBytes } from 'node:crypto'
import { libraryKey, x509 } from './certificate-library.ts'
import { SIGNATURE_ALGORITHM, signatureAlgorithmOf } from './key-pair.ts'
import type { KeyPair } from './key-pair.ts'

export const DOCUMENT_SIGNING = '1.3.6.1.5.5.7.3.36'
export const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'
const YEARS = 10
/** Verifying machines' clocks differ a little; a certificate must not be "not yet valid" on one of them. */
const BACKDATED_MS = 3_600_000

/** A person who signs: `email` as the directory spells it, `role` as it is shown in the certificate. */
export type CertifiedPerson = { readonly email: string; readonly name: string; readonly role: 'officer' | 'reviewer' }

/** Self-signed root, valid ten years from `now`. Returns the certificate as DER. */
export async function createRootCertificate(organisation: string, keys: KeyPair, now: Date): Promise<Uint8Array> {
  const name = new x509.Name([
    { O: [{ utf8String: nameText(organisation) }] },
    { CN: [{ utf8String: nameText(`${organisation} Muster root`) }] },
  ])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name,
    ...validity(now),
    signingAlgorithm: SIGNATURE_ALGORITHM,
    keys: { publicKey: libraryKey(keys.publicKey), privateKey: libraryKey(keys.privateKey) },
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(libraryKey(keys.publicKey)),
    ],
  })
  return new Uint8Array(certificate.rawData)
}

/**
 * Certificate for a person, signed by the organisation's root or the authority it gave us. Two purposes: document signing alone is refused by common verifiers
 * (openssl cms and NSS check for e-mail protection).
 */
export async function issuePersonCertificate(
  person: CertifiedPerson, publicKey: KeyPair['publicKey'], root: { certificate: Uint8Array; privateKey: KeyPair['privateKey'] }, now: Date,
): Promise<Uint8Array> {
  const issuer = new x509.X509Certificate(Uint8Array.from(root.certificate))
  const period = validity(now)
  const organisation = issuer.subjectName.getField('O')[0] ?? ''
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: new x509.Name([
      { O: [{ utf8String: nameText(organisation) }] },
      { OU: [{ utf8String: person.role }] },
      { CN: [{ utf8String: nameText(person.name) }] },
    ]),
    issuer: issuer.subjectName,
    notBefore: period.notBefore,
    notAfter: period.notAfter < issuer.notAfter ? period.notAfter : issuer.notAfter,
    signingAlgorithm: signatureAlgorithmOf(root.privateKey),
    publicKey: libraryKey(publicKey),
    signingKey: libraryKey(root.privateKey),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
      new x509.ExtendedKeyUsageExtension([DOCUMENT_SIGNING, EMAIL_PROTECTION], false),
      await x509.SubjectKeyIdentifierExtension.create(libraryKey(publicKey)),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(isPlainEmail(person.email) ? [new x509.SubjectAlternativeNameExtension([{ type: 'email', value: person.email }])] : []),
    ],
  })
  return new Uint8Array(certificate.rawData)
}

/**
 * A person's own certificate over a key nobody has certified yet: it proves who holds the key, and stands in until the organisation's
 * root has issued one for the same key. No authority, so that it can vouch for nothing else.
 */
export async function selfIssuedCertificate(person: CertifiedPerson, keys: KeyPair, now: Date): Promise<Uint8Array> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: new x509.Name([{ O: [{ utf8String: 'not yet certified' }] }, { OU: [{ utf8String: person.role }] }, { CN: [{ utf8String: nameText(person.name) }] }]),
    ...validity(now),
    signingAlgorithm: SIGNATURE_ALGORITHM,
    keys: { publicKey: libraryKey(keys.publicKey), privateKey: libraryKey(keys.privateKey) },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
      new x509.ExtendedKeyUsageExtension([DOCUMENT_SIGNING, EMAIL_PROTECTION], false),
      await x509.SubjectKeyIdentifierExtension.create(libraryKey(keys.publicKey)),
      ...(isPlainEmail(person.email) ? [new x509.SubjectAlternativeNameExtension([{ type: 'email', value: person.email }])] : []),
    ],
  })
  return new Uint8Array(certificate.rawData)
}

/** SHA-256 over the DER, hex: what people compare by voice and what events record. */
export function fingerprint(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex')
}

export function certificateToPem(certificate: Uint8Array): string {
  return new X509Certificate(certificate).toString()
}

/** Undefined when the text is not one readable certificate. */
export function certificateFromPem(pem: string): Uint8Array | undefined {
  try {
    return new Uint8Array(new X509Certificate(pem).raw)
  } catch {
    return undefined
  }
}

/** Only what fits the certificate's ASCII field; other addresses are bound by the fingerprint in the sign-off alone. */
export function isPlainEmail(email: string): boolean {
  return /^[\x21-\x7e]+@[\x21-\x7e]+$/.test(email)
}

/** X.520 allows 64 characters. Control and direction-changing characters could make one name look like another. */
export function nameText(text: string): string {
  const plain = text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').replace(/\s+/g, ' ').trim()
  return [...plain].slice(0, 64).join('') || 'unnamed'
}

function serialNumber(): string {
  const bytes = randomBytes(20)
  // A leading byte of 0x40 to 0x7f keeps the number positive and of constant length.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}

function validity(now: Date): { notBefore: Date; notAfter: Date } {
  const notAfter = new Date(now)
  notAfter.setUTCFullYear(now.getUTCFullYear() + YEARS)
  return { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter }
}
