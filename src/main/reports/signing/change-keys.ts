// Keys change hands and passphrases: each step can be cut off and done again without losing a certificate or leaving two valid ones.
import { certificateFromPem, certificateToPem, fingerprint, issuePersonCertificate, type CertifiedPerson } from './certificates.ts'
import { decryptKey, encryptKey } from './key-envelope.ts'
import { personPaths, readTextIfThere, rootPaths, writeFileAtomically, type KeyPaths } from './key-files.ts'
import { createKeyPair, exportPrivateKey } from './key-pair.ts'
import { keepRetired, retirePerson } from './retired.ts'
import { revokeCertificate, type RevocationWhy } from './revocation.ts'
import type { Enrolled, NewKey } from './signer.ts'
import { unlockRoot, type UnlockFailure } from './unlock-key.ts'

/**
 * A new key and certificate for somebody who has one; the former certificate goes on the revocation list first, so that there is never a
 * moment with two that stand. The former key need not open any more.
 */
export async function replaceKey(
  keysFolder: string, person: CertifiedPerson, rootPassphrase: string, options: NewKey & { readonly why: RevocationWhy },
): Promise<Enrolled> {
  const paths = personPaths(keysFolder, person.email)
  const former = certificateFromPem((await readTextIfThere(paths.certificate)) ?? '')
  if (former === undefined) return { ok: false, reason: 'no-key' }
  const root = await unlockRoot(keysFolder, rootPassphrase)
  if (!root.ok) return root
  await keepRetired(keysFolder, former, 'person')
  const revoked = await revokeCertificate(keysFolder, former, { why: options.why, at: options.now }, rootPassphrase)
  if (!revoked.ok) return revoked
  const keys = await createKeyPair()
  const certificate = await issuePersonCertificate(person, keys.publicKey, root, options.now)
  const certificatePem = certificateToPem(certificate)
  const envelope = await encryptKey(await exportPrivateKey(keys.privateKey), options.passphrase, options.cost)
  await writeFileAtomically(paths.key, `${JSON.stringify(envelope, null, 2)}\n`)
  await writeFileAtomically(paths.certificate, certificatePem)
  return { ok: true, certificatePem, fingerprint: fingerprint(certificate) }
}

/** The person cannot sign any more. Their private key is deleted, their certificate kept: what they signed before stays verifiable. */
export async function revokeKey(
  keysFolder: string, email: string, revocation: { readonly why: RevocationWhy; readonly at: Date }, rootPassphrase: string,
): Promise<{ ok: true; fingerprint: string } | UnlockFailure> {
  const paths = personPaths(keysFolder, email)
  const certificate = certificateFromPem((await readTextIfThere(paths.certificate)) ?? '')
  if (certificate === undefined) return { ok: false, reason: 'no-key' }
  await keepRetired(keysFolder, certificate, 'person')
  const revoked = await revokeCertificate(keysFolder, certificate, revocation, rootPassphrase)
  if (!revoked.ok) return revoked
  await retirePerson(keysFolder, paths)
  return { ok: true, fingerprint: fingerprint(certificate) }
}

/** The same where the organisation's own authority keeps the revocation list: the key goes, the authority has to be told. */
export async function takeKeyAway(keysFolder: string, email: string): Promise<{ ok: true; fingerprint: string } | { ok: false; reason: 'no-key' }> {
  const paths = personPaths(keysFolder, email)
  const certificate = certificateFromPem((await readTextIfThere(paths.certificate)) ?? '')
  if (certificate === undefined) return { ok: false, reason: 'no-key' }
  await retirePerson(keysFolder, paths)
  return { ok: true, fingerprint: fingerprint(certificate) }
}

/** Locks a key with another passphrase: one file, written whole or not at all. The key and its certificate stay the same. */
export async function changePassphrase(
  keysFolder: string, whose: { readonly email: string } | 'root', current: string, next: string, cost?: number,
): Promise<{ ok: true; fingerprint: string } | UnlockFailure> {
  const paths: KeyPaths = whose === 'root' ? rootPaths(keysFolder) : personPaths(keysFolder, whose.email)
  const [stored, pem] = [await readTextIfThere(paths.key), await readTextIfThere(paths.certificate)]
  const certificate = certificateFromPem(pem ?? '')
  if (stored === undefined || certificate === undefined) return { ok: false, reason: 'no-key' }
  const opened = await decryptKey(parsed(stored), current)
  if (!opened.ok) return opened
  const envelope = await encryptKey(opened.key, next, cost)
  opened.key.fill(0)
  await writeFileAtomically(paths.key, `${JSON.stringify(envelope, null, 2)}\n`)
  return { ok: true, fingerprint: fingerprint(certificate) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
