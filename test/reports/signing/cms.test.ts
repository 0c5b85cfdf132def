import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { issuePersonCertificate } from '../../../src/main/reports/signing/certificates.ts'
import { createKeyPair } from '../../../src/main/reports/signing/key-pair.ts'
import { signContent } from '../../../src/main/reports/signing/sign-cms.ts'
import { verifyContent } from '../../../src/main/reports/signing/verify-cms.ts'
import { createTestOrganisation } from '../../support/test-keys.ts'
import type { TestOrganisation } from '../../support/test-keys.ts'

const content = 'what was decided'
let ours: TestOrganisation
let lookAlike: TestOrganisation

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-test-'))
  ours = await createTestOrganisation(join(folder, 'ours'))
  lookAlike = await createTestOrganisation(join(folder, 'look-alike'))
  return () => rm(folder, { recursive: true, force: true })
})

const trust = () => ({ root: ours.root.certificate, at: new Date() })

test('a signature holds for its content, its signer and its root', async () => {
  const cms = await signContent(content, ours.officer)
  expect(verifyContent(content, cms, trust())).toMatchObject({ ok: true, isTrusted: true })
  expect(verifyContent(content, cms, { root: undefined, at: new Date() })).toMatchObject({ ok: true, isTrusted: undefined })
  expect(verifyContent('what was not decided', cms, trust())).toMatchObject({ ok: false, reason: 'other-content' })
})

test('a look-alike organisation with the same names is not trusted', async () => {
  const cms = await signContent(content, lookAlike.officer)
  expect(verifyContent(content, cms, trust())).toMatchObject({ ok: false, reason: 'untrusted' })
  const withOurRoot = await signContent(content, { ...lookAlike.officer, chain: [ours.root.certificate, lookAlike.root.certificate] })
  expect(verifyContent(content, withOurRoot, trust())).toMatchObject({ ok: false, reason: 'untrusted' })
})

test('a signature under somebody else\'s certificate is refused', async () => {
  const cms = await signContent(content, { ...ours.officer, privateKey: lookAlike.officer.privateKey })
  expect(verifyContent(content, cms, trust())).toMatchObject({ ok: false, reason: 'bad-signature' })
})

test('a person cannot certify others', async () => {
  const keys = await createKeyPair()
  const eve = { email: 'eve@example.com', name: 'Eve', role: 'officer' } as const
  const forged = await issuePersonCertificate(eve, keys.publicKey, ours.officer, new Date())
  const signer = { certificate: forged, chain: [ours.officer.certificate, ours.root.certificate], privateKey: keys.privateKey }
  expect(verifyContent(content, await signContent(content, signer), trust())).toMatchObject({ ok: false, reason: 'untrusted' })
})

test('a certificate must have been valid at the time asked about', async () => {
  const cms = await signContent(content, ours.officer)
  const at = new Date('2050-01-01T00:00:00Z')
  expect(verifyContent(content, cms, { root: ours.root.certificate, at })).toMatchObject({ ok: false, reason: 'not-valid-then' })
})

test('no changed byte of a signature yields another accepted signer, and none throws', async () => {
  const cms = await signContent(content, ours.officer)
  const { fingerprint } = verifyContent(content, cms, trust()) as { fingerprint: string }
  fc.assert(fc.property(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
    const verdict = verifyContent(content, cms.with(at, (cms[at] ?? 0) ^ flip), trust())
    if (verdict.ok) expect(verdict.fingerprint).toBe(fingerprint)
  }), { numRuns: 400 })
  for (const length of [0, 1, 10, cms.length - 1]) expect(verifyContent(content, cms.subarray(0, length), trust()).ok).toBe(false)
})
