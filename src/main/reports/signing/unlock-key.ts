// Certificates read, and private keys opened by their passphrase. Nothing is remembered here.
import { createPrivateKey, createPublicKey, verify as verifySignature, webcrypto, X509Certificate } from 'node:crypto'
import { certificateFromPem, certificateToPem, fingerprint } from './certificates.ts'
import { readIntermediates } from './chain.ts'
import { decryptKey } from './key-envelope.ts'
import { personPaths, readTextIfThere, rootPaths, type KeyPaths } from './key-files.ts'
import { SIGNATURE_ALGORITHM, importAuthorityKey, importPrivateKey, type KeyPair } from './key-pair.ts'

/** `former-root`: the certificate leads to a root that was replaced. `revoked`: it is on the revocation list. */
export type UnlockFailure = { ok: false; reason: 'no-key' | 'wrong-passphrase' | 'damaged-key' | 'former-root' | 'revoked' }

type OpenedKey = { ok: true; certificate: Uint8Array; privateKey: KeyPair['privateKey'] }
type KeyFailure = { ok: false; reason: 'no-key' | 'wrong-passphrase' | 'damaged-key' }

export interface ReadCertificate {
  readonly certificate: Uint8Array
  readonly pem: string
  readonly fingerprint: string
}

export async function readRoot(keysFolder: string): Promise<ReadCertificate | undefined> {
  return readCertificate(rootPaths(keysFolder))
}

export async function readPersonCertificate(keysFolder: string, email: string): Promise<ReadCertificate | undefined> {
  return readCertificate(personPaths(keysFolder, email))
}

async function readCertificate(paths: KeyPaths): Promise<ReadCertificate | undefined> {
  const pem = await readTextIfThere(paths.certificate)
  const certificate = pem === undefined ? undefined : certificateFromPem(pem)
  return certificate === undefined ? undefined : { certificate, pem: certificateToPem(certificate), fingerprint: fingerprint(certificate) }
}

/** A person's key, whatever its certificate leads to: proves who asks. What others verify is signed by `unlockSigner`. */
export async function unlockOwnKey(keysFolder: string, email: string, passphrase: string): Promise<OpenedKey | KeyFailure> {
  const paths = personPaths(keysFolder, email)
  const [stored, pem] = [await readTextIfThere(paths.key), await readTextIfThere(paths.certificate)]
  if (stored === undefined || pem === undefined) return { ok: false, reason: 'no-key' }
  const certificate = certificateFromPem(pem)
  const opened = await decryptKey(parseJson(stored), passphrase)
  if (certificate === undefined) return { ok: false, reason: 'damaged-key' }
  if (!opened.ok) return opened
  const privateKey = await importPrivateKey(opened.key).catch(() => undefined)
  opened.key.fill(0)
  if (privateKey === undefined || !(await belongTogether(certificate, privateKey))) return { ok: false, reason: 'damaged-key' }
  return { ok: true, certificate, privateKey }
}

/** The key people are certified with, and the certificate it belongs to: the organisation's root, or an authority under it. */
export async function unlockRoot(keysFolder: string, passphrase: string): Promise<OpenedKey | KeyFailure> {
  const [stored, root] = [await readTextIfThere(rootPaths(keysFolder).key), await readRoot(keysFolder)]
  if (stored === undefined || root === undefined) return { ok: false, reason: 'no-key' }
  const opened = await decryptKey(parseJson(stored), passphrase)
  if (!opened.ok) return opened
  const publicKey = attempt(() => createPublicKey(createPrivateKey({ key: Buffer.from(opened.key), format: 'der', type: 'pkcs8' })))
  const privateKey = await importAuthorityKey(opened.key).catch(() => undefined)
  opened.key.fill(0)
  const certificate = [root.certificate, ...(await readIntermediates(keysFolder))].find((der) => publicKey?.equals(new X509Certificate(der).publicKey))
  return certificate === undefined || privateKey === undefined ? { ok: false, reason: 'damaged-key' } : { ok: true, certificate, privateKey }
}

/** A key and a certificate copied from different places would make signatures that nobody can verify. */
async function belongTogether(certificate: Uint8Array, privateKey: KeyPair['privateKey']): Promise<boolean> {
  const probe = Buffer.from('muster')
  const signature = new Uint8Array(await webcrypto.subtle.sign(SIGNATURE_ALGORITHM, privateKey, probe))
  const key = new X509Certificate(certificate).publicKey
  return verifySignature('sha256', probe, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

function parseJson(text: string): unknown {
  return attempt(() => JSON.parse(text) as unknown)
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
