// The organisation's keys as a workspace holds them: create the root, enrol people, unlock somebody's key to sign.
import { verify as verifySignature, webcrypto, X509Certificate } from 'node:crypto'
import { certificateFromPem, certificateToPem, createRootCertificate, fingerprint, issuePersonCertificate } from './certificates.ts'
import type { CertifiedPerson } from './certificates.ts'
import { decryptKey, encryptKey } from './key-envelope.ts'
import { personPaths, readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import type { KeyPaths } from './key-files.ts'
import { SIGNATURE_ALGORITHM, createKeyPair, exportPrivateKey, importPrivateKey } from './key-pair.ts'
import type { KeyPair } from './key-pair.ts'

/** Somebody who can sign now. `certificate` and `chain` are DER, `chain` runs up to and including the root. */
export type Signer = { readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[]; readonly privateKey: KeyPair['privateKey'] }

export type UnlockFailure = { ok: false; reason: 'no-key' | 'wrong-passphrase' | 'damaged-key' }
export type Unlocked = { ok: true; signer: Signer; fingerprint: string } | UnlockFailure
export type Enrolled = { ok: true; certificatePem: string; fingerprint: string } | UnlockFailure | { ok: false; reason: 'already-enrolled' }

/** `cost` is scrypt's N; left out, the default of the key envelope is taken. */
export type NewKey = { readonly passphrase: string; readonly now: Date; readonly cost?: number }

/** Writes root.pem and root.key.json. An existing root is never overwritten: bundles are verified against it for ten years. */
export async function createOrganisationRoot(keysFolder: string, organisation: string, options: NewKey): Promise<Enrolled> {
  const paths = rootPaths(keysFolder)
  if (await isTaken(paths)) return { ok: false, reason: 'already-enrolled' }
  const keys = await createKeyPair()
  return writeNewKey(paths, keys, await createRootCertificate(organisation, keys, options.now), options)
}

/** A person's key is encrypted with that person's own passphrase; the root's passphrase is needed once, to certify it. */
export async function enrolPerson(keysFolder: string, person: CertifiedPerson, rootPassphrase: string, options: NewKey): Promise<Enrolled> {
  const paths = personPaths(keysFolder, person.email)
  if (await isTaken(paths)) return { ok: false, reason: 'already-enrolled' }
  const root = await unlock(rootPaths(keysFolder), rootPassphrase)
  if (!root.ok) return root
  const keys = await createKeyPair()
  return writeNewKey(paths, keys, await issuePersonCertificate(person, keys.publicKey, root, options.now), options)
}

/** Asks for the passphrase every time: nothing is remembered here. */
export async function unlockSigner(keysFolder: string, email: string, passphrase: string): Promise<Unlocked> {
  const root = await readRoot(keysFolder)
  if (root === undefined) return { ok: false, reason: 'no-key' }
  const person = await unlock(personPaths(keysFolder, email), passphrase)
  if (!person.ok) return person
  const signer = { certificate: person.certificate, chain: [root.certificate], privateKey: person.privateKey }
  return { ok: true, signer, fingerprint: fingerprint(person.certificate) }
}

export async function readRoot(keysFolder: string): Promise<{ certificate: Uint8Array; pem: string; fingerprint: string } | undefined> {
  return readCertificate(rootPaths(keysFolder))
}

export async function readPersonCertificate(
  keysFolder: string, email: string,
): Promise<{ certificate: Uint8Array; pem: string; fingerprint: string } | undefined> {
  return readCertificate(personPaths(keysFolder, email))
}

/** The organisation's own key, for certifying somebody. */
export function unlockRoot(keysFolder: string, passphrase: string): ReturnType<typeof unlock> {
  return unlock(rootPaths(keysFolder), passphrase)
}

async function readCertificate(paths: KeyPaths): ReturnType<typeof readRoot> {
  const pem = await readTextIfThere(paths.certificate)
  const certificate = pem === undefined ? undefined : certificateFromPem(pem)
  return certificate === undefined ? undefined : { certificate, pem: certificateToPem(certificate), fingerprint: fingerprint(certificate) }
}

async function isTaken(paths: KeyPaths): Promise<boolean> {
  return (await readTextIfThere(paths.certificate)) !== undefined
}

// The key goes first: a certificate without its key would look like somebody who can sign.
async function writeNewKey(paths: KeyPaths, keys: KeyPair, certificate: Uint8Array, options: NewKey): Promise<Enrolled> {
  const envelope = await encryptKey(await exportPrivateKey(keys.privateKey), options.passphrase, options.cost)
  const certificatePem = certificateToPem(certificate)
  await writeFileAtomically(paths.key, `${JSON.stringify(envelope, null, 2)}\n`)
  await writeFileAtomically(paths.certificate, certificatePem)
  return { ok: true, certificatePem, fingerprint: fingerprint(certificate) }
}

async function unlock(
  paths: KeyPaths, passphrase: string,
): Promise<{ ok: true; certificate: Uint8Array; privateKey: KeyPair['privateKey'] } | UnlockFailure> {
  const [stored, pem] = [await readTextIfThere(paths.key), await readTextIfThere(paths.certificate)]
  if (stored === undefined || pem === undefined) return { ok: false, reason: 'no-key' }
  const certificate = certificateFromPem(pem)
  const envelope = parseJson(stored)
  if (certificate === undefined || envelope === undefined) return { ok: false, reason: 'damaged-key' }
  const opened = await decryptKey(envelope, passphrase)
  if (!opened.ok) return opened
  const privateKey = await importPrivateKey(opened.key).catch(() => undefined)
  opened.key.fill(0)
  if (privateKey === undefined || !(await belongTogether(certificate, privateKey))) return { ok: false, reason: 'damaged-key' }
  return { ok: true, certificate, privateKey }
}

/** A key and a certificate copied from different places would make signatures that nobody can verify. */
async function belongTogether(certificate: Uint8Array, privateKey: KeyPair['privateKey']): Promise<boolean> {
  const probe = Buffer.from('muster')
  const signature = new Uint8Array(await webcrypto.subtle.sign(SIGNATURE_ALGORITHM, privateKey, probe))
  const key = new X509Certificate(certificate).publicKey
  return verifySignature('sha256', probe, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
