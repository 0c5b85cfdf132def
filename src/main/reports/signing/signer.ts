// The organisation's keys as a workspace holds them: create the root, enrol people, unlock somebody's key to sign.
import { X509Certificate } from 'node:crypto'
import { certificateFromPem, certificateToPem, createRootCertificate, fingerprint, issuePersonCertificate } from './certificates.ts'
import type { CertifiedPerson } from './certificates.ts'
import { isSelfIssued, readIntermediates, wayToRoot } from './chain.ts'
import { encryptKey } from './key-envelope.ts'
import { personPaths, readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import type { KeyPaths } from './key-files.ts'
import { createKeyPair, exportPrivateKey } from './key-pair.ts'
import type { KeyPair } from './key-pair.ts'
import { isRevoked } from './revocation.ts'
import { readRoot, unlockOwnKey, unlockRoot, type UnlockFailure } from './unlock-key.ts'

/** Somebody who can sign now. `certificate` and `chain` are DER, `chain` runs up to and including the root. */
export type Signer = { readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[]; readonly privateKey: KeyPair['privateKey'] }

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
  const root = await unlockRoot(keysFolder, rootPassphrase)
  if (!root.ok) return root
  const keys = await createKeyPair()
  return writeNewKey(paths, keys, await issuePersonCertificate(person, keys.publicKey, root, options.now), options)
}

/** Asks for the passphrase every time: nothing is remembered here. */
export async function unlockSigner(keysFolder: string, email: string, passphrase: string): Promise<Unlocked> {
  const root = await readRoot(keysFolder)
  if (root === undefined) return { ok: false, reason: 'no-key' }
  const person = await unlockOwnKey(keysFolder, email, passphrase)
  if (!person.ok) return person
  const way = wayToRoot(person.certificate, root.certificate, await readIntermediates(keysFolder))
  // One that nobody certified yet signs in a packet's workspace, with the root the packet named.
  if (way === undefined && !isSelfIssued(person.certificate)) return { ok: false, reason: 'former-root' }
  if (await isRevoked(keysFolder, person.certificate)) return { ok: false, reason: 'revoked' }
  const signer = { certificate: person.certificate, chain: [...(way ?? []), root.certificate], privateKey: person.privateKey }
  return { ok: true, signer, fingerprint: fingerprint(person.certificate) }
}

/** `stands`: who has its key can sign. `not-certified`: only its owner vouches for it. */
export type Standing = 'stands' | 'not-certified' | 'former-root' | 'revoked' | 'expired'

export async function standingOf(keysFolder: string, pem: string, now: Date): Promise<Standing> {
  const [root, certificate] = [await readRoot(keysFolder), certificateFromPem(pem)]
  if (root === undefined || certificate === undefined) return 'not-certified'
  if (isSelfIssued(certificate)) return 'not-certified'
  if (wayToRoot(certificate, root.certificate, await readIntermediates(keysFolder)) === undefined) return 'former-root'
  if (await isRevoked(keysFolder, certificate)) return 'revoked'
  return now > new X509Certificate(certificate).validToDate ? 'expired' : 'stands'
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
