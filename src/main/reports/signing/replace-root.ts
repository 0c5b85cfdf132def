// The organisation's root is replaced: by a new one made here, or by one the organisation brings. Keys of people stay as they are; each gets a new
// certificate. Every step can be cut off and done again: until root.pem is written, everything signed leads to the former one.
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { X509Certificate, webcrypto } from 'node:crypto'
import { readAuthorityFile, type AuthorityFault } from './authority-file.ts'
import { certificateFromPem, certificateToPem, createRootCertificate, fingerprint, issuePersonCertificate, type CertifiedPerson } from './certificates.ts'
import { keepIntermediates, wayToRoot } from './chain.ts'
import { encryptKey } from './key-envelope.ts'
import { personPaths, readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import { KEY_ALGORITHM, createKeyPair, exportPrivateKey } from './key-pair.ts'
import { keepRetired, retiredFolder } from './retired.ts'
import { revocationListPath, revocationListPem } from './revocation.ts'
import type { NewKey } from './signer.ts'
import { readRoot, unlockRoot, type UnlockFailure } from './unlock-key.ts'

export type NewRoot = { ok: true; fingerprint: string; intermediates: readonly string[] }

/** What an authority's file holds, for somebody to look at before it is taken in. */
export type DescribedAuthority = {
  readonly subject: string
  readonly validTo: string
  /** Of the root it leads to, which is itself where it is self-signed. */
  readonly rootFingerprint: string
  readonly rootSubject: string
  readonly intermediates: number
}

export async function describeAuthority(
  content: Uint8Array, passphrase: string, now: Date,
): Promise<({ ok: true } & DescribedAuthority) | { ok: false; reason: AuthorityFault }> {
  const read = await readAuthorityFile(content, passphrase, now)
  if (!read.ok) return read
  const own = new X509Certificate(read.certificate)
  return {
    ok: true, subject: oneLine(own.subject), validTo: own.validToDate.toISOString(), rootFingerprint: fingerprint(read.root),
    rootSubject: oneLine(new X509Certificate(read.root).subject), intermediates: read.way.length + (read.certificate === read.root ? 0 : 1),
  }
}

/** A root made here, valid ten years. `passphrase` will open its key. */
export async function makeRoot(keysFolder: string, organisation: string, options: NewKey): Promise<NewRoot> {
  const keys = await createKeyPair()
  const root = await createRootCertificate(organisation, keys, options.now)
  return install(keysFolder, { key: await exportPrivateKey(keys.privateKey), root, intermediates: [] }, options)
}

/** A root, or an authority under one, that the organisation brings with its key. `filePassphrase` opens the file, `options.passphrase` the key here from now on. */
export async function importRoot(
  keysFolder: string, content: Uint8Array, filePassphrase: string, options: NewKey,
): Promise<NewRoot | { ok: false; reason: AuthorityFault }> {
  const read = await readAuthorityFile(content, filePassphrase, options.now)
  if (!read.ok) return read
  const intermediates = read.certificate === read.root ? [] : [read.certificate, ...read.way]
  return install(keysFolder, { key: read.key, root: read.root, intermediates }, options)
}

/** The root of the organisation's own authority, whose key stays there. The former root's key is not kept. */
export async function pinOtherRoot(keysFolder: string, root: Uint8Array, intermediates: readonly Uint8Array[]): Promise<void> {
  await putRoot(keysFolder, root, intermediates)
  await rm(rootPaths(keysFolder).key, { force: true })
}

async function install(
  keysFolder: string, authority: { readonly key: Uint8Array; readonly root: Uint8Array; readonly intermediates: readonly Uint8Array[] }, options: NewKey,
): Promise<NewRoot> {
  const envelope = await encryptKey(authority.key, options.passphrase, options.cost)
  authority.key.fill(0)
  await putRoot(keysFolder, authority.root, authority.intermediates, `${JSON.stringify(envelope, null, 2)}\n`)
  return { ok: true, fingerprint: fingerprint(authority.root), intermediates: authority.intermediates.map(fingerprint) }
}

async function putRoot(keysFolder: string, root: Uint8Array, intermediates: readonly Uint8Array[], key?: string): Promise<void> {
  const paths = rootPaths(keysFolder)
  const former = await readRoot(keysFolder)
  if (former !== undefined && former.fingerprint !== fingerprint(root)) {
    await keepRetired(keysFolder, former.certificate, 'root')
    // Its revocation list goes with it: the new root does not answer for what another one revoked.
    if ((await revocationListPem(keysFolder)) !== undefined) await rename(revocationListPath(keysFolder), join(retiredFolder(keysFolder), `crl-${former.fingerprint}.pem`))
  }
  await keepIntermediates(keysFolder, intermediates)
  if (key !== undefined) await writeFileAtomically(paths.key, key)
  await writeFileAtomically(paths.certificate, certificateToPem(root))
}

export type Recertified = { readonly email: string; readonly certificatePem: string; readonly fingerprint: string; readonly retired: string }

/** New certificates for the keys people have, under the root that is here now; who has one under it already is left as they are. */
export async function recertify(
  keysFolder: string, people: readonly CertifiedPerson[], rootPassphrase: string, now: Date,
): Promise<{ ok: true; certified: readonly Recertified[] } | UnlockFailure> {
  const authority = await unlockRoot(keysFolder, rootPassphrase)
  if (!authority.ok) return authority
  const certified: Recertified[] = []
  for (const person of people) {
    const path = personPaths(keysFolder, person.email).certificate
    const former = certificateFromPem((await readTextIfThere(path)) ?? '')
    if (former === undefined) continue
    if (wayToRoot(former, authority.certificate, []) !== undefined) {
      certified.push({ email: person.email, certificatePem: certificateToPem(former), fingerprint: fingerprint(former), retired: fingerprint(former) })
      continue
    }
    const spki = new X509Certificate(former).publicKey.export({ type: 'spki', format: 'der' })
    const publicKey = await webcrypto.subtle.importKey('spki', spki, KEY_ALGORITHM, true, ['verify'])
    const certificate = await issuePersonCertificate(person, publicKey, authority, now)
    await keepRetired(keysFolder, former, 'person')
    const certificatePem = certificateToPem(certificate)
    await writeFileAtomically(path, certificatePem)
    certified.push({ email: person.email, certificatePem, fingerprint: fingerprint(certificate), retired: fingerprint(former) })
  }
  return { ok: true, certified }
}

export function oneLine(name: string): string {
  return name.replaceAll('\n', ', ')
}
