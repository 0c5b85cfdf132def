// Certificates that stand for nobody any more are kept: signatures made with them stay verifiable. Their private keys are not.
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { certificateFromPem, certificateToPem, fingerprint } from './certificates.ts'
import { readTextIfThere, rootPaths, writeFileAtomically } from './key-files.ts'
import type { KeyPaths } from './key-files.ts'

/** keys/retired/<fingerprint>.pem for people, root-<fingerprint>.pem for roots. */
export function retiredFolder(keysFolder: string): string {
  return join(keysFolder, 'retired')
}

export async function keepRetired(keysFolder: string, certificate: Uint8Array, kind: 'person' | 'root'): Promise<void> {
  await mkdir(retiredFolder(keysFolder), { recursive: true, mode: 0o700 })
  const name = `${kind === 'root' ? 'root-' : ''}${fingerprint(certificate)}.pem`
  await writeFileAtomically(join(retiredFolder(keysFolder), name), certificateToPem(certificate))
}

/** Takes a person's key and certificate away, after keeping the certificate. */
export async function retirePerson(keysFolder: string, paths: KeyPaths): Promise<void> {
  const pem = await readTextIfThere(paths.certificate)
  const certificate = pem === undefined ? undefined : certificateFromPem(pem)
  if (certificate !== undefined) await keepRetired(keysFolder, certificate, 'person')
  await rm(paths.certificate, { force: true })
  await rm(paths.key, { force: true })
}

/** The organisation's root and those it replaced, newest first: what this workspace signed leads to one of them. DER. */
export async function trustedRoots(keysFolder: string): Promise<readonly Uint8Array[]> {
  const names = await readdir(retiredFolder(keysFolder)).catch(() => [])
  const files = [rootPaths(keysFolder).certificate, ...names.filter((name) => /^root-[0-9a-f]{64}\.pem$/.test(name)).map((name) => join(retiredFolder(keysFolder), name))]
  const roots = await Promise.all(files.map(async (file) => certificateFromPem((await readTextIfThere(file)) ?? '')))
  return roots.filter((root) => root !== undefined)
}
