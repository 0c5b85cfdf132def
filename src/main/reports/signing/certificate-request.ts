// Certificates from the organisation's own authority: a key is made here, a PKCS#10 request goes out, a certificate with its chain comes back.
// keys/requests/<person>.json: the request and its encrypted key, until the certificate is here.
import { X509Certificate, createHash, webcrypto } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { certificatesIn } from './certificate-files.ts'
import { libraryKey, pkijs, x509 } from './certificate-library.ts'
import { DOCUMENT_SIGNING, EMAIL_PROTECTION, certificateFromPem, certificateToPem, fingerprint, isPlainEmail, nameText, selfIssuedCertificate, type CertifiedPerson } from './certificates.ts'
import { keepIntermediates, readIntermediates, wayToRoot } from './chain.ts'
import { decryptKey, encryptKey, keyEnvelope } from './key-envelope.ts'
import { fileNameOf, personPaths, readTextIfThere, writeFileAtomically } from './key-files.ts'
import { KEY_ALGORITHM, SIGNATURE_ALGORITHM, createKeyPair, exportPrivateKey, importPrivateKey } from './key-pair.ts'
import { oneLine, pinOtherRoot } from './replace-root.ts'
import { keepRetired } from './retired.ts'
import type { NewKey } from './signer.ts'
import { readPersonCertificate, readRoot } from './unlock-key.ts'

const openRequest = z.object({
  email: z.string(), name: z.string(), roles: z.array(z.enum(['officer', 'reviewer', 'auditor'])), at: z.iso.datetime(), request: z.string(), sha256: z.string(),
  /** SubjectPublicKeyInfo, base64. */
  publicKey: z.base64(), envelope: keyEnvelope,
})

/** `sha256`: of the request's DER, hex. */
export type OpenRequestOfKey = Pick<z.infer<typeof openRequest>, 'email' | 'name' | 'roles' | 'at' | 'request' | 'sha256'>

type RequestingPerson = CertifiedPerson & { readonly roles: OpenRequestOfKey['roles'] }

/** Makes a key and the request for its certificate. An earlier request of the same person that is still open is replaced. */
export async function requestFromAuthority(keysFolder: string, organisation: string, person: RequestingPerson, options: NewKey): Promise<OpenRequestOfKey> {
  const keys = await createKeyPair()
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: new x509.Name([{ O: [{ utf8String: nameText(organisation) }] }, { OU: [{ utf8String: person.role }] }, { CN: [{ utf8String: nameText(person.name) }] }]),
    keys: { publicKey: libraryKey(keys.publicKey), privateKey: libraryKey(keys.privateKey) },
    signingAlgorithm: SIGNATURE_ALGORITHM,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
      new x509.ExtendedKeyUsageExtension([DOCUMENT_SIGNING, EMAIL_PROTECTION], false),
      ...(isPlainEmail(person.email) ? [new x509.SubjectAlternativeNameExtension([{ type: 'email', value: person.email }])] : []),
    ],
  })
  const made = {
    email: person.email, name: person.name, roles: person.roles, at: options.now.toISOString(), request: `${request.toString('pem')}\n`,
    sha256: createHash('sha256').update(new Uint8Array(request.rawData)).digest('hex'),
  }
  const stored: z.infer<typeof openRequest> = {
    ...made, publicKey: Buffer.from(request.publicKey.rawData).toString('base64'),
    envelope: await encryptKey(await exportPrivateKey(keys.privateKey), options.passphrase, options.cost),
  }
  await writeFileAtomically(requestPath(keysFolder, person.email), `${JSON.stringify(stored, null, 2)}\n`)
  return made
}

export async function openRequestOf(keysFolder: string, email: string): Promise<OpenRequestOfKey | undefined> {
  const stored = await readRequest(keysFolder, email)
  if (stored === undefined) return undefined
  const { email: whose, name, roles, at, request, sha256 } = stored
  return { email: whose, name, roles, at, request, sha256 }
}

export type IssuedFault =
  | 'no-certificate' | 'other-key' | 'an-authority' | 'other-role' | 'other-person' | 'purpose' | 'usage' | 'no-root' | 'not-valid-now'

export type Issued = {
  readonly certificate: Uint8Array
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  readonly validTo: string
  /** The root it leads to: the one that is here where it does, otherwise the self-signed one in the file. */
  readonly root: Uint8Array
  readonly rootFingerprint: string
  readonly rootSubject: string
  readonly isOtherRoot: boolean
  readonly way: readonly Uint8Array[]
}

/**
 * Finds the person's certificate in what the authority sent and checks it: the requested key (or the one in use, renewed), purposes, e-mail and role as
 * requested, a way to a root, and dates. Changes nothing.
 */
export async function readIssued(
  keysFolder: string, person: CertifiedPerson, content: Uint8Array, now: Date,
): Promise<({ ok: true } & Issued) | { ok: false; reason: IssuedFault }> {
  const all = certificatesIn(content)
  if (all.length === 0) return { ok: false, reason: 'no-certificate' }
  const own = await keysOf(keysFolder, person.email)
  const certificate = all.find((der) => own.includes(keyOf(der)))
  if (certificate === undefined) return { ok: false, reason: 'other-key' }
  const read = new X509Certificate(certificate)
  if (read.ca) return { ok: false, reason: 'an-authority' }
  if (!read.subject.split('\n').includes(`OU=${person.role}`)) return { ok: false, reason: 'other-role' }
  if (isPlainEmail(person.email) && read.checkEmail(person.email) === undefined) return { ok: false, reason: 'other-person' }
  // Node names extended usages `keyUsage`.
  const purposes: readonly string[] = read.keyUsage ?? []
  if (![DOCUMENT_SIGNING, EMAIL_PROTECTION].every((purpose) => purposes.includes(purpose))) return { ok: false, reason: 'purpose' }
  if (!maySign(certificate)) return { ok: false, reason: 'usage' }
  const authorities = [...all.filter((der) => der !== certificate), ...(await readIntermediates(keysFolder))]
  const pinned = (await readRoot(keysFolder))?.certificate
  const root = [...(pinned === undefined ? [] : [pinned]), ...all].find((der) => isRoot(der) && wayToRoot(certificate, der, authorities) !== undefined)
  const way = root === undefined ? undefined : wayToRoot(certificate, root, authorities)
  if (root === undefined || way === undefined) return { ok: false, reason: 'no-root' }
  const isValid = [certificate, ...way, root].map((der) => new X509Certificate(der)).every((one) => now >= one.validFromDate && now <= one.validToDate)
  if (!isValid) return { ok: false, reason: 'not-valid-now' }
  return {
    ok: true, certificate, fingerprint: fingerprint(certificate), subject: oneLine(read.subject), issuer: oneLine(read.issuer), validTo: read.validToDate.toISOString(),
    root, rootFingerprint: fingerprint(root), rootSubject: oneLine(new X509Certificate(root).subject), isOtherRoot: pinned === undefined || fingerprint(pinned) !== fingerprint(root), way,
  }
}

/** False where the passphrase does not open the key the certificate was made for. */
export async function opensRequestedKey(keysFolder: string, email: string, certificate: Uint8Array, passphrase: string): Promise<boolean> {
  const stored = await readRequest(keysFolder, email)
  const envelope: unknown = stored?.publicKey === keyOf(certificate) ? stored.envelope : parsed((await readTextIfThere(personPaths(keysFolder, email).key)) ?? '')
  const opened = await decryptKey(envelope, passphrase)
  if (opened.ok) opened.key.fill(0)
  return opened.ok
}

/**
 * Puts the certificate and its key in the place of the former ones, and its root in the place of the former root where it is another. The request is
 * gone last, so that whoever is cut off does it again.
 */
export async function installIssued(keysFolder: string, email: string, issued: Issued): Promise<{ retired: string | null }> {
  const paths = personPaths(keysFolder, email)
  const former = certificateFromPem((await readTextIfThere(paths.certificate)) ?? '')
  const isAnother = former !== undefined && fingerprint(former) !== issued.fingerprint
  if (isAnother) await keepRetired(keysFolder, former, 'person')
  const stored = await readRequest(keysFolder, email)
  if (stored?.publicKey === keyOf(issued.certificate)) await writeFileAtomically(paths.key, `${JSON.stringify(stored.envelope, null, 2)}\n`)
  await writeFileAtomically(paths.certificate, certificateToPem(issued.certificate))
  if (issued.isOtherRoot) await pinOtherRoot(keysFolder, issued.root, issued.way)
  else await keepIntermediates(keysFolder, issued.way)
  return { retired: isAnother ? fingerprint(former) : null }
}

/**
 * Puts the requested key in use with a certificate only its owner vouches for, until somebody else certifies it: the authority is not waited for any
 * more. Undefined where there is no request, or the passphrase does not open its key.
 */
export async function adoptRequestedKey(keysFolder: string, person: CertifiedPerson, passphrase: string, now: Date): Promise<string | undefined> {
  const stored = await readRequest(keysFolder, person.email)
  const opened = stored === undefined ? undefined : await decryptKey(stored.envelope, passphrase)
  if (stored === undefined || opened?.ok !== true) return undefined
  const publicKey = await webcrypto.subtle.importKey('spki', Buffer.from(stored.publicKey, 'base64'), KEY_ALGORITHM, true, ['verify'])
  const certificate = await selfIssuedCertificate(person, { publicKey, privateKey: await importPrivateKey(opened.key) }, now)
  opened.key.fill(0)
  const paths = personPaths(keysFolder, person.email)
  await writeFileAtomically(paths.key, `${JSON.stringify(stored.envelope, null, 2)}\n`)
  await writeFileAtomically(paths.certificate, certificateToPem(certificate))
  return fingerprint(certificate)
}

export async function closeRequest(keysFolder: string, email: string): Promise<void> {
  await rm(requestPath(keysFolder, email), { force: true })
}

function requestPath(keysFolder: string, email: string): string {
  return join(keysFolder, 'requests', `${fileNameOf(email)}.json`)
}

async function readRequest(keysFolder: string, email: string): Promise<z.infer<typeof openRequest> | undefined> {
  const text = await readTextIfThere(requestPath(keysFolder, email))
  return text === undefined ? undefined : openRequest.safeParse(parsed(text)).data
}

/** Of the open request and of the certificate in use, as SubjectPublicKeyInfo in base64. */
async function keysOf(keysFolder: string, email: string): Promise<readonly string[]> {
  const [stored, current] = [await readRequest(keysFolder, email), await readPersonCertificate(keysFolder, email)]
  return [...(stored === undefined ? [] : [stored.publicKey]), ...(current === undefined ? [] : [keyOf(current.certificate)])]
}

function keyOf(certificate: Uint8Array): string {
  return new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
}

function isRoot(certificate: Uint8Array): boolean {
  const read = new X509Certificate(certificate)
  return read.ca && read.checkIssued(read) && read.verify(read.publicKey)
}

/** digitalSignature, where the certificate limits what its key may do. */
function maySign(certificate: Uint8Array): boolean {
  const usage = pkijs.Certificate.fromBER(Uint8Array.from(certificate)).extensions?.find(({ extnID }) => extnID === '2.5.29.15')?.parsedValue as
    { valueBlock: { valueHexView: Uint8Array } } | undefined
  return usage === undefined || ((usage.valueBlock.valueHexView[0] ?? 0) & 0x80) !== 0
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
