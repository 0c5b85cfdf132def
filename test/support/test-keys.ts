import { join } from 'node:path'
import { createOrganisationRoot, enrolPerson, unlockSigner } from '../../src/main/reports/signing/signer.ts'
import { readRoot } from '../../src/main/reports/signing/unlock-key.ts'
import type { Signer } from '../../src/main/reports/signing/signer.ts'

/** The smallest scrypt cost the envelope accepts: tests make many keys. */
const COST = 2 ** 15

export type TestOrganisation = {
  keysFolder: string
  root: { certificate: Uint8Array; pem: string; fingerprint: string }
  officer: Signer
  signerOf: (email: string) => Promise<{ signer: Signer; fingerprint: string; pem: string }>
}

/** An organisation with an officer (officer@example.com) and reviewers enrolled as they are asked for. All passphrases are "open". */
export async function createTestOrganisation(folder: string, organisation = 'Example & Söhne'): Promise<TestOrganisation> {
  const keysFolder = join(folder, 'keys')
  const options = { passphrase: 'open', now: new Date(), cost: COST }
  await createOrganisationRoot(keysFolder, organisation, options)
  const root = await readRoot(keysFolder)
  if (root === undefined) throw new Error('the root was not written')
  async function signerOf(email: string, role: 'officer' | 'reviewer' = 'reviewer'): ReturnType<TestOrganisation['signerOf']> {
    const name = email.split('@')[0] ?? email
    const enrolled = await enrolPerson(keysFolder, { email, name, role }, 'open', options)
    const unlocked = await unlockSigner(keysFolder, email, 'open')
    if (!enrolled.ok || !unlocked.ok) throw new Error(`${email} cannot sign`)
    return { signer: unlocked.signer, fingerprint: unlocked.fingerprint, pem: enrolled.certificatePem }
  }
  const officer = await signerOf('officer@example.com', 'officer')
  return { keysFolder, root, officer: officer.signer, signerOf }
}
